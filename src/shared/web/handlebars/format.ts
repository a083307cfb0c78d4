import type { Locale } from '../../i18n/i18n.js';

const NO_BREAK_SPACE = '\u00a0';
const NARROW_NO_BREAK_SPACE = '\u202f';

interface NumberMarks {
  readonly group: string;
  readonly decimal: string;
}

const MARKS: Record<Locale, NumberMarks> = {
  fr: { group: NARROW_NO_BREAK_SPACE, decimal: ',' },
  ar: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

const DIRHAM: Record<Locale, string> = { fr: 'DH', ar: 'درهم', en: 'DH' };

/** After an Arabic word a sign would jump to the other side of its digits ("%42"); an isolate keeps it where it was written. */
function keepOrder(text: string, locale: Locale): string {
  return locale === 'ar' ? `\u2066${text}\u2069` : text;
}

/**
 * A number as Morocco writes it in the page's language, always with Latin digits.
 * `decimals` fixes how many are shown; without it the number keeps its own, up to 2.
 */
export function formatNumber(value: number, locale: Locale, decimals?: number): string {
  if (!Number.isFinite(value)) return '–';
  const marks = MARKS[locale];
  const plain =
    decimals === undefined
      ? String(Math.round(Math.abs(value) * 100) / 100)
      : Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, marks.group);
  const text = fraction === undefined ? grouped : `${grouped}${marks.decimal}${fraction}`;
  return value < 0 && /[1-9]/.test(plain) ? keepOrder(`−${text}`, locale) : text;
}

/** Integer centimes as dirhams: `123450` is "1 234,50 DH". With `short`, whole dirhams lose their zeros. */
export function formatMoney(centimes: number, locale: Locale, short = false): string {
  const decimals = short && centimes % 100 === 0 ? 0 : 2;
  return `${formatNumber(centimes / 100, locale, decimals)}${NO_BREAK_SPACE}${DIRHAM[locale]}`;
}

/** A share from 0 to 100 as text; French puts a no-break space before the sign. */
export function formatPercent(value: number, locale: Locale, decimals = 0): string {
  return keepOrder(
    `${formatNumber(value, locale, decimals)}${locale === 'fr' ? NO_BREAK_SPACE : ''}%`,
    locale,
  );
}

/** One text in several languages, as names and titles are stored. */
export type Multilingual = Partial<Record<Locale, string | null>>;

const PREFERENCE: Record<Locale, readonly Locale[]> = {
  ar: ['ar', 'fr', 'en'],
  fr: ['fr', 'en', 'ar'],
  en: ['en', 'fr', 'ar'],
};

/** The text in the reader's language, or the nearest one that exists, with the language it is in. */
export function pickText(
  texts: Multilingual | null | undefined,
  locale: Locale,
): { text: string; locale: Locale } {
  for (const candidate of PREFERENCE[locale]) {
    const text = texts?.[candidate];
    if (text) return { text, locale: candidate };
  }
  return { text: '', locale };
}

const ARABIC_LETTER = /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/;
const LATIN_OR_CODE = /[A-Za-z\u00c0-\u024f]|^\+?\d[\d .-]{5,}$/;

/**
 * Wraps a value of the other script in Unicode isolates (FSI … PDI), so that a Latin name, a phone number or a code
 * inside an Arabic sentence, or the reverse, cannot reorder the words around it. Values of the page's own script pass unchanged.
 */
export function isolate(value: string, locale: Locale): string {
  const foreign = locale === 'ar' ? LATIN_OR_CODE : ARABIC_LETTER;
  return foreign.test(value) ? `\u2068${value}\u2069` : value;
}

const GROUPED_DIGITS = /[\u2066\u2068]?\+?\d{2,4}(?:[ .-]\d{2,4}){2,}/g;

/** Isolates phone numbers and codes written out in an Arabic sentence, whose groups of digits would otherwise read backwards. */
export function isolateDigits(sentence: string, locale: Locale): string {
  if (locale !== 'ar') return sentence;
  return sentence.replace(GROUPED_DIGITS, (digits) =>
    /^[\u2066\u2068]/.test(digits) ? digits : `\u2066${digits}\u2069`,
  );
}
