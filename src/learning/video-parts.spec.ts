import fc from 'fast-check';
import { mostOf, partsOf } from './video-parts.js';

describe('partsOf', () => {
  it('cuts any length into at most twenty parts without gaps, none under three seconds but the only one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_800_000 }), (durationMs) => {
        const parts = partsOf(durationMs);
        expect(parts[0]?.[0]).toBe(0);
        expect(parts.at(-1)?.[1]).toBe(durationMs);
        expect(parts.length).toBeLessThanOrEqual(20);
        parts.slice(1).forEach(([from], n) => expect(from).toBe(parts[n]?.[1]));
        if (parts.length > 1) for (const [from, to] of parts) expect(to - from).toBeGreaterThanOrEqual(2999);
      }),
    );
  });

  it('cuts ninety seconds into twenty, ten into three, and one stays whole', () => {
    expect([partsOf(90_000).length, partsOf(90_000)[1]]).toEqual([20, [4500, 9000]]);
    expect(partsOf(10_000)).toEqual([
      [0, 3333],
      [3333, 6667],
      [6667, 10_000],
    ]);
    expect(partsOf(1000)).toEqual([[0, 1000]]);
  });
});

describe('mostOf', () => {
  it('finds the first of the greatest, and nothing among nothing', () => {
    expect(
      mostOf(
        [1, 3, 2, 3].map((n, at) => ({ n, at })),
        ({ n }) => n,
      ),
    ).toEqual({ n: 3, at: 1 });
    expect(mostOf([{ n: 0 }], ({ n }) => n)).toBeUndefined();
    expect(mostOf([] as { n: number }[], ({ n }) => n)).toBeUndefined();
  });
});
