import fc from 'fast-check';
import { drawOf } from './draw.js';
import { type Contender, rank } from './ranking.js';
import type { Quota } from './selection.js';

const quota = (id: string, least: number | null, most: number | null): Quota => ({
  ...{ id, kind: 'gender', value: 'female', least, most },
});
const contender = (n: number, total: number, quotas: string[] = [], out = false): Contender => ({
  number: `1-${String(n).padStart(4, '0')}`,
  total,
  quotas,
  reasons: out ? [{ code: 'age' }] : [],
});
const chosen = (design: Parameters<typeof rank>[0], list: readonly Contender[]): string[] =>
  rank(design, 's', list)
    .dossiers.filter(({ outcome }) => outcome === 'selected')
    .map(({ number }) => number);

const dossiers = fc
  .array(
    fc.record({
      total: fc.integer({ min: 0, max: 6 }),
      quotas: fc.subarray(['q1', 'q2', 'q3']),
      out: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map(({ total, quotas, out }, n) => contender(n + 1, total, quotas, out)));
const bound = fc.option(fc.integer({ min: 0, max: 8 }));
const quotas = fc
  .array(fc.tuple(bound, bound), { maxLength: 3 })
  .map((list) =>
    list.map(([least, most], n) =>
      quota(`q${n + 1}`, least, most === null ? null : Math.max(most, least ?? 0)),
    ),
  );
const designs = fc.record({
  places: fc.integer({ min: 1, max: 20 }),
  reserve: fc.integer({ min: 0, max: 10 }),
  quotas,
});

/** The rule said once more, slowly: one person at a time, everything counted anew. */
function plain(
  { places, quotas: rules }: { places: number; quotas: Quota[] },
  list: Contender[],
): Set<string> {
  const order = list
    .filter(({ reasons }) => reasons.length === 0)
    .sort((a, b) => b.total - a.total || (drawOf('s', a.number) < drawOf('s', b.number) ? -1 : 1));
  const taken = new Set<string>();
  const count = (id: string): number =>
    order.filter((one) => taken.has(one.number) && one.quotas.includes(id)).length;
  const isFull = (one: Contender): boolean =>
    rules.some(({ id, most }) => most !== null && one.quotas.includes(id) && count(id) + 1 > most);
  for (const { id, least } of rules)
    for (;;) {
      const next = order.find((one) => !taken.has(one.number) && one.quotas.includes(id) && !isFull(one));
      if (!next || least === null || count(id) >= least || taken.size === places) break;
      taken.add(next.number);
    }
  for (;;) {
    const next = order.find((one) => !taken.has(one.number) && !isFull(one));
    if (!next || taken.size === places) break;
    taken.add(next.number);
  }
  return taken;
}

describe('the ranking', () => {
  it('chooses whom the rule said once more, slowly, chooses', () => {
    fc.assert(
      fc.property(designs, dossiers, (design, list) => {
        expect(new Set(chosen(design, list))).toEqual(plain(design, [...list]));
      }),
      { numRuns: 300 },
    );
  });

  it('says the same whatever order the dossiers come in', () => {
    fc.assert(
      fc.property(designs, dossiers, fc.integer(), (design, list, seed) => {
        const shuffled = [...list].sort((a, b) =>
          drawOf(String(seed), a.number) < drawOf(String(seed), b.number) ? -1 : 1,
        );
        expect(rank(design, 's', shuffled)).toEqual(rank(design, 's', list));
      }),
    );
  });

  it('never goes beyond places and at-mosts, and says which at-least was missed', () => {
    fc.assert(
      fc.property(designs, dossiers, (design, list) => {
        const { dossiers: ranked, shortfalls, unfilled } = rank(design, 's', list);
        const picked = new Set(chosen(design, list));
        expect(picked.size + unfilled).toBe(design.places);
        for (const { id, least, most } of design.quotas) {
          const have = list.filter((one) => picked.has(one.number) && one.quotas.includes(id)).length;
          if (most !== null) expect(have).toBeLessThanOrEqual(most);
          expect(shortfalls.some((one) => one.quota === id)).toBe(least !== null && have < least);
        }
        const reserve = ranked.filter(({ outcome }) => outcome === 'reserve');
        expect(reserve.map(({ reserveRank }) => reserveRank)).toEqual(reserve.map((_, n) => n + 1));
        expect(reserve.length).toBeLessThanOrEqual(design.reserve);
        for (const one of ranked)
          expect([one.outcome === 'not-selected', one.rank === null]).toEqual([
            one.code !== null,
            one.code === 'not-eligible',
          ]);
      }),
    );
  });

  it('takes the best of a group until there are enough, and passes over whoever is one too many', () => {
    const list = [
      contender(1, 9),
      contender(2, 8),
      contender(3, 7),
      contender(4, 2, ['q1']),
      contender(5, 1, ['q1']),
    ];
    const design = { places: 3, reserve: 1, quotas: [quota('q1', 1, null)] };
    const { dossiers: ranked } = rank(design, 's', list);
    expect(
      ranked.map(({ number, outcome, code, quota: by }) => [number.slice(-1), outcome, code, by]),
    ).toEqual([
      ['1', 'selected', null, null],
      ['2', 'selected', null, null],
      ['3', 'reserve', null, null],
      ['4', 'selected', null, 'q1'],
      ['5', 'not-selected', 'places-taken', null],
    ]);
    const most = rank({ places: 2, reserve: 0, quotas: [quota('q1', null, 1)] }, 's', [
      contender(1, 9, ['q1']),
      contender(2, 8, ['q1']),
      contender(3, 7),
    ]);
    expect(most.dossiers.map(({ outcome, code, quota: by }) => [outcome, code, by])).toEqual([
      ['selected', null, null],
      ['not-selected', 'quota-reached', 'q1'],
      ['selected', null, null],
    ]);
  });

  it('parts the same points by the draw alone', () => {
    const list = Array.from({ length: 30 }, (_, n) => contender(n + 1, 5));
    const { dossiers: ranked } = rank({ places: 3, reserve: 0, quotas: [] }, 'secret', list);
    const draws = ranked.map(({ number }) => drawOf('secret', number));
    expect(draws).toEqual([...draws].sort());
    expect(ranked.map(({ number }) => number)).not.toEqual(list.map(({ number }) => number));
  });
});
