import fc from 'fast-check';
import { holds } from '../../../test/support/property.js';
import { costsOf, marginOf, percentOf, priceFor } from './margin.js';
import type { Good } from './scenario.js';

const GOOD: Good = {
  ...{ id: 'g', name: { fr: '', ar: '' }, pictures: ['p'], grams: 1, stock: 1 },
  ...{ materials: 8000, minutes: 0, hourRate: 0, packaging: 0, commission: 10 },
};

describe('the margin calculator', () => {
  it("gives the course's own example: cost 80, commission 10 %, margin 30 need 122.22 dirhams", () => {
    expect(priceFor(GOOD, 3000)).toBe(12_222);
    expect(marginOf(GOOD, 12_222)).toBe(3000);
  });

  it('counts work by the minute and rounds half a centime up', () => {
    const worked = { ...GOOD, minutes: 90, hourRate: 2000 };
    expect(costsOf(worked, 10_005).map(({ amount }) => amount)).toEqual([8000, 3000, 0, 1001]);
    expect([percentOf(150, 1), percentOf(149, 1), percentOf(50, 2.5), percentOf(1000, 0)]).toEqual([
      2, 1, 1, 0,
    ]);
  });

  it('leaves out what is not counted', () => {
    expect(marginOf(GOOD, 10_000, [])).toBe(10_000);
    expect(marginOf(GOOD, 10_000, ['materials'])).toBe(2000);
    expect(marginOf(GOOD, 10_000, ['materials', 'commission'])).toBe(1000);
  });

  it('gives the lowest price that leaves the margin, for any good', () => {
    const amounts = fc.integer({ min: 0, max: 500_000 });
    holds(
      fc.property(
        amounts,
        amounts,
        fc.integer({ min: 0, max: 50 }),
        amounts,
        (materials, packaging, commission, margin) => {
          const good = { ...GOOD, materials, packaging, commission };
          const price = priceFor(good, margin);
          expect(marginOf(good, price)).toBeGreaterThanOrEqual(margin);
          expect(marginOf(good, price - 1)).toBeLessThan(margin);
        },
      ),
    );
  });
});
