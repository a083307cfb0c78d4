import { createHash } from 'node:crypto';
import type { QuizBlock, QuizItem, QuizPiece } from '../courses/public.js';

/** Arrangements that one quiz is shown in: enough for neighbours to differ, few enough to keep them rendered. */
export const ARRANGEMENTS = 16;

/** What one attempt is asked; `n` counts the person's papers of this quiz, from 1. */
export interface PaperOf {
  readonly personId: string;
  readonly moduleId: string;
  readonly n: number;
}

/** Which arrangement a person's paper has, from 0; the same again until the attempt is in. */
export function arrangementOf({ personId, moduleId, n }: PaperOf): number {
  return rank(`arrange/${personId}/${moduleId}/${n}`).readUInt32BE() % ARRANGEMENTS;
}

/** The quiz with the items that a person's paper asks, in the order of the file; all of them when nothing is drawn. */
export function drawPaper(quiz: QuizBlock, { personId, moduleId, n }: PaperOf): QuizBlock {
  if (quiz.draw === undefined) return quiz;
  const drawn = shuffled(quiz.items, `draw/${personId}/${moduleId}/${n}`).slice(0, quiz.draw);
  return onlyItems(
    quiz,
    drawn.map(({ id }) => id),
  );
}

/** The quiz with only these items, in the order of the file. */
export function onlyItems(quiz: QuizBlock, ids: readonly string[]): QuizBlock {
  return { ...quiz, items: quiz.items.filter(({ id }) => ids.includes(id)) };
}

/** The choices of an item as an arrangement shows them; things to put in order never stand in it. */
export function shownChoices<Piece extends QuizPiece>(
  { id, kind, shuffle, key }: QuizItem,
  choices: readonly Piece[],
  quiz: Pick<QuizBlock, 'shuffle'>,
  arrangement: number,
): readonly Piece[] {
  if (kind === 'order') return unlike(shuffled(choices, `${id}/${arrangement}`), key);
  return shuffle === false || quiz.shuffle === false ? choices : shuffled(choices, `${id}/${arrangement}`);
}

function unlike<Piece extends QuizPiece>(pieces: readonly Piece[], key: readonly string[]): readonly Piece[] {
  const [first, ...rest] = pieces;
  const isKey = pieces.every((piece, index) => piece.id === key[index]);
  return isKey && first ? [...rest, first] : pieces;
}

/** The same list for the same seed, each order as likely as any other. */
function shuffled<Piece extends { readonly id: string }>(
  list: readonly Piece[],
  seed: string,
): readonly Piece[] {
  return list
    .map((piece) => ({ piece, place: rank(`${seed}/${piece.id}`) }))
    .sort((a, b) => a.place.compare(b.place))
    .map(({ piece }) => piece);
}

function rank(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
