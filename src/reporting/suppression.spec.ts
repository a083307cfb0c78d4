import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { type Cell, type CountedRow, hiddenCells } from './suppression.js';

jest.setTimeout(120_000);

const row = (key: string, people: number): CountedRow => ({ key: key.split('/'), people });

/** Sums of a table that its reader knows from the table of fewer dimensions: as it is shown there, and of which cells. */
interface Sum {
  shown: Cell;
  cells: number[];
}

function shown(rows: readonly CountedRow[]): Cell[] {
  const states = hiddenCells(rows);
  return rows.map(({ people }, n) => (states[n] === 'told' ? people : states[n] === 'few' ? '<5' : '*'));
}

/** Everything a reader can ask for besides the table itself: its coarser tables and the total, each as they are shown. */
function sumsOf(rows: readonly CountedRow[]): Sum[] {
  const dimensions = rows[0]?.key.length ?? 0;
  return Array.from({ length: 2 ** dimensions - 1 }, (_, chosen) => {
    const groups = new Map<string, { row: CountedRow; cells: number[] }>();
    rows.forEach(({ key, people }, n) => {
      const short = key.filter((_, d) => (chosen >> d) & 1);
      const group = groups.get(short.join('/')) ?? { row: { key: short, people: 0 }, cells: [] };
      group.row = { key: short, people: group.row.people + people };
      group.cells.push(n);
      groups.set(short.join('/'), group);
    });
    const list = [...groups.values()];
    const cells = shown(list.map((group) => group.row));
    return list.map((group, n) => ({ shown: cells[n] ?? '*', cells: group.cells }));
  }).flat();
}

/** Cells that are found by taking what is told from a told sum, as often as it helps. */
function bySubtraction(cells: readonly Cell[], sums: readonly Sum[]): number[] {
  const known = cells.map((cell) => typeof cell === 'number');
  const found: number[] = [];
  for (let again = true; again;) {
    again = false;
    for (const sum of sums) {
      const unknown = sum.cells.filter((n) => !known[n]);
      if (typeof sum.shown !== 'number' || unknown.length !== 1) continue;
      known[unknown[0] ?? 0] = true;
      found.push(unknown[0] ?? 0);
      again = true;
    }
  }
  return found;
}

const PRIME = 1_000_003n;
const power = (base: bigint, exponent: bigint): bigint =>
  exponent === 0n ? 1n : (power((base * base) % PRIME, exponent / 2n) * (exponent % 2n ? base : 1n)) % PRIME;

/** True when a combination of the sums is this sum: whole numbers modulo a prime, so that nothing is rounded. */
function isCombination(
  target: readonly number[],
  sums: ReadonlyArray<readonly number[]>,
  size: number,
): boolean {
  const vector = (cells: readonly number[]): bigint[] =>
    Array.from({ length: size }, (_, n) => (cells.includes(n) ? 1n : 0n));
  const base: bigint[][] = [];
  const reduced = (one: bigint[]): bigint[] =>
    base.reduce((rest, equation) => {
      const pivot = equation.findIndex((value) => value !== 0n);
      const times = rest[pivot] ?? 0n;
      return rest.map((value, n) => (((value - times * (equation[n] ?? 0n)) % PRIME) + PRIME) % PRIME);
    }, one);
  for (const sum of sums) {
    const rest = reduced(vector(sum));
    const pivot = rest.find((value) => value !== 0n);
    if (pivot !== undefined) base.push(rest.map((value) => (value * power(pivot, PRIME - 2n)) % PRIME));
  }
  return reduced(vector(target)).every((value) => value === 0n);
}

/** Hidden cells, and hidden sums, that follow from the equations of what is told. */
function byEquations(cells: readonly Cell[], sums: readonly Sum[]): string[] {
  const rest = (list: readonly number[]): number[] => list.filter((n) => typeof cells[n] !== 'number');
  const told = sums.filter((sum) => typeof sum.shown === 'number').map((sum) => rest(sum.cells));
  const targets = [
    ...cells.map((cell, n) => ({ name: `cell ${n}`, shown: cell, cells: [n] })),
    ...sums.map((sum, n) => ({ ...sum, name: `sum ${n}` })),
  ];
  return targets
    .filter(
      (target) => typeof target.shown !== 'number' && isCombination(rest(target.cells), told, cells.length),
    )
    .map(({ name }) => name);
}

/** Every number that each cell of one list of rows may hold: "<5" is 1 to 4, "*" is 0 or at least 5. */
function byTrying(cells: readonly Cell[], total: Cell): Array<Set<number>> {
  const totals = typeof total === 'number' ? [total] : [1, 2, 3, 4];
  const most = Math.max(...totals);
  const choices = (cell: Cell): number[] => {
    if (typeof cell === 'number') return [cell];
    const all = Array.from({ length: most + 1 }, (_, value) => value);
    return all.filter((value) => (cell === '<5' ? value >= 1 && value < 5 : value === 0 || value >= 5));
  };
  return cells.map((cell, n) => {
    let sums = new Set([0]);
    for (const other of cells.filter((_, m) => m !== n))
      sums = new Set(
        [...sums].flatMap((sum) => choices(other).map((value) => sum + value)).filter((sum) => sum <= most),
      );
    return new Set(choices(cell).filter((value) => totals.some((sum) => sums.has(sum - value))));
  });
}

/** Tables of up to three dimensions, with many small cells and some that are missing. */
const people = fc.oneof(
  { weight: 3, arbitrary: fc.nat(5) },
  { weight: 4, arbitrary: fc.nat(14) },
  { weight: 1, arbitrary: fc.nat(90) },
);
const tableOf = (...sizes: number[]): fc.Arbitrary<CountedRow[]> => {
  const keys = sizes.reduce<string[][]>(
    (all, size) => all.flatMap((key) => Array.from({ length: size }, (_, value) => [...key, `v${value}`])),
    [[]],
  );
  return fc
    .array(fc.option(people, { freq: 7 }), { minLength: keys.length, maxLength: keys.length })
    .map((counts) => keys.flatMap((key, n) => (counts[n] == null ? [] : [{ key, people: counts[n] }])));
};
const tables = fc.oneof(
  tableOf(6),
  tableOf(3, 3),
  tableOf(5, 4),
  tableOf(2, 8),
  tableOf(4, 2, 3),
  tableOf(5, 2, 4),
);

describe('hiddenCells', () => {
  it('tells large cells and zero', () => {
    expect(hiddenCells([row('x', 5), row('y', 0), row('z', 100)])).toEqual(['told', 'told', 'told']);
  });

  it('hides one to four, and the smallest other cell with them', () => {
    expect(hiddenCells([row('x', 4), row('y', 30), row('z', 9)])).toEqual(['few', 'told', 'partner']);
    expect(hiddenCells([row('x', 1), row('y', 2), row('z', 9), row('w', 7)])).toEqual([
      'few',
      'few',
      'told',
      'told',
    ]);
  });

  it('hides a third where two small cells can add up in one way only', () => {
    expect(hiddenCells([row('x', 1), row('y', 1), row('z', 9)])).toEqual(['few', 'few', 'partner']);
    expect(hiddenCells([row('x', 4), row('y', 4), row('z', 9)])).toEqual(['few', 'few', 'partner']);
    // Together with five people it could be nothing but one.
    expect(hiddenCells([row('x', 1), row('y', 5), row('z', 30)])).toEqual(['few', 'partner', 'partner']);
  });

  it('protects the lines of a cross table, not only its whole', () => {
    const hidden = hiddenCells([row('x/f', 3), row('x/m', 20), row('y/f', 30), row('y/m', 2)]);
    // Each city and each gender would give one cell away on its own.
    expect(hidden).toEqual(['few', 'partner', 'partner', 'few']);
  });

  it('takes a partner that its own margin does not give away', () => {
    // z has men only: the figure of z alone would tell z/m again, so the larger y/m is hidden instead.
    const hidden = hiddenCells([row('x/m', 3), row('y/m', 9), row('y/f', 9), row('x/f', 8), row('z/m', 6)]);
    expect(hidden[4]).toBe('told');
    expect(hidden[1]).toBe('partner');
  });

  it('does not tell in a finer table what a coarser one hides', () => {
    // By city, x is hidden and y with it; by city and gender, the men and women of y would add up to y, and give x away.
    const rows = [row('x/f', 3), row('y/f', 10), row('y/m', 10), row('z/f', 25), row('z/m', 25)];
    expect(hiddenCells([row('x', 3), row('y', 20), row('z', 50)])).toEqual(['few', 'partner', 'told']);
    const [, ...others] = hiddenCells(rows);
    expect(others.slice(0, 2)).toContain('partner');
  });

  it('sees through a chain of sums: two hidden squares joined by one cell give that cell away', () => {
    const square = ['a/1', 'a/2', 'b/1', 'b/2', 'c/3', 'c/4', 'd/3', 'd/4'];
    const keys = ['a', 'b', 'c', 'd'].flatMap((city) => ['1', '2', '3', '4'].map((age) => `${city}/${age}`));
    const rows = keys.map((key) => row(key, square.includes(key) || key === 'a/3' ? 2 : 40));
    const hidden = hiddenCells(rows);
    expect(hidden.filter((state) => state === 'few')).toHaveLength(9);
    expect(hidden.filter((state) => state === 'partner').length).toBeGreaterThan(0);
  });

  it('hides a zero only when no other partner is left, and nothing where the total is hidden itself', () => {
    expect(hiddenCells([row('x', 4), row('y', 4), row('z', 0)])).toEqual(['few', 'few', 'partner']);
    expect(hiddenCells([row('x', 3), row('y', 0), row('z', 6)])).toEqual(['few', 'told', 'partner']);
    expect(hiddenCells([row('x', 3), row('y', 0)])).toEqual(['few', 'told']);
  });

  it('leaves a single row alone: it is its own total', () => {
    expect(hiddenCells([row('x', 3)])).toEqual(['few']);
    expect(hiddenCells([])).toEqual([]);
  });

  it('hides exactly the cells of one to four as such, and the same ones whatever the order of rows', () => {
    const shuffled = tables.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    holds(
      fc.property(shuffled, ([rows, others]) => {
        const hidden = hiddenCells(rows);
        rows.forEach(({ people: count }, n) => expect(hidden[n] === 'few').toBe(count > 0 && count < 5));
        const states = new Map(rows.map((one, n) => [one, hidden[n]]));
        expect(hiddenCells(others)).toEqual(others.map((one) => states.get(one)));
      }),
    );
  });

  // Some sums tell a cell however much of the table is hidden: five people in five rows are one in each.
  const withAllHidden = (rows: readonly CountedRow[]): Cell[] =>
    rows.map(({ people: count }) => (count > 0 && count < 5 ? '<5' : '*'));

  it('gives nothing away by subtraction, over and over, from every sum that is told', () => {
    holds(
      fc.property(tables, (rows) => {
        const sums = sumsOf(rows);
        const lost = bySubtraction(withAllHidden(rows), sums);
        expect(bySubtraction(shown(rows), sums).filter((n) => !lost.includes(n))).toEqual([]);
      }),
    );
  });

  it('gives nothing away by combining sums in any way, neither a cell nor a hidden sum', () => {
    holds(
      fc.property(tables, (rows) => {
        const sums = sumsOf(rows);
        const lost = byEquations(withAllHidden(rows), sums);
        expect(byEquations(shown(rows), sums).filter((name) => !lost.includes(name))).toEqual([]);
      }),
    );
  });

  it('leaves each small cell of a list at least two values, whatever one tries', () => {
    holds(
      fc.property(tableOf(6), (rows) => {
        const sum = rows.reduce((all, one) => all + one.people, 0);
        const total = sum > 0 && sum < 5 ? '<5' : sum;
        const lost = byTrying(withAllHidden(rows), total);
        byTrying(shown(rows), total).forEach(({ size }, n) => {
          if (rows[n]?.people && lost[n]?.size !== 1)
            expect([rows, n, size === 1 && shown(rows)[n] === '<5']).toEqual([rows, n, false]);
        });
      }),
    );
  });
});
