import type { FieldError } from './domain-error.js';

/** Levels of objects and lists in a body; ours have five. What reads a body goes down by recursion and would not come back. */
export const MAX_DEPTH = 20;

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

/** The first member that has more levels than {@link MAX_DEPTH}; undefined when none has. */
export function tooDeep(body: unknown): FieldError | undefined {
  for (const place of placesOf(body)) {
    if (place.depth <= MAX_DEPTH) continue;
    const [, member = ''] = pointerOf(place).split('/');
    return { pointer: `/${member}`, code: 'too-deep', params: { max: MAX_DEPTH } };
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
