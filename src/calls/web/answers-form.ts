import { InvalidFields } from '../../shared/errors/domain-error.js';
import { nameOfUpload } from '../../shared/web/upload-parser.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import type { AnswersGiven } from '../answers.js';
import { type Call, type CallField, MOST_PHOTOS } from '../call.js';
import { PHOTO_BYTES } from '../../shared/files/photo.js';

/** Bytes of a form with all photos that a call may ask for; a photo that is a little too large is still told its own limit. */
export const ANSWERS_FORM_BYTES = (MOST_PHOTOS + 1) * PHOTO_BYTES;

type Given = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);

/** Name of a field's control in the form of a call. */
export function controlOf({ id }: Pick<CallField, 'id'>): string {
  return `a-${id}`;
}

/** The answers of a page's form. */
export function answersOfForm(body: FormBody, call: Call): AnswersGiven {
  const entries = call.fields.map((field): [string, unknown] => {
    const name = controlOf(field);
    if (field.type === 'photo') return [field.id, Buffer.isBuffer(body?.[name]) ? body[name] : ''];
    return [field.id, field.type === 'choice' ? formTexts(body, name) : formText(body, name)];
  });
  return { answers: Object.fromEntries(entries), needs: formTexts(body, 'needs') };
}

/** What an API call sends: JSON, or a form whose `answers` and `needs` are JSON and whose photos are parts named by their fields. */
export function answersOfBody(body: unknown, others: readonly string[] = []): AnswersGiven & { rest: Given } {
  const { answers, needs, ...rest } = isRecord(body) ? body : {};
  const read = jsonIn(answers, '/answers') ?? {};
  if (!isRecord(read)) throw new InvalidFields([{ pointer: '/answers', code: 'not-an-object' }]);
  const photos = Object.entries(rest).filter(
    ([, value]) => Buffer.isBuffer(value) && nameOfUpload(value) !== '',
  );
  const told = Object.entries(rest).filter(([, value]) => !Buffer.isBuffer(value));
  const unknown = told.filter(([name]) => !others.includes(name));
  if (unknown.length > 0)
    throw new InvalidFields(unknown.map(([name]) => ({ pointer: `/${name}`, code: 'unknown-field' })));
  return {
    answers: { ...read, ...Object.fromEntries(photos) },
    needs: jsonIn(needs, '/needs'),
    rest: Object.fromEntries(told),
  };
}

function jsonIn(value: unknown, pointer: string): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new InvalidFields([{ pointer, code: 'not-json' }]);
  }
}
