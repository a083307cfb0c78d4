import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import { LONGEST_LINK, LONGEST_NOTE, type Proof } from './task.js';

/** What a person sends; nothing of it has been looked at. */
export type HandInGiven = Readonly<Record<string, unknown>>;

/** What was handed in, looked at but for the picture's content. */
export interface HandIn {
  readonly id: string;
  readonly proof: Proof;
  readonly link: string | null;
  readonly photo: Buffer | null;
  readonly note: string | null;
}

const FIELDS = new Set(['id', 'photo', 'link', 'tick', 'note']);
const TICKED = new Set<unknown>([true, 'true', '1', 'on']);
const UNTICKED = new Set<unknown>([undefined, null, false, '', 'false']);

/**
 * Reads what was handed in: exactly one of a photo, a link, a tick.
 *
 * @param asked what the exercise asks for; a tick alone shows nothing of what should be seen on a photo
 * @throws InvalidFields
 */
export function readHandIn(given: HandInGiven, asked: 'photo' | 'tick'): HandIn {
  const errors: FieldError[] = Object.keys(given)
    .filter((name) => !FIELDS.has(name))
    .map((name) => ({ pointer: `/${name}`, code: 'unknown-field' }));
  const { id = newId(), tick } = given;
  if (typeof id !== 'string' || !isUuid(id)) errors.push({ pointer: '/id', code: 'not-an-id' });
  const photo = photoOf(given['photo'], errors);
  const link = textOf(given, 'link', LONGEST_LINK, errors)?.trim() || null;
  const note = textOf(given, 'note', LONGEST_NOTE, errors);
  if (link !== null && !isPublicLink(link)) errors.push({ pointer: '/link', code: 'not-a-link' });
  if (!TICKED.has(tick) && !UNTICKED.has(tick)) errors.push({ pointer: '/tick', code: 'not-a-yes-or-no' });
  const proofs: Proof[] = [
    ...(photo ? (['photo'] as const) : []),
    ...(link !== null ? (['link'] as const) : []),
    ...(TICKED.has(tick) ? (['tick'] as const) : []),
  ];
  const [proof, more] = proofs;
  const where = asked === 'photo' ? '/photo' : '/tick';
  if (!proof && errors.length === 0) errors.push({ pointer: where, code: 'proof-missing' });
  else if (more) errors.push({ pointer: `/${more}`, code: 'proof-twice' });
  else if (proof === 'tick' && asked === 'photo') errors.push({ pointer: '/photo', code: 'proof-missing' });
  if (errors.length > 0 || !proof) throw new InvalidFields(errors);
  return { id: String(id).toLowerCase(), proof, link, photo, note };
}

function photoOf(given: unknown, errors: FieldError[]): Buffer | null {
  if (Buffer.isBuffer(given)) return given.length > 0 ? given : null;
  // A form without a file sends its name with nothing.
  if (given !== undefined && given !== null && given !== '')
    errors.push({ pointer: '/photo', code: 'not-a-file' });
  return null;
}

function textOf(given: HandInGiven, name: string, longest: number, errors: FieldError[]): string | null {
  const text = given[name] ?? '';
  if (typeof text !== 'string') errors.push({ pointer: `/${name}`, code: 'not-text' });
  else if (/[\0\p{Surrogate}]/u.test(text)) errors.push({ pointer: `/${name}`, code: 'not-unicode' });
  else if ([...text].length > longest)
    errors.push({ pointer: `/${name}`, code: 'longer-than', params: { max: longest } });
  else if (text !== '') return text;
  return null;
}

/** An address that a trainer can open: https, a name with a dot, nobody's password in it. */
function isPublicLink(link: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(link);
    return protocol === 'https:' && /[^.]\.[^.]/.test(hostname) && username === '' && password === '';
  } catch {
    return false;
  }
}
