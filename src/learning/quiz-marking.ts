import type { LocalizedText, QuizBlock, QuizItem } from '../courses/public.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import { toAsciiDigits } from '../shared/text/digits.js';

/** An answer as it is kept: a choice, several in the order of the file, a number, yes or no. */
export type Answer = string | readonly string[] | number | boolean;
export type Answers = Readonly<Record<string, Answer>>;

/** What is told of one item once it has been answered. */
export interface ItemMark {
  readonly itemId: string;
  readonly correct: boolean;
  /** What was chosen and why it is right or wrong, then the reason that holds whatever was chosen. */
  readonly texts: readonly LocalizedText[];
}

/** The marking of one attempt; one point an item. */
export interface Marking {
  readonly score: number;
  readonly max: number;
  readonly passed: boolean;
  readonly items: readonly ItemMark[];
}

/** Rounding of decimals such as 122.2 in binary must not fail a right answer. */
const EPSILON = 1e-9;
const NUMBER = /^[+-]?(\d{1,12}([.,]\d{0,6})?|[.,]\d{1,6})$/;

/** Reads `12,5`, `12.5`, `١٢٫٥`, with spaces between thousands; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const plain = toAsciiDigits(value.slice(0, 40))
    .replace('٫', '.')
    .replace(/[\s\u00a0\u202f٬]/g, '');
  return NUMBER.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}

/**
 * Reads the answers of an attempt: an item without an answer is an item not answered, an answer of the wrong shape or to
 * no item of the quiz is an error at its pointer.
 */
export function readAnswers(quiz: QuizBlock, given: unknown): { answers: Answers; errors: FieldError[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const code = given === undefined || given === null ? 'required' : 'not-an-object';
    return { answers: {}, errors: [{ pointer: '/answers', code }] };
  }
  const errors: FieldError[] = [];
  const answers: Record<string, Answer> = {};
  const items = new Map(quiz.items.map((item) => [item.id, item]));
  for (const [id, value] of Object.entries(given)) {
    const pointer = `/answers/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const item = items.get(id);
    const answer = item ? readAnswer(item, value) : { code: 'unknown-field' };
    if (typeof answer === 'object' && 'code' in answer) errors.push({ pointer, code: answer.code });
    else answers[id] = answer;
  }
  if (Object.keys(given).length === 0) errors.push({ pointer: '/answers', code: 'too-few' });
  return { answers, errors };
}

function readAnswer(item: QuizItem, value: unknown): Answer | { code: string } {
  if (value === null || value === '') return { code: 'required' };
  switch (item.kind) {
    case 'single':
      return isChoice(item, value)
        ? value
        : { code: typeof value === 'string' ? 'not-a-choice' : 'not-text' };
    case 'multiple':
      return readChoices(item, value);
    case 'boolean':
      if (value === true || value === 'true') return true;
      return value === false || value === 'false' ? false : { code: 'not-a-yes-or-no' };
    case 'number':
      return numberOf(value) ?? { code: 'not-a-number' };
  }
}

function readChoices(item: QuizItem & { kind: 'multiple' }, value: unknown): Answer | { code: string } {
  if (!Array.isArray(value)) return { code: 'not-a-list' };
  if (!value.every((choice) => isChoice(item, choice))) return { code: 'not-a-choice' };
  if (new Set(value).size !== value.length) return { code: 'repeated' };
  // One order for one set, so that the same answer is the same row.
  return item.choices.map(({ id }) => id).filter((id) => value.includes(id));
}

function isChoice(item: QuizItem & { kind: 'single' | 'multiple' }, value: unknown): value is string {
  return item.choices.some(({ id }) => id === value);
}

/** Marks the answers of an attempt. */
export function markQuiz(quiz: QuizBlock, answers: Answers): Marking {
  const items = quiz.items.map((item) =>
    markItem(item, Object.hasOwn(answers, item.id) ? answers[item.id] : undefined),
  );
  const score = items.filter(({ correct }) => correct).length;
  return { score, max: items.length, passed: score * 100 >= quiz.pass * items.length, items };
}

function markItem(item: QuizItem, answer: Answer | undefined): ItemMark {
  const chosen =
    item.kind === 'single' || item.kind === 'multiple'
      ? item.choices.filter(({ id }) => [answer].flat().includes(id))
      : [];
  return {
    itemId: item.id,
    correct: answer !== undefined && isRight(item, answer),
    texts: [...chosen.map(({ feedback }) => feedback), item.reason],
  };
}

function isRight(item: QuizItem, answer: Answer): boolean {
  switch (item.kind) {
    case 'multiple': {
      const chosen = new Set([answer].flat());
      return chosen.size === item.key.length && item.key.every((id) => chosen.has(id));
    }
    case 'number':
      return typeof answer === 'number' && Math.abs(answer - item.key) <= item.tolerance + EPSILON;
    case 'single':
    case 'boolean':
      return answer === item.key;
  }
}
