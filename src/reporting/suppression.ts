import { type Line, isFew } from './suppressed-table.js';
import { type Attack, byBounds, byEquations, bySubtraction } from './suppression-attacks.js';

/** A figure, or why it is not told: fewer than five people, or hidden so that such a cell cannot be worked out. */
export type Cell = number | '<5' | '*';

/** One row of figures: where it stands in each dimension, and how many people each of its cells is about. */
export interface CountedRow {
  key: readonly string[];
  people: number;
}

export type CellState = 'told' | 'few' | 'partner';

/** A table with what is told of it; `margins` are the tables of fewer dimensions, the total among them. */
interface Table {
  dimensions: readonly number[];
  cells: CountedRow[];
  states: CellState[];
}

/**
 * Which cells of one indicator may not be told.
 *
 * Counts of 1 to 4 are hidden. Whoever has the table also has those of fewer of its dimensions, and the total: they
 * could subtract. So further cells are hidden, the smallest first, until no hidden cell of this table or of those
 * can be computed from all that is told. The coarser tables are decided first and by themselves, so that a cell is
 * hidden or told there whatever finer table was asked for. Zero says that nobody is there and hides nobody; it is hidden only as
 * the last partner left.
 *
 * @returns per row: told, too few, or hidden to protect another
 */
export function hiddenCells(rows: readonly CountedRow[]): CellState[] {
  const dimensions = rows[0]?.key.length ?? 0;
  const tables: Table[] = [];
  for (const chosen of subsetsOf(dimensions)) {
    const table = tableOf(rows, chosen);
    const lines = tables
      .filter((margin) => margin.dimensions.every((d) => chosen.includes(d)))
      .flatMap((margin) => linesOf(table, margin));
    protect(table, lines);
    tables.push(table);
  }
  const finest = tables.at(-1);
  const at = new Map(finest?.cells.map(({ key }, n) => [nameOf(key), finest.states[n]]));
  return rows.map(({ key }) => at.get(nameOf(key)) ?? 'told');
}

const nameOf = (key: readonly string[]): string => JSON.stringify(key);

/** Every choice of dimensions, smaller ones first; the first is none at all, the last is all. */
function subsetsOf(count: number): number[][] {
  const all = Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, d) => d).filter((d) => (bits >> d) & 1),
  );
  return all.sort((a, b) => a.length - b.length);
}

function tableOf(rows: readonly CountedRow[], dimensions: readonly number[]): Table {
  const cells = new Map<string, CountedRow>();
  for (const { key, people } of rows) {
    const short = dimensions.map((d) => key[d] ?? '');
    const name = nameOf(short);
    cells.set(name, { key: short, people: people + (cells.get(name)?.people ?? 0) });
  }
  // In the order of their keys, not of the rows: of two equal partners it is always the same one.
  const list = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  return { dimensions, cells: list, states: list.map(({ people }) => (isFew(people) ? 'few' : 'told')) };
}

/** The cells of a table that add up to each cell of a coarser one. */
function linesOf(table: Table, margin: Table): Line[] {
  const place = margin.dimensions.map((d) => table.dimensions.indexOf(d));
  const members = new Map<string, number[]>();
  table.cells.forEach(({ key }, n) => {
    const name = nameOf(place.map((d) => key[d] ?? ''));
    const line = members.get(name);
    if (line) line.push(n);
    else members.set(name, [n]);
  });
  return margin.cells.map(({ key, people }, n) => ({
    cells: members.get(nameOf(key)) ?? [],
    sum: people,
    isTold: margin.states[n] === 'told',
  }));
}

/** From the cheapest to the dearest; one is tried when those before it have nothing left. */
const ATTACKS: readonly Attack[] = [bySubtraction, byBounds, byEquations];

/** Hides partners until no attack computes anything, or nothing is left that would spoil it. */
function protect({ cells, states }: Table, lines: readonly Line[]): void {
  if (states.every((state) => state === 'told') && lines.every(({ isTold }) => isTold)) return;
  const people = cells.map((cell) => cell.people);
  // A cell that is a whole line is told again by that line's margin: hiding it would protect nothing.
  const alone = new Set(lines.flatMap((line) => (line.isTold && line.cells.length === 1 ? line.cells : [])));
  const rank = (n: number): number => people[n] || Number.MAX_SAFE_INTEGER;
  const hopeless = new Set<string>();
  const spoil = (suspects: readonly number[]): boolean => {
    const partner = suspects
      .filter((n) => states[n] === 'told' && !alone.has(n))
      .sort((a, b) => rank(a) - rank(b))[0];
    if (partner === undefined) hopeless.add(suspects.join());
    else states[partner] = 'partner';
    return partner !== undefined;
  };
  const isOpen = (suspects: readonly number[]): boolean => !hopeless.has(suspects.join());
  for (let spoiled = true; spoiled;) {
    const isHidden = states.map((state) => state !== 'told');
    spoiled = ATTACKS.some((attack) => attack({ people, isHidden, lines }).filter(isOpen).some(spoil));
  }
}
