import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { FEWEST, gainByMethod, learningGain, type TestedPerson } from './learning-gain.js';

const one = (pre: number | undefined, post: number | undefined): TestedPerson => ({
  method: 'screen',
  pre,
  post,
  max: 10,
});
const people = fc.array(
  fc.record({
    method: fc.constantFrom('screen' as const, 'read-aloud' as const),
    pre: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    post: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
    max: fc.constant(10),
  }),
  { maxLength: 40 },
);

describe('learningGain', () => {
  it('is the mean of each person’s gain', () => {
    const group = [one(5, 10), one(0, 5), one(2, 6), one(8, 9), one(4, 4)];
    expect(learningGain(group)).toEqual({
      ...{ n: 5, atMax: 0, unpaired: 0 },
      gain: expect.closeTo((1 + 0.5 + 0.5 + 0.5 + 0) / 5, 12),
      pre: expect.closeTo(0.38, 12),
      post: expect.closeTo(0.68, 12),
    });
  });

  it('may be negative', () => {
    expect(learningGain([1, 2, 3, 4, 5].map((n) => one(n, 0))).gain).toBeLessThan(0);
  });

  it('leaves out and counts who had everything before, and who has one test only', () => {
    const group = [
      ...[1, 2, 3, 4, 5].map(() => one(5, 10)),
      one(10, 10),
      one(10, 2),
      one(3, undefined),
      one(undefined, 9),
    ];
    expect(learningGain(group)).toMatchObject({ n: 5, atMax: 2, unpaired: 2, gain: 1 });
  });

  it('says nothing of four', () => {
    const four = [1, 2, 3, 4].map(() => one(5, 10));
    expect(learningGain(four)).toEqual({ n: 4, atMax: 0, unpaired: 0, gain: null, pre: null, post: null });
    expect(learningGain([...four, one(10, 10)]).gain).toBeNull();
  });

  it('counts everybody once, lies under 1, and does not care for the order', () => {
    holds(
      fc.property(people, (group) => {
        const { n, atMax, unpaired, gain } = learningGain(group);
        expect(n + atMax + unpaired).toBe(group.length);
        expect(gain === null).toBe(n < FEWEST);
        if (gain !== null) expect(gain).toBeLessThanOrEqual(1);
        const again = learningGain([...group].reverse());
        expect(again.n).toBe(n);
        expect(again.gain ?? 0).toBeCloseTo(gain ?? 0, 12);
      }),
    );
  });

  it('never mixes methods', () => {
    holds(
      fc.property(people, (group) => {
        const rows = gainByMethod(group, ['screen', 'read-aloud']);
        for (const { method, gain } of rows)
          expect(gain).toEqual(learningGain(group.filter((each) => each.method === method)));
        expect(rows.reduce((sum, { gain }) => sum + gain.n + gain.atMax + gain.unpaired, 0)).toBe(
          group.length,
        );
      }),
    );
  });
});
