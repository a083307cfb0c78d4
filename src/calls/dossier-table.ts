import { displayName, formatPhone } from '../people/public.js';
import { formatInstant } from '../shared/clock/format-date.js';
import { communeByCode, placeName } from '../shared/geography/geography.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import { pickText } from '../shared/web/handlebars/format.js';
import { type Answer, dossierNumber } from './application.js';
import type { Call, CallField } from './call.js';
import type { Dossier } from './dossier.query.js';

/** A commune in words; its code where we know it no more. */
export function communeName(code: string, locale: Locale): string {
  const commune = communeByCode(code);
  return commune ? placeName(commune.name, locale) : code;
}

/** An answer in words; a photo is a yes. Empty where nothing was answered. */
export function answerText(field: CallField, answer: Answer | undefined, locale: Locale): string {
  if (answer === undefined) return '';
  switch (field.type) {
    case 'choice': {
      const taken = Array.isArray(answer) ? (answer as readonly string[]) : [];
      const labels = field.options.filter(({ id }) => taken.includes(id));
      return labels.map(({ label }) => pickText(label, locale).text).join(locale === 'ar' ? '، ' : ', ');
    }
    case 'phone':
      return formatPhone(String(answer));
    case 'place':
      return communeName(String(answer), locale);
    case 'number':
      return String(answer).replace('.', locale === 'en' ? '.' : ',');
    case 'photo':
      return t(locale, 'calls:yes');
    case 'text':
      return String(answer);
  }
}

/** Headings and one line a dossier, in the reader's language; the answers under the questions as they read now. */
export function dossierTable(call: Call, dossiers: readonly Dossier[], locale: Locale): string[][] {
  const columns = ['number', 'state', 'name', 'phone', 'commune', 'needs', 'sentAt', 'changedAt'] as const;
  const head = columns.map((column) => t(locale, `calls:column.${column}`));
  const lines = dossiers.map((dossier) => [
    dossierNumber(dossier),
    t(locale, `calls:state.${dossier.state}`),
    displayName(dossier.name, locale),
    dossier.e164 === null ? '' : formatPhone(dossier.e164),
    dossier.communeCode === null ? '' : communeName(dossier.communeCode, locale),
    dossier.needs.map((need) => t(locale, `calls:need.${need}`)).join(', '),
    formatInstant(dossier.createdAt, call.zone, locale),
    formatInstant(dossier.changedAt, call.zone, locale),
    ...call.fields.map((field) => answerText(field, dossier.answers[field.id], locale)),
  ]);
  return [[...head, ...call.fields.map(({ label }) => pickText(label, locale).text)], ...lines];
}
