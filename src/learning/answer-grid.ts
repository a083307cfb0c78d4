import type { TestItem } from '../courses/public.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import type { Answers } from './quiz-marking.js';

/** One line of a grid as it was written: the person's number on the list, one letter an item. */
export interface GridLine {
  readonly n: number;
  readonly letters: readonly string[];
}

/** Lines longer than this are no answers. */
const LONGEST = 200;
/** Letters of the cards; Arabic ones as they are counted at school. */
const LATIN = 'ABCDEF';
const ARABIC = 'أبجدهو';
const TRUE = new Set(['A', 'V']);
const FALSE = new Set(['B', 'F']);
/** No answer. */
const NONE = '-';

/** Reads `7: A B C A D`, `7 : abcad`, `٧: أ ب ج أ د`; undefined for anything else. */
export function readGridLine(text: string): GridLine | undefined {
  const [, number, answers] =
    /^\s*(\d{1,3})\s*[:：]\s*(.+)$/.exec(toAsciiDigits(text.slice(0, LONGEST))) ?? [];
  if (number === undefined || answers === undefined) return undefined;
  const letters = [...answers.toUpperCase().replace(/[\s,;،؛.]/g, '')].map(latin);
  return letters.every((letter) => /^[A-Z-]$/.test(letter)) ? { n: Number(number), letters } : undefined;
}

function latin(letter: string): string {
  const plain = letter === 'ا' ? 'أ' : letter;
  const index = ARABIC.indexOf(plain);
  if (index >= 0) return LATIN[index] ?? plain;
  return /^[–—_]$/.test(plain) ? NONE : plain;
}

/** The letter under which a card shows the choice with this place, from 0. */
export function letterOf(index: number): string {
  return LATIN[index] ?? '';
}

/**
 * The answers that letters stand for; a dash is no answer.
 *
 * @returns undefined when there are more or fewer letters than items, or one that no choice has
 */
export function answersOfLetters(
  items: readonly TestItem[],
  letters: readonly string[],
): Answers | undefined {
  if (letters.length !== items.length) return undefined;
  const answers: Record<string, string | boolean> = {};
  for (const [index, item] of items.entries()) {
    const letter = letters[index] ?? '';
    if (letter === NONE) continue;
    const answer = answerOf(item, letter);
    if (answer === undefined) return undefined;
    answers[item.id] = answer;
  }
  return answers;
}

function answerOf(item: TestItem, letter: string): string | boolean | undefined {
  if (item.kind === 'boolean') return TRUE.has(letter) ? true : FALSE.has(letter) ? false : undefined;
  return item.choices[LATIN.indexOf(letter)]?.id;
}
