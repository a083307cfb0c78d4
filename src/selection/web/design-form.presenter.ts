import type { Call } from '../../calls/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { groupWords, cityWords } from '../selection-words.js';
import { groupValues } from '../selection-design.js';
import {
  LONGEST_LABEL,
  MOST_CRITERIA,
  MOST_QUOTAS,
  MOST_WEIGHT,
  QUOTA_KINDS,
  type QuotaKind,
} from '../selection.js';
import { type Controls, TICKED } from './design-form.js';

/** Rows that are shown besides those that are filled in. */
const SPARE = 2;

type Errors = Readonly<Record<string, string>>;

/** The form of a design: what is in each control, and what is wrong with it. */
export function presentDesignForm(call: Call, controls: Controls, errors: Errors, locale: Locale) {
  const value = (name: string): string => controls[name]?.at(-1) ?? '';
  const input = (name: string) => ({ name, value: value(name), error: errors[name] });
  const say = (key: string, params = {}): string => t(locale, `selection:staff.${key}`, params);
  const bounds = (control: string, legend: string, hint?: string) => ({
    ...{ legend, hint, min: input(`${control}-min`), max: input(`${control}-max`) },
  });
  return {
    places: input('places'),
    reserve: input('reserve'),
    scorers: {
      ...{ ...input('scorers'), value: value('scorers') || '1' },
      options: [
        { value: '1', label: say('one') },
        { value: '2', label: say('two') },
      ],
    },
    criteria: shownRows('c', MOST_CRITERIA, controls).map((n) => ({
      ...{
        heading: say('criterion', { n }),
        fr: input(`c${n}-fr`),
        ar: input(`c${n}-ar`),
        en: input(`c${n}-en`),
      },
      weight: { ...input(`c${n}-weight`), value: value(`c${n}-weight`) || '1', max: MOST_WEIGHT },
      most: LONGEST_LABEL,
    })),
    bounds: [
      bounds('age', say('age'), say('ageHint')),
      ...call.fields
        .filter(({ type }) => type === 'number')
        .map((field) => bounds(`f-${field.id}`, pickText(field.label, locale).text)),
    ],
    ticks: presentTicks(call, controls, errors, locale),
    quotas: shownRows('q', MOST_QUOTAS, controls).map((n) => ({
      ...{ heading: say('quota', { n }), group: { ...input(`q${n}-group`), options: groupOptions(locale) } },
      ...{ least: input(`q${n}-least`), most: input(`q${n}-most`) },
    })),
  };
}

/** One set of boxes a condition: of what everybody has, and of the call's own choices. */
function presentTicks(call: Call, controls: Controls, errors: Errors, locale: Locale): object[] {
  const set = (name: string, legend: string, options: ReadonlyArray<{ value: string; label: string }>) => ({
    ...{ name, legend, error: errors[name] },
    options: options.map((one) => ({ ...one, checked: controls[name]?.includes(one.value) ?? false })),
  });
  const wordsOf = { gender: genderWords, city: cityWords, sector: sectorWords } as const;
  const known = (['gender', 'city', 'sector'] as const).map((kind) => {
    const options = TICKED[kind].map((value) => ({ value, label: wordsOf[kind](value, locale) }));
    return set(kind, t(locale, `selection:staff.${kind}`), options);
  });
  const choices = call.fields.filter(({ type }) => type === 'choice');
  const asked = choices.map(({ id, label, options }) => {
    const named = options.map((one) => ({ value: one.id, label: pickText(one.label, locale).text }));
    return set(`f-${id}`, pickText(label, locale).text, named);
  });
  return [...known, ...asked];
}

function shownRows(prefix: 'c' | 'q', most: number, controls: Controls): number[] {
  const used = Array.from({ length: most }, (_, n) => n + 1).filter((n) =>
    (prefix === 'c' ? [`c${n}-fr`, `c${n}-ar`] : [`q${n}-group`]).some((name) => controls[name]?.at(-1)),
  );
  const count = Math.min(most, Math.max(used.at(-1) ?? 0, 1) + SPARE);
  return Array.from({ length: count }, (_, n) => n + 1);
}

function groupOptions(locale: Locale): Array<{ value: string; label: string }> {
  const options = (kind: QuotaKind) =>
    groupValues(kind).map((value) => ({
      value: `${kind}:${value}`,
      label: `${t(locale, `selection:group.kind.${kind}`)} · ${groupWords({ kind, value }, locale)}`,
    }));
  return [{ value: '', label: t(locale, 'selection:staff.noGroup') }, ...QUOTA_KINDS.flatMap(options)];
}

function genderWords(gender: string, locale: Locale): string {
  return t(locale, `selection:gender.${gender}`);
}

function sectorWords(sector: string, locale: Locale): string {
  return t(locale, `people:sector.${sector}`);
}
