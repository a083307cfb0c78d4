import { toAsciiDigits } from '../shared/text/digits.js';

/** Letters without accents, harakat and tatweel; alefs alike; everything that parts words is one space. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}ـ]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ');
}

const ASKS_FOR_CARD =
  /(?<![\p{L}\p{N}])(c\.? ?i\.? ?n\.?( ?e\.?)?|c\.? ?n\.? ?i\.?( ?e\.?)?|cine|cnie)(?![\p{L}\p{N}])|carte d ?identite|carte (d ?identite )?nationale|carte nat|identity card|national (identity|id)|(^| )id (card|number)|numero d identite|البطاقه الوطنيه|البطاقة الوطنية|بطاق[هة] (ال)?تعريف|بطاق[هة] (ال)?هوي[هة]|بطاق[هة] وطني[هة]|رقم البطاق[هة]|لاكارط|الكارط ناسيونال/u;

/**
 * True for words that ask for the number of an identity card: keeping it needs an authorisation that no call has
 * (law 09-08), so no field may.
 */
export function asksForCard(text: string): boolean {
  return ASKS_FOR_CARD.test(plain(text));
}

/** What stands in place of a number that was masked. */
export const MASK = '••••••';

/** Units, currencies and addresses that look the same when a space follows them: `DH 15000`, `BP 90000`. */
const NO_CARD = new Set([
  ...[
    'dh',
    'dhs',
    'km',
    'kg',
    'cm',
    'mm',
    'ml',
    'l',
    'g',
    'm',
    'n',
    'no',
    'nº',
    'rc',
    'cp',
    'bp',
    'ae',
    'if',
    'tp',
  ],
  ...['le', 'la', 'de', 'du', 'en', 'et', 'à', 'a', 'of', 'in', 'to', 'at', 'is', 'y', 'x'],
]);
const CARD = /(?<![\p{L}\p{N}])(\p{Script=Latin}{1,2})([ .\-/]?)(\d{5,7})(?![\p{L}\p{N}])/gu;

/** The text with numbers of Moroccan identity cards (one or two letters, five to seven digits) made unreadable. */
export function maskCards(text: string): string {
  const ascii = toAsciiDigits(text);
  // Digits of other scripts are as long as ours, so places in both texts are the same.
  let masked = '';
  let from = 0;
  for (const { 0: all, 1: letters = '', 2: between = '', index } of ascii.matchAll(CARD)) {
    if (between === ' ' && NO_CARD.has(letters.toLowerCase())) continue;
    masked += text.slice(from, index) + MASK;
    from = index + all.length;
  }
  return masked + text.slice(from);
}
