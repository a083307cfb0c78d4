/** The letters of one SMS of 160 characters (GSM 03.38, basic set); one other letter halves the length of the whole. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Letters of the extension table: two places each. */
const EXTENDED = new Set('^{}\\[~]|€\f');

const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  // As in `n°`: the common way without it.
  '°': 'o',
  œ: 'oe',
  Œ: 'OE',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2068': '',
  '\u2069': '',
};

/** True when the text fits the GSM alphabet. */
export function isGsm(text: string): boolean {
  return [...text].every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
}

/**
 * Writes Latin text with the letters of an SMS: `ç`, `ê`, `’`, `« »` become their nearest plain ones. Letters without
 * a near one, Arabic names for instance, stay: the message is longer then, and right.
 */
export function toGsm(text: string): string {
  return [...text].map(plainLetter).join('');
}

function plainLetter(letter: string): string {
  if (BASIC.has(letter) || EXTENDED.has(letter)) return letter;
  const known = PLAIN[letter];
  if (known !== undefined) return known;
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return base !== '' && isGsm(base) ? base : letter;
}

const LENGTHS = { gsm: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const;

/** What a text costs as SMS. */
export interface SmsLength {
  /** One letter outside of the GSM alphabet makes the whole `ucs2`. */
  encoding: 'gsm' | 'ucs2';
  /** Places taken: septets of GSM 03.38, where a letter of the extension table takes two, or UTF-16 units. */
  units: number;
  /** SMS that are billed; one for an empty text. */
  segments: number;
}

/** The length of a text as operators bill it: what takes two places is never cut in half between two SMS (3GPP 23.040). */
export function measureSms(text: string): SmsLength {
  const encoding = isGsm(text) ? 'gsm' : 'ucs2';
  const places = [...text].map((letter) => (encoding === 'gsm' ? septets(letter) : letter.length));
  const units = places.reduce((sum, size) => sum + size, 0);
  const { single, part } = LENGTHS[encoding];
  return { encoding, units, segments: units <= single ? 1 : parts(places, part) };
}

/** How many SMS a text is paid as. */
export function smsSegments(text: string): number {
  return measureSms(text).segments;
}

function septets(letter: string): number {
  return EXTENDED.has(letter) ? 2 : 1;
}

function parts(places: readonly number[], length: number): number {
  let count = 1;
  let used = 0;
  for (const size of places) {
    if (used + size > length) {
      count += 1;
      used = 0;
    }
    used += size;
  }
  return count;
}
