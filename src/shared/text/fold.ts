import { toAsciiDigits } from './digits.js';

/** Letters that Unicode does not decompose and that people write for one another. */
const SAME_LETTER: Readonly<Record<string, string>> = {
  // Arabic: forms of alef, ta marbuta, final ya, lone hamza, and the letters of Moroccan, Persian and Urdu keyboards.
  ٱ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ء: '',
  ک: 'ك',
  گ: 'ك',
  ڭ: 'ك',
  ݣ: 'ك',
  ڤ: 'ف',
  پ: 'ب',
  ہ: 'ه',
  ھ: 'ه',
  ـ: '',
  // Latin.
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
};
const SAME = new RegExp(`[${Object.keys(SAME_LETTER).join('')}]`, 'gu');

/** Apostrophes of every kind, and the ayn and hamza marks of transliteration: they part no words (M'diq is Mdiq). */
const APOSTROPHES = /['’‘`´ʼʻʿʾ′]/gu;
/** Written inside words and never seen: bidi controls, joiners, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;

/**
 * The words of a name or place as they are compared inside one script: lower case, without accents, harakat and
 * tatweel, one form per Arabic letter; in Latin script ou and w are `u`, ch and sh are `x`, gh and kh stay one sound
 * each, doubled letters are single. Words are parted by one space. For comparing only, never for showing.
 */
export function foldText(text: string): string {
  return toAsciiDigits(text)
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(INVISIBLE, '')
    .replace(SAME, (letter) => SAME_LETTER[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .map(foldLatinSounds)
    .filter((word) => word !== '')
    .join(' ');
}

/**
 * The words of a text in lower case, without accents, harakat and tatweel; ta marbuta, alef maksura and the seats of
 * hamza stay what they are. For keys that tell them apart.
 */
export function foldLetters(text: string): string[] {
  return toAsciiDigits(text)
    .replace(APOSTROPHES, '')
    .normalize('NFKC')
    .replace(/ٱ/gu, 'ا')
    .replace(/[کڭݣ]/gu, (letter) => (letter === 'ک' ? 'ك' : 'گ'))
    .replace(/ی/gu, 'ي')
    .replace(/ڤ/gu, 'ف')
    .replace(/پ/gu, 'ب')
    .replace(/[ہھ]/gu, 'ه')
    .replace(/[\u064b-\u065f\u0670ـ]/gu, '')
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(/[œæßøłđðı]/gu, (letter) => SAME_LETTER[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** `foldText` in one piece, so that spaces and hyphens do not matter either: El-Kébir, El Kebir and Elkebir meet. */
export function searchKey(text: string): string {
  return single(foldText(text).replaceAll(' ', ''));
}

/** Spellings of one sound in the French, Spanish and English ways of writing Moroccan names. */
function foldLatinSounds(word: string): string {
  const sounds = single(word.replaceAll('w', 'u'))
    .replace(/(?:ou)+/g, 'u')
    .replace(/(?:[cs]h)+/g, 'x')
    .replace(/(?:gh)+/g, 'gh')
    .replace(/(?:kh)+/g, 'kh');
  return single(sounds);
}

/** Latin letters only: 11 is not 1, and الله keeps its two lams. */
function single(word: string): string {
  return word.replace(/([a-z])\1+/g, '$1');
}
