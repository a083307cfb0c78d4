/** A figure, or why it is not told: fewer than five people, or hidden so that such a cell cannot be worked out. */
export type Cell = number | '<5' | '*';

/** Cells of one indicator that hold fewer people than this are not told. */
export const SMALLEST_TOLD = 5;

/** One row of figures: where it stands in each dimension, and how many people each of its cells is about. */
export interface CountedRow {
  key: readonly string[];
  people: number;
}

/**
 * Which cells of one indicator may not be told.
 *
 * Counts of 1 to 4 are hidden. Whoever also knows the margins (the same figures by fewer dimensions) could subtract, so
 * wherever a line of the table has exactly one hidden cell, its smallest told cell is hidden as well, until no line
 * gives anything away. Zero says that nobody is there and hides nobody; it is hidden only as the last partner left.
 *
 * @returns per row: told, too few, or hidden to protect another
 */
export function hiddenCells(rows: readonly CountedRow[]): Array<'told' | 'few' | 'partner'> {
  const state = rows.map(({ people }): 'told' | 'few' | 'partner' =>
    people > 0 && people < SMALLEST_TOLD ? 'few' : 'told',
  );
  const lines = linesOf(rows);
  // A cell that is a whole line is told again by that line's margin: hiding it would protect nothing.
  const alone = new Set(lines.filter((line) => line.length === 1).map(([n]) => n));
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines) {
      const hidden = line.filter((n) => state[n] !== 'told');
      if (hidden.length !== 1) continue;
      const partner = smallestTold(line, state, rows, alone);
      if (partner === undefined) continue;
      state[partner] = 'partner';
      changed = true;
    }
  }
  return state;
}

/** Every line that has a margin: the rows that agree in some dimensions, whatever the others; all rows together too. */
function linesOf(rows: readonly CountedRow[]): number[][] {
  const dimensions = rows[0]?.key.length ?? 0;
  const lines: number[][] = [];
  for (let fixed = 0; fixed < 2 ** dimensions - 1; fixed++) {
    const groups = new Map<string, number[]>();
    rows.forEach(({ key }, n) => {
      const name = JSON.stringify(key.filter((_, d) => (fixed >> d) & 1));
      groups.set(name, [...(groups.get(name) ?? []), n]);
    });
    lines.push(...groups.values());
  }
  return lines;
}

function smallestTold(
  line: readonly number[],
  state: readonly string[],
  rows: readonly CountedRow[],
  alone: ReadonlySet<number | undefined>,
): number | undefined {
  const rank = (n: number): number => rows[n]?.people || Number.MAX_SAFE_INTEGER;
  const byRank = (a: number, b: number): number =>
    Number(alone.has(a)) - Number(alone.has(b)) || rank(a) - rank(b);
  return line.filter((n) => state[n] === 'told').sort(byRank)[0];
}
