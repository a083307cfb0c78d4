/** Cells of one indicator that hold fewer people than this are not told. */
export const SMALLEST_TOLD = 5;

/** Somebody is there, and so few that they could be recognised. */
export function isFew(people: number): boolean {
  return people > 0 && people < SMALLEST_TOLD;
}

/** Cells that add up to one cell of a coarser table. */
export interface Line {
  cells: readonly number[];
  /** People of the coarser cell, which is told or not. */
  sum: number;
  isTold: boolean;
}

/** A table as its reader has it: how many people each cell holds, which are hidden, and what they add up to. */
export interface SuppressedTable {
  people: readonly number[];
  isHidden: readonly boolean[];
  lines: readonly Line[];
}
