import type { LocalizedText, QuizBlock, QuizItem, QuizPiece } from '../courses/public.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import { toAsciiDigits } from '../shared/text/digits.js';

/** Which option stands beside which choice, by their ids. */
export type Pairs = Readonly<Record<string, string>>;
/** An answer as it is kept: a choice, several in the order of the file, an order, a number, yes or no, pairs. */
export type Answer = string | readonly string[] | number | boolean | Pairs;
export type Answers = Readonly<Record<string, Answer>>;

/** What is told of one item once it has been answered. */
export interface ItemMark {
  readonly itemId: string;
  readonly correct: boolean;
  /** All that was chosen is right, but more had to be chosen. */
  readonly incomplete: boolean;
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
    const answer = item && readAnswer(item, value);
    if (answer instanceof Wrong || !answer)
      errors.push({ pointer, code: answer ? answer.code : 'unknown-field' });
    else answers[id] = answer.value;
  }
  if (Object.keys(given).length === 0) errors.push({ pointer: '/answers', code: 'too-few' });
  return { answers, errors };
}

/** An answer of the wrong shape. */
class Wrong {
  constructor(readonly code: string) {}
}

/** An answer of the right shape. */
interface Read {
  readonly value: Answer;
}

function readAnswer(item: QuizItem, value: unknown): Read | Wrong {
  if (value === null || value === '') return new Wrong('required');
  switch (item.kind) {
    case 'single':
    case 'picture':
      if (isOneOf(item.choices, value)) return { value };
      return new Wrong(typeof value === 'string' ? 'not-a-choice' : 'not-text');
    case 'multiple':
      return readChoices(item.choices, value);
    case 'order':
      return readOrder(item.choices, value);
    case 'match':
      return readPairs(item, value);
    case 'boolean':
      if (value === true || value === 'true') return { value: true };
      return value === false || value === 'false' ? { value: false } : new Wrong('not-a-yes-or-no');
    case 'number': {
      const read = numberOf(value);
      return read === undefined ? new Wrong('not-a-number') : { value: read };
    }
  }
}

function readChoices(choices: readonly QuizPiece[], value: unknown): Read | Wrong {
  if (!Array.isArray(value)) return new Wrong('not-a-list');
  if (!value.every((choice) => isOneOf(choices, choice))) return new Wrong('not-a-choice');
  if (new Set(value).size !== value.length) return new Wrong('repeated');
  // One order for one set, so that the same answer is the same row.
  return { value: choices.map(({ id }) => id).filter((id) => value.includes(id)) };
}

function readOrder(choices: readonly QuizPiece[], value: unknown): Read | Wrong {
  if (!Array.isArray(value)) return new Wrong('not-a-list');
  const given: unknown[] = value.filter((choice) => choice !== '');
  if (!given.every((choice): choice is string => isOneOf(choices, choice))) return new Wrong('not-a-choice');
  if (new Set(given).size !== given.length) return new Wrong('repeated');
  return given.length < choices.length ? new Wrong('too-few') : { value: given };
}

/** Pairs come as a map or as a list of two each. */
function readPairs({ choices, options }: QuizItem & { kind: 'match' }, value: unknown): Read | Wrong {
  if (typeof value !== 'object' || value === null) return new Wrong('not-an-object');
  const pairs: unknown[] = Array.isArray(value) ? value : Object.entries(value);
  const read: Record<string, string> = {};
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) return new Wrong('not-an-object');
    const [choice, option] = pair as unknown[];
    if (option === '') continue;
    if (!isOneOf(choices, choice) || !isOneOf(options, option)) return new Wrong('not-a-choice');
    if (Object.hasOwn(read, choice)) return new Wrong('repeated');
    read[choice] = option;
  }
  // One order of the choices, so that the same answer is the same row.
  const entries = choices.flatMap(({ id }): [string, string][] =>
    read[id] === undefined ? [] : [[id, read[id]]],
  );
  return entries.length < choices.length ? new Wrong('too-few') : { value: Object.fromEntries(entries) };
}

function isOneOf(choices: readonly QuizPiece[], value: unknown): value is string {
  return choices.some(({ id }) => id === value);
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
    item.kind === 'single' || item.kind === 'multiple' || item.kind === 'picture'
      ? item.choices.filter(({ id }) => [answer].flat().includes(id))
      : [];
  return {
    itemId: item.id,
    correct: answer !== undefined && isRight(item, answer),
    incomplete: item.kind === 'multiple' && isPartOfKey(item.key, chosen),
    texts: [...chosen.map(({ feedback }) => feedback), ...ofYesOrNo(item, answer), item.reason],
  };
}

/** What is said of the one or the other answer to a true or false question. */
function ofYesOrNo(item: QuizItem, answer: Answer | undefined): LocalizedText[] {
  if (item.kind !== 'boolean' || typeof answer !== 'boolean') return [];
  const feedback = item.feedback?.[answer ? 'true' : 'false'];
  return feedback ? [feedback] : [];
}

function isPartOfKey(key: readonly string[], chosen: readonly QuizPiece[]): boolean {
  return chosen.length > 0 && chosen.length < key.length && chosen.every(({ id }) => key.includes(id));
}

/** Is the answer the key? A number may be off by its tolerance; everything else is right as a whole or wrong. */
export function isRight(item: QuizItem, answer: Answer): boolean {
  switch (item.kind) {
    case 'multiple': {
      const chosen = new Set([answer].flat());
      return chosen.size === item.key.length && item.key.every((id) => chosen.has(id));
    }
    case 'order':
      return Array.isArray(answer) && answer.join('/') === item.key.join('/');
    case 'match':
      return item.choices.every(
        ({ id }) => Object.hasOwn(Object(answer), id) && (answer as Pairs)[id] === item.key[id],
      );
    case 'number':
      return typeof answer === 'number' && Math.abs(answer - item.key) <= item.tolerance + EPSILON;
    case 'single':
    case 'picture':
    case 'boolean':
      return answer === item.key;
  }
}
