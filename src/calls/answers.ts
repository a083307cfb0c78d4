import { parsePhone } from '../people/public.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import { communeByCode } from '../shared/geography/geography.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import { type Answer, type Answers, type Need, NEEDS } from './application.js';
import { type CallField, LONGEST } from './call.js';
import { maskCards } from './identity-card.js';

/** What somebody sends: texts, numbers and lists by the id of the field; a photo as bytes. Nothing of it has been looked at. */
export interface AnswersGiven {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly needs: unknown;
}

/** Answers that can be kept. */
export interface AnswersRead {
  readonly answers: Answers;
  /** By the id of the field: still to be decoded and kept. */
  readonly photos: ReadonlyMap<string, Buffer>;
  readonly needs: readonly Need[];
  /** Something looked like the number of an identity card and was made unreadable. */
  readonly masked: boolean;
}

/** One field that is wrong: its code, with what the sentence needs. */
type Wrong = Omit<FieldError, 'pointer'>;
type Read = { answer: Answer; masked?: boolean } | { wrong: Wrong } | undefined;

const wrong = (code: string, params?: FieldError['params']): { wrong: Wrong } => ({
  wrong: { code, ...(params ? { params } : {}) },
});
const pointerOf = (id: string): string => `/answers/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Digits that a number may have before and after its comma: what a double still tells apart. */
const NUMBER = /^-?\d{1,12}(?:[.,٫]\d{1,3})?$/;

/**
 * Reads answers against the questions, and says everything that is wrong at once.
 *
 * @param before what the dossier holds: its photos stay where no new one is sent
 */
export function readAnswers(
  fields: readonly CallField[],
  given: AnswersGiven,
  before: Answers = {},
): { read: AnswersRead } | { problems: FieldError[] } {
  const problems: FieldError[] = Object.keys(given.answers)
    .filter((id) => !fields.some((field) => field.id === id))
    .map((id) => ({ pointer: pointerOf(id), code: 'unknown-field' }));
  const answers: Record<string, Answer> = {};
  const photos = new Map<string, Buffer>();
  let masked = false;
  for (const field of fields) {
    const value = given.answers[field.id];
    const kept = field.type === 'photo' ? before[field.id] : undefined;
    if (field.type === 'photo' && Buffer.isBuffer(value) && value.length > 0) {
      photos.set(field.id, value);
      continue;
    }
    const read = readOne(field, value);
    if (read && 'wrong' in read) problems.push({ pointer: pointerOf(field.id), ...read.wrong });
    else if (read) [answers[field.id], masked] = [read.answer, masked || read.masked === true];
    else if (kept !== undefined) answers[field.id] = kept;
    else if (field.required)
      problems.push({
        pointer: pointerOf(field.id),
        code: field.type === 'photo' ? 'photo-needed' : 'required',
      });
  }
  const needs = readNeeds(given.needs);
  if (!needs) problems.push({ pointer: '/needs', code: 'not-a-choice' });
  return problems.length > 0 || !needs ? { problems } : { read: { answers, photos, needs, masked } };
}

function readNeeds(value: unknown): readonly Need[] | undefined {
  const list = value === undefined || value === null ? [] : value;
  if (!Array.isArray(list)) return undefined;
  const isNeed = (one: unknown): boolean => NEEDS.some((need) => need === one);
  return list.every(isNeed) ? NEEDS.filter((need) => list.includes(need)) : undefined;
}

/** @returns undefined where nothing was answered */
function readOne(field: CallField, value: unknown): Read {
  if (value === undefined || value === null || value === '') return undefined;
  if (field.type === 'choice') return readChoice(field, value);
  if (field.type === 'photo') return Buffer.isBuffer(value) ? undefined : wrong('not-a-file');
  if (field.type === 'number' && typeof value === 'number')
    return Number.isFinite(value) && Math.abs(value) < 1e12 ? { answer: value } : wrong('not-a-number');
  if (typeof value !== 'string') return wrong('not-text');
  if (/[\0\p{Surrogate}]/u.test(value)) return wrong('not-unicode');
  if ([...value].length > LONGEST.text) return wrong('longer-than', { max: LONGEST.text });
  const text = value.trim().replaceAll('\r\n', '\n');
  return text === '' ? undefined : readText(field, text);
}

function readText({ type }: CallField, text: string): Read {
  switch (type) {
    case 'number': {
      const digits = toAsciiDigits(text).replace(/[\s\u00a0\u202f]/g, '');
      return NUMBER.test(digits) ? { answer: Number(digits.replace(/[,٫]/, '.')) } : wrong('not-a-number');
    }
    case 'phone': {
      const phone = parsePhone(text);
      return phone.invalid ? wrong(phone.invalid) : { answer: phone.e164 };
    }
    case 'place':
      return communeByCode(text) ? { answer: text } : wrong('commune-unknown');
    case 'text':
    case 'choice':
    case 'photo': {
      const answer = maskCards(text);
      return { answer, masked: answer !== text };
    }
  }
}

function readChoice({ options, several }: CallField, value: unknown): Read {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const taken = list.filter((one) => one !== '');
  const isOption = (one: unknown): boolean => options.some(({ id }) => id === one);
  if (taken.length === 0) return undefined;
  if (!taken.every(isOption)) return wrong('not-a-choice');
  if (!several && new Set(taken).size > 1) return wrong('only-one');
  return { answer: options.filter(({ id }) => taken.includes(id)).map(({ id }) => id) };
}

/** The commune that a dossier is found under: that of its first question about a place. */
export function communeOf(fields: readonly CallField[], answers: Answers): string | undefined {
  const place = fields.find(({ type, id }) => type === 'place' && typeof answers[id] === 'string');
  return place && String(answers[place.id]);
}

/** True when two sets of answers say the same. */
export function isSameAnswers(a: Answers, b: Answers): boolean {
  const sorted = (answers: Answers): string =>
    JSON.stringify(Object.entries(answers).sort(([one], [other]) => (one < other ? -1 : 1)));
  return sorted(a) === sorted(b);
}
