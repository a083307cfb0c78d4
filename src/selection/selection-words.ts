import type { Call } from '../calls/public.js';
import { cityBySlug, placeName } from '../shared/geography/geography.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import { pickText } from '../shared/web/handlebars/format.js';
import type { ResultRow } from './result.store.js';
import type { Bounds, EligibilityRule, Ineligibility, Quota, SelectionDesign } from './selection.js';

const joined = (texts: readonly string[], locale: Locale): string =>
  texts.join(locale === 'ar' ? '، ' : ', ');

/** A city in words; its slug where we know it no more. */
export function cityWords(slug: string, locale: Locale): string {
  const city = cityBySlug(slug);
  return city ? placeName(city.name, locale) : slug;
}

function boundsWords({ min, max }: Bounds, locale: Locale): string {
  if (min !== null && max !== null) return t(locale, 'selection:rule.between', { min, max });
  if (min !== null) return t(locale, 'selection:rule.from', { min });
  return t(locale, 'selection:rule.upTo', { max: max ?? 0 });
}

/** A condition as everybody reads it. */
export function ruleWords(rule: EligibilityRule, call: Call, locale: Locale): string {
  const field = 'field' in rule ? call.fields.find(({ id }) => id === rule.field) : undefined;
  const question = field ? pickText(field.label, locale).text : '';
  const say = (values: readonly string[]): string =>
    t(locale, `selection:rule.${rule.kind}`, { question, values: joined(values, locale) });
  switch (rule.kind) {
    case 'age':
    case 'number':
      return t(locale, `selection:rule.${rule.kind}`, { question, bounds: boundsWords(rule, locale) });
    case 'gender':
      return say(rule.values.map((one) => t(locale, `selection:gender.${one}`)));
    case 'city':
      return say(rule.values.map((one) => cityWords(one, locale)));
    case 'sector':
      return say(rule.values.map((one) => t(locale, `people:sector.${one}`)));
    case 'choice': {
      const options = field?.options.filter(({ id }) => rule.values.includes(id)) ?? [];
      return say(options.map(({ label }) => pickText(label, locale).text));
    }
  }
}

/** Whom a quota counts. */
export function groupWords({ kind, value }: Pick<Quota, 'kind' | 'value'>, locale: Locale): string {
  if (kind === 'city') return cityWords(value, locale);
  if (kind === 'sector') return t(locale, `people:sector.${value}`);
  return t(locale, `selection:group.${value}`);
}

export function quotaWords(quota: Quota, locale: Locale): string {
  const { least, most } = quota;
  const kind = least !== null && most !== null ? 'both' : least !== null ? 'least' : 'most';
  const group = groupWords(quota, locale);
  return t(locale, `selection:quota.${kind}`, { group, least: least ?? 0, most: most ?? 0 });
}

/** Why a dossier is not eligible: the condition that it does not keep, in words. */
export function reasonWords(
  reason: Ineligibility,
  call: Call,
  design: SelectionDesign,
  locale: Locale,
): string {
  const kind = reason.code.replace(/-unknown$/, '');
  const rule = design.rules.find(
    (one) => one.kind === kind && ('field' in one ? one.field : undefined) === reason.field,
  );
  if (!rule) return t(locale, 'selection:code.not-eligible');
  const words = ruleWords(rule, call, locale);
  return kind === reason.code ? words : t(locale, 'selection:rule.unknown', { rule: words });
}

/** Why somebody is not selected, as they read it themselves. */
export function whyNot(row: ResultRow, call: Call, design: SelectionDesign, locale: Locale): string {
  const said = row.reasons.map((reason) => reasonWords(reason, call, design, locale));
  const code = row.code ? t(locale, `selection:code.${row.code}`) : '';
  return said.length > 0 ? `${code} (${joined(said, locale)})` : code;
}
