import { rangesOf } from './cell-ranges.js';
import { isFew, type SuppressedTable } from './suppressed-table.js';

/** One way to compute what is hidden: for each success the cells among which hiding one more may spoil it. */
export type Attack = (table: SuppressedTable) => Array<readonly number[]>;

const NOTHING = 1e-9;

/** A sum that is told and all of its cells but one; or a sum that is hidden although all of its cells are told. */
export const bySubtraction: Attack = ({ isHidden, lines }) =>
  lines
    .filter(({ cells, isTold }) => cells.filter((n) => isHidden[n]).length === (isTold ? 1 : 0))
    .map(({ cells }) => cells);

/** Weighing what a "<5" may hold at all against every sum; what is certain even with every cell hidden is beyond help. */
export const byBounds: Attack = ({ people, isHidden, lines }) => {
  const isPinned = (hidden: readonly boolean[]): boolean[] =>
    rangesOf(people, hidden, lines).map(
      ({ least, most }, n) => isHidden[n] === true && isFew(people[n] ?? 0) && least === most,
    );
  const pinned = isPinned(isHidden);
  if (!pinned.includes(true)) return [];
  const isLost = isPinned(people.map(() => true));
  return lines
    .filter(({ cells, isTold }) => isTold && cells.some((n) => pinned[n] && !isLost[n]))
    .map(({ cells }) => cells);
};

/** Adding and subtracting any told sums: what the equations of all lines together leave no choice about. */
export const byEquations: Attack = ({ isHidden, lines }) => {
  const unknowns = isHidden.flatMap((hidden, n) => (hidden ? [n] : []));
  const column = new Map(unknowns.map((n, at) => [n, at]));
  const rowOf = (cells: readonly number[]): Float64Array => {
    const row = new Float64Array(unknowns.length);
    for (const n of cells) {
      const at = column.get(n);
      if (at !== undefined) row[at] = 1;
    }
    return row;
  };
  const told = lines.filter(({ isTold }) => isTold);
  const solved = solve(told.map(({ cells }) => rowOf(cells)));
  const sums = lines.filter(({ isTold }) => !isTold).map(({ cells }) => cells);
  const around = (cells: readonly number[]): number[] => {
    const near = told.filter((line) => line.cells.some((n) => cells.includes(n)));
    return [...new Set([...cells, ...near.flatMap((line) => line.cells)])];
  };
  return [...unknowns.map((n) => [n]), ...sums]
    .filter((cells) => isComputed(rowOf(cells), solved))
    .map(around);
};

/** Equations in reduced form: by column, the equation that begins there and in which no other one begins. */
type Solved = Map<number, Float64Array>;

function solve(equations: Float64Array[]): Solved {
  const solved: Solved = new Map();
  for (const equation of equations) {
    reduce(equation, solved);
    const pivot = equation.findIndex((value) => Math.abs(value) > NOTHING);
    if (pivot < 0) continue;
    const scale = equation[pivot] ?? 1;
    for (let i = 0; i < equation.length; i += 1) equation[i] = (equation[i] ?? 0) / scale;
    for (const other of solved.values()) subtract(other, equation, other[pivot] ?? 0);
    solved.set(pivot, equation);
  }
  return solved;
}

function reduce(row: Float64Array, solved: Solved): void {
  for (const [pivot, equation] of solved) subtract(row, equation, row[pivot] ?? 0);
}

function subtract(row: Float64Array, equation: Float64Array, times: number): void {
  if (Math.abs(times) <= NOTHING) return;
  for (let i = 0; i < row.length; i += 1) row[i] = (row[i] ?? 0) - times * (equation[i] ?? 0);
}

function isComputed(sum: Float64Array, solved: Solved): boolean {
  reduce(sum, solved);
  return sum.every((value) => Math.abs(value) <= NOTHING);
}
