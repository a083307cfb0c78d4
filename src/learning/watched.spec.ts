import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import {
  clip,
  fromMultirange,
  head,
  lengthOf,
  type Stretch,
  toMultirange,
  union,
  type Watched,
} from './watched.js';

/** Few milliseconds, so that stretches touch, overlap, repeat and are empty or reversed. */
const edge = fc.integer({ min: 0, max: 24 });
const stretches: fc.Arbitrary<Stretch[]> = fc.array(fc.tuple(edge, edge), { maxLength: 8 });

/** The same set the slow way: each millisecond by itself. */
function milliseconds(set: readonly Stretch[]): Set<number> {
  const all = new Set<number>();
  for (const [from, to] of set) for (let ms = from; ms < to; ms++) all.add(ms);
  return all;
}

const sorted = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);

/** In order, apart, none empty: touching stretches are one. */
function isCanonical(watched: Watched): boolean {
  return watched.every(([from, to], i) => from < to && (i === 0 || (watched[i - 1]?.[1] ?? Infinity) < from));
}

describe('milliseconds that were watched', () => {
  it('are the union of all stretches, in one spelling', () => {
    holds(
      fc.property(stretches, stretches, (one, other) => {
        const both = union(one, other);
        expect(sorted(milliseconds(both))).toEqual(sorted(milliseconds([...one, ...other])));
        expect(isCanonical(both)).toBe(true);
      }),
    );
  });

  it('are the same in any order, in any parts, and again', () => {
    const shuffled = stretches.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.subarray(all),
        fc.nat({ max: all.length }),
      ),
    );
    holds(
      fc.property(shuffled, ([all, other, again, cut]) => {
        const expected = union(all);
        expect(union(other)).toEqual(expected);
        expect(union(other, again, again)).toEqual(expected);
        expect(union(union(other.slice(0, cut)), union(other.slice(cut)))).toEqual(expected);
      }),
    );
  });

  it('join stretches that touch, and leave apart those that do not', () => {
    expect(union([[5, 9]], [[0, 5]])).toEqual([[0, 9]]);
    expect(union([[6, 9]], [[0, 5]])).toEqual([
      [0, 5],
      [6, 9],
    ]);
    expect(union([[0, 9]], [[2, 3]])).toEqual([[0, 9]]);
    expect(union([[4, 4]], [[7, 2]])).toEqual([]);
    expect(union()).toEqual([]);
  });

  it('change nothing of what they were made from', () => {
    const one: Stretch[] = [[0, 5]];
    union(one, [[3, 9]]);
    expect(one).toEqual([[0, 5]]);
  });

  it('are counted once', () => {
    holds(
      fc.property(stretches, (all) => {
        expect(lengthOf(union(all))).toBe(milliseconds(all).size);
      }),
    );
  });

  it('are clipped to the video', () => {
    const anywhere = fc.array(fc.tuple(fc.integer({ min: -9, max: 40 }), fc.integer({ min: -9, max: 40 })), {
      maxLength: 6,
    });
    holds(
      fc.property(anywhere, fc.nat({ max: 24 }), (all, duration) => {
        const inside = sorted(milliseconds(all)).filter((ms) => ms >= 0 && ms < duration);
        expect(sorted(milliseconds(clip(all, duration)))).toEqual(inside);
      }),
    );
    expect(clip([[-5, 200]], 100)).toEqual([[0, 100]]);
    expect(clip([[100, 200]], 100)).toEqual([]);
  });

  it('begin with their first so many', () => {
    holds(
      fc.property(stretches, fc.integer({ min: -3, max: 30 }), (all, ms) => {
        const watched = union(all);
        const kept = head(watched, ms);
        expect(sorted(milliseconds(kept))).toEqual(sorted(milliseconds(watched)).slice(0, Math.max(0, ms)));
        expect(isCanonical(kept)).toBe(true);
      }),
    );
    expect(head([[0, 5], [8, 20]], 9)).toEqual([[0, 5], [8, 12]]);
    expect(head([[0, 5], [8, 20]], 5)).toEqual([[0, 5]]);
    expect(head([[0, 5]], 0)).toEqual([]);
  }); // prettier-ignore

  it('are written as PostgreSQL writes them, and read back', () => {
    expect(toMultirange([])).toBe('{}');
    expect(toMultirange([[0, 5], [17, 1200]])).toBe('{[0,5),[17,1200)}'); // prettier-ignore
    holds(
      fc.property(stretches, (all) => {
        const watched = union(all);
        expect(fromMultirange(toMultirange(watched))).toEqual(watched);
      }),
    );
  });
});
