import type { FieldError } from '../shared/errors/domain-error.js';

/** What sets a direction or takes no place: the sheet sets its own directions. Joiners stay, they shape letters. */
const UNSEEN = /(?![\u200c\u200d])\p{Cf}/gu;
const NOT_TEXT = /[\0\p{Surrogate}]/u;

/** One line as it is printed: runs of spaces, breaks and controls are one space, and nothing unseen is left. */
export function oneLine(text: string): string {
  return text
    .replace(UNSEEN, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** What is wrong with a line for the sheet, if anything is. @param max longest, in code points */
export function faultOfLine(pointer: string, typed: string, max: number): FieldError[] {
  if (NOT_TEXT.test(typed)) return [{ pointer, code: 'not-unicode' }];
  return [...oneLine(typed)].length > max ? [{ pointer, code: 'longer-than', params: { max } }] : [];
}
