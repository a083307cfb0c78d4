import type { TestMethod } from './test-phase.js';

/** Fewer pairs than this say more of a person than of a group. */
export const FEWEST = 5;

/** What one person has of the two tests of a course; points of `max`. */
export interface TestedPerson {
  readonly method: TestMethod;
  readonly pre: number | undefined;
  readonly post: number | undefined;
  readonly max: number;
}

/** The gain of a group. Shares are of 1; null under five pairs. */
export interface LearningGain {
  /** People with both tests who could still gain. */
  readonly n: number;
  /** People who had every point before: counted here, and in no figure. */
  readonly atMax: number;
  /** People with one of the two tests only. */
  readonly unpaired: number;
  /** Mean of each person's (post − pre) / (max − pre); may be negative. */
  readonly gain: number | null;
  /** Mean shares of the points before and after, of the same people. */
  readonly pre: number | null;
  readonly post: number | null;
}

/** The learning gain of people who were all tested by one method. */
export function learningGain(people: readonly TestedPerson[]): LearningGain {
  const pairs = people.flatMap(({ pre, post, max }) =>
    pre === undefined || post === undefined ? [] : [{ pre, post, max }],
  );
  const able = pairs.filter(({ pre, max }) => pre < max);
  const counts = {
    n: able.length,
    atMax: pairs.length - able.length,
    unpaired: people.length - pairs.length,
  };
  if (able.length < FEWEST) return { ...counts, gain: null, pre: null, post: null };
  const mean = (of: (pair: { pre: number; post: number; max: number }) => number): number =>
    able.reduce((sum, pair) => sum + of(pair), 0) / able.length;
  return {
    ...counts,
    gain: mean(({ pre, post, max }) => (post - pre) / (max - pre)),
    pre: mean(({ pre, max }) => pre / max),
    post: mean(({ post, max }) => post / max),
  };
}

/** The same by method, for methods are never mixed; in the order of `methods`, those with somebody only. */
export function gainByMethod(
  people: readonly TestedPerson[],
  methods: readonly TestMethod[],
): { readonly method: TestMethod; readonly gain: LearningGain }[] {
  return methods.flatMap((method) => {
    const own = people.filter((one) => one.method === method);
    return own.length > 0 ? [{ method, gain: learningGain(own) }] : [];
  });
}
