import type { Facts } from './facts.js';
import { holdsTrue, scoreOf } from './rules.js';
import type { Condition, Scenario } from './scenario.js';

const FACTS: Facts = new Map<string, string | number | boolean>([
  ['n', 5],
  ['word', 'post'],
  ['yes', true],
]);
const YES: Condition = { fact: 'yes', is: true };
const NO: Condition = { fact: 'yes', is: false };

describe('a condition', () => {
  it.each<[Condition, boolean]>([
    [YES, true],
    [NO, false],
    [{ fact: 'n', is: 5 }, true],
    [{ fact: 'word', in: ['post', 'private'] }, true],
    [{ fact: 'word', in: ['private'] }, false],
    [{ fact: 'n', atLeast: 5 }, true],
    [{ fact: 'n', atLeast: 6 }, false],
    [{ fact: 'n', atMost: 5 }, true],
    [{ fact: 'n', atMost: 4 }, false],
    [{ fact: 'word', atLeast: 0 }, false],
    [{ fact: 'word', atMost: 9 }, false],
    [{ fact: 'unknown', is: false }, false],
    [{ fact: 'unknown', atMost: 9 }, false],
    [{ all: [YES, YES] }, true],
    [{ all: [YES, NO] }, false],
    [{ all: [] }, true],
    [{ any: [NO, YES] }, true],
    [{ any: [NO, NO] }, false],
    [{ any: [] }, false],
    [{ none: [NO, NO] }, true],
    [{ none: [NO, YES] }, false],
  ])('%j is %s', (condition, expected) => expect(holdsTrue(condition, FACTS)).toBe(expected));
});

describe('the score', () => {
  const words = { fr: 'a', ar: 'ا', en: 'a' };
  const path = (id: string, when: Condition, costs: number) => ({ id, when, costs, hint: words });
  const score = (done: Condition, ...wrong: ReturnType<typeof path>[]) => {
    const exercise = { id: 'e', title: words, task: words, points: 10, done, wrong };
    return scoreOf(
      { exercises: [exercise, { ...exercise, id: 'f', done: NO, wrong: [] }] } as unknown as Scenario,
      FACTS,
    );
  };

  it('names the first wrong path that holds, and gives nothing for it', () => {
    const [first] = score(NO, path('a', NO, 0), path('b', YES, 3), path('c', YES, 0)).exercises;
    expect([first?.state, first?.path?.id, first?.points, first?.reasons]).toEqual(['wrong', 'b', 0, []]);
  });

  it('takes every detour off what was done, names the first that costs, and never goes below nothing', () => {
    const mended = score(YES, path('a', YES, 0), path('b', YES, 3), path('c', YES, 4));
    expect(mended.exercises[0]?.points).toBe(3);
    expect(mended.exercises[0]?.path?.id).toBe('b');
    expect(mended.exercises[0]?.reasons.map(({ rule, points }) => [rule, points])).toEqual([
      ['done', 10],
      ['b', -3],
      ['c', -4],
    ]);
    expect([mended.points, mended.max]).toEqual([3, 20]);
    expect(score(YES, path('a', YES, 11)).points).toBe(0);
    expect(score(YES, path('a', YES, 0)).exercises[0]).toMatchObject({ state: 'done', points: 10 });
    expect(score(YES, path('a', YES, 0)).exercises[0]).not.toHaveProperty('path');
  });

  it('is open while nothing holds', () => {
    expect(score(NO, path('a', NO, 0)).exercises[0]).toMatchObject({ state: 'open', points: 0, reasons: [] });
  });
});
