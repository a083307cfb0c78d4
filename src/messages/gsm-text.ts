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

/** How many SMS a text is paid as. */
export function smsSegments(text: string): number {
  const gsm = isGsm(text);
  const units = gsm
    ? [...text].reduce((sum, letter) => sum + (EXTENDED.has(letter) ? 2 : 1), 0)
    : text.length;
  const { single, part } = gsm ? LENGTHS.gsm : LENGTHS.ucs2;
  return units <= single ? 1 : Math.ceil(units / part);
}
