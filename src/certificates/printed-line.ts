import type { FieldError } from '../shared/errors/domain-error.js';

const [JOINERS, NO_BREAK, THIN_NO_BREAK] = ['[\\u200c\\u200d]', '\u00a0', '\u202f'];
/** What sets a direction or takes no place: the sheet sets its own directions. Joiners have a rule of their own. */
const UNSEEN = new RegExp(`(?!${JOINERS})[\\p{Cf}\\p{Default_Ignorable_Code_Point}]`, 'gu');
/** A joiner shapes the letters on both sides of it; anywhere else it is nothing. */
const LOOSE_JOINER = new RegExp(`(?<![\\p{L}\\p{M}])${JOINERS}|${JOINERS}(?![\\p{L}\\p{M}])`, 'gu');
const NOT_TEXT = /[\0\p{Surrogate}]/u;

/**
 * One line as it is printed: runs of spaces, breaks and controls are one space, a space that must not break stays one,
 * and nothing unseen is left; empty when no letter and no number is.
 */
export function oneLine(text: string): string {
  const line = text
    .replace(UNSEEN, '')
    .replace(LOOSE_JOINER, '')
    .replace(/[\s\p{Cc}]+/gu, (run) => (run === NO_BREAK || run === THIN_NO_BREAK ? NO_BREAK : ' '))
    .trim();
  return /[\p{L}\p{N}]/u.test(line) ? line : '';
}

/** What is wrong with a line for the sheet, if anything is. @param max longest, in code points */
export function faultOfLine(pointer: string, typed: string, max: number): FieldError[] {
  if (NOT_TEXT.test(typed)) return [{ pointer, code: 'not-unicode' }];
  return [...oneLine(typed)].length > max ? [{ pointer, code: 'longer-than', params: { max } }] : [];
}

/** Says of a line which of some letters stand in it, that the fonts of the sheet lack. */
export function faultOfLetters(pointer: string, line: string, lacking: string): FieldError[] {
  const letters = [...new Set(lacking)].filter((letter) => line.includes(letter)).join('');
  return letters === '' ? [] : [{ pointer, code: 'certificate-letters', params: { letters } }];
}
