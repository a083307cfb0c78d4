import { nameWords } from '../people/public.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import type { SeenPerson } from './seen-people.query.js';

/** Fewer digits than these would be half of all numbers. */
const LEAST_DIGITS = 4;

/** How well somebody answers a search: every word is theirs, or is the beginning of one of theirs. */
export type Match = 'whole' | 'begun';

/**
 * Looks for words of a name in both scripts, or digits of a number; undefined when the query asks for nothing.
 *
 * @param query as it was typed
 */
export function matcherOf(query: string): ((person: SeenPerson) => Match | undefined) | undefined {
  const digits = digitsOf(query);
  if (digits !== undefined) {
    if (digits.length < LEAST_DIGITS) return undefined;
    return ({ phones }) => (phones.some((phone) => phone.includes(digits)) ? 'whole' : undefined);
  }
  const wanted = nameWords(query);
  if (wanted.length === 0) return undefined;
  return ({ name }) => {
    const words = [name.fr, name.ar].flatMap((part) =>
      part ? [...nameWords(part.given), ...nameWords(part.family)] : [],
    );
    if (wanted.every((word) => words.includes(word))) return 'whole';
    return wanted.every((word) => words.some((one) => one.startsWith(word))) ? 'begun' : undefined;
  };
}

/** The digits of a number as people write it, without what stands for the country; undefined for anything else. */
function digitsOf(query: string): string | undefined {
  const text = toAsciiDigits(query).replace(/[\s.()-]/gu, '');
  if (!/^\+?\d+$/u.test(text)) return undefined;
  // A whole number as it is written at home or from abroad; anything else may be its middle or its end.
  return text.replace(/^(?:\+|00(?=\d{10}))/u, '').replace(/^0(?=\d{9}$)/u, '');
}
