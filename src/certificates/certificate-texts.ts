import type { FieldError } from '../shared/errors/domain-error.js';
import { t } from '../shared/i18n/i18n.js';
import { type Both, type PrintedText, type PrintedTexts, TEXT_KEYS, type TextKey } from './certificate.js';
import { faultOfLine, oneLine } from './printed-line.js';

/** Longest of each, in code points: at its smallest size a text of that length still keeps to its lines. */
export const LONGEST_TEXT: Readonly<Record<TextKey, number>> = {
  givenBy: 120,
  heading: 60,
  given: 80,
  reason: 120,
  note: 240,
};

/** The words of a campaign: empty where it leaves ours. */
export type OwnTexts = Record<TextKey, Both>;

const OURS: readonly TextKey[] = ['heading', 'given', 'reason'];

/** The product's words, where a sheet has any. */
export function productText(key: TextKey): PrintedText {
  if (!OURS.includes(key)) return {};
  return { fr: t('fr', `certificates:print.${key}`), ar: t('ar', `certificates:print.${key}`) };
}

/**
 * What is printed: the campaign's words, and ours where it gave none. A text that was worded in one script only is left
 * out in the other: our words would say something else there.
 */
export function printedTexts(own: Partial<OwnTexts> | null): PrintedTexts {
  const textOf = (key: TextKey): PrintedText => {
    const { fr = '', ar = '' } = own?.[key] ?? {};
    if (fr === '' && ar === '') return productText(key);
    return { ...(fr === '' ? {} : { fr }), ...(ar === '' ? {} : { ar }) };
  };
  return Object.fromEntries(TEXT_KEYS.map((key) => [key, textOf(key)])) as PrintedTexts;
}

/** Every text of a campaign; empty where it has none. */
export function ownTexts(rows: Partial<OwnTexts> | null): OwnTexts {
  const entries = TEXT_KEYS.map((key) => [key, { fr: rows?.[key]?.fr ?? '', ar: rows?.[key]?.ar ?? '' }]);
  return Object.fromEntries(entries) as OwnTexts;
}

/** As it will be kept: one line each, without what cannot be seen. */
export function cleanTexts(typed: OwnTexts): OwnTexts {
  const entries = TEXT_KEYS.map((key) => [key, { fr: oneLine(typed[key].fr), ar: oneLine(typed[key].ar) }]);
  return Object.fromEntries(entries) as OwnTexts;
}

/** What is wrong with typed texts, by `/heading/fr`; how they fit is for the printer to say. */
export function faultsOfTexts(typed: OwnTexts): FieldError[] {
  return TEXT_KEYS.flatMap((key) =>
    (['fr', 'ar'] as const).flatMap((lang) =>
      faultOfLine(`/${key}/${lang}`, typed[key][lang], LONGEST_TEXT[key]),
    ),
  );
}
