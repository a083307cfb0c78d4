import type { QuizItem } from '../courses/public.js';
import { type Answer, isRight } from './quiz-marking.js';

/** Fewer first answers than this say more of a person than of a question. */
export const FEWEST_ANSWERS = 5;

/** How often one and the same first answer was given; null: the item was left out. */
export interface CountedAnswer {
  readonly answer: Answer | null;
  readonly count: number;
}

/** How a question is answered at the first try. */
export interface ItemStatistics {
  readonly itemId: string;
  /** People who were asked. */
  readonly n: number;
  /** Share of right first answers, from 0 (hard) to 1 (easy); null under five. */
  readonly difficulty: number | null;
  /** The wrong answer given most; null under five, and while nobody was wrong. */
  readonly commonestWrong: { readonly answer: Answer; readonly share: number } | null;
}

/** The statistics of an item from its first answers, one for each person. */
export function itemStatistics(item: QuizItem, answers: readonly CountedAnswer[]): ItemStatistics {
  const n = answers.reduce((sum, { count }) => sum + count, 0);
  if (n < FEWEST_ANSWERS) return { itemId: item.id, n, difficulty: null, commonestWrong: null };
  const given = answers.flatMap(({ answer, count }) => (answer === null ? [] : [{ answer, count }]));
  const right = given
    .filter(({ answer }) => isRight(item, answer))
    .reduce((sum, { count }) => sum + count, 0);
  const wrong = given
    .filter(({ answer }) => !isRight(item, answer))
    .sort((a, b) => b.count - a.count || JSON.stringify(a.answer).localeCompare(JSON.stringify(b.answer)));
  const [first] = wrong;
  return {
    ...{ itemId: item.id, n, difficulty: right / n },
    commonestWrong: first ? { answer: first.answer, share: first.count / n } : null,
  };
}

/** What must be the same for answers of another version to be answers to this item. */
export function signatureOf(item: QuizItem): string {
  const ids = (pieces: readonly { readonly id: string }[]): string => pieces.map(({ id }) => id).join();
  const choices = 'choices' in item ? ids(item.choices) : '';
  const options = item.kind === 'match' ? ids(item.options) : '';
  const tolerance = item.kind === 'number' ? item.tolerance : 0;
  return JSON.stringify([item.kind, choices, options, item.key, tolerance]);
}
