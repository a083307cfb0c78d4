import type { FieldError } from './domain-error.js';

/** Levels of objects and lists in a body; ours have five. What reads a body goes down by recursion and would not come back. */
export const MAX_DEPTH = 20;

/** Members and items in a body, those inside others counted too: the validator looks at each for a tenth of a millisecond. */
export const MAX_VALUES = 5_000;

/** A value of a body and the way to it. */
interface Place {
  readonly value: unknown;
  readonly depth: number;
  readonly key: string;
  readonly parent?: Place;
}

/** Every value of a JSON body, level by level, without recursion. */
function* placesOf(body: unknown): Generator<Place> {
  const open: Place[] = [{ value: body, depth: 0, key: '' }];
  for (let place = open.pop(); place; place = open.pop()) {
    yield place;
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, value] of Object.entries(place.value))
      open.push({ value, depth: place.depth + 1, key, parent: place });
  }
}

function pointerOf(place: Place): string {
  const keys: string[] = [];
  for (let at: Place | undefined = place; at?.parent; at = at.parent)
    keys.unshift(at.key.replaceAll('~', '~0').replaceAll('/', '~1'));
  return keys.map((key) => `/${key}`).join('');
}

/** The member of the body that a place stands in; the body itself for a member. */
function memberOf(place: Place): string {
  const [, member, inside] = pointerOf(place).split('/');
  return inside === undefined ? '' : `/${member ?? ''}`;
}

/** The first thing that keeps a body from being read: more levels than {@link MAX_DEPTH}, or more values than {@link MAX_VALUES}. */
export function misshapen(body: unknown): FieldError | undefined {
  let values = 0;
  for (const place of placesOf(body)) {
    if (place.depth > MAX_DEPTH)
      return { pointer: memberOf(place), code: 'too-deep', params: { max: MAX_DEPTH } };
    const many = { code: 'too-many', params: { max: MAX_VALUES } };
    if (Array.isArray(place.value) && place.value.length > MAX_VALUES)
      return { pointer: pointerOf(place), ...many };
    if ((values += 1) > MAX_VALUES) return { pointer: memberOf(place), ...many };
  }
  return undefined;
}

/** The texts that no column can hold and give back unchanged: those with NUL or with half a character. */
export function notUnicode(body: unknown): FieldError[] {
  const errors: FieldError[] = [];
  for (const place of placesOf(body)) {
    if (typeof place.value === 'string' && /[\0\p{Surrogate}]/u.test(place.value))
      errors.push({ pointer: pointerOf(place), code: 'not-unicode' });
  }
  return errors;
}
