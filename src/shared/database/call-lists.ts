/**
 * How many calls one gathered read answers. Its lists always have this length, filled up with nulls: PostgreSQL expects
 * ten of a list that it does not see, so what it plans for a list that it sees is no cheaper, and one plan serves for good.
 */
export const GATHERED_CALLS = 10;

/** A row of a gathered read; `slot` says which call it answers, from 1. */
export interface Slotted {
  slot: number;
}

/** What a gathered read is given: for each value of a call the list of that value in all calls. */
export function listsOf(calls: readonly (readonly unknown[])[]): unknown[][] {
  const width = calls[0]?.length ?? 0;
  return Array.from({ length: width }, (_, value) =>
    Array.from({ length: GATHERED_CALLS }, (__, call) => calls[call]?.[value] ?? null),
  );
}

/** The row of each call in turn, undefined for a call that has none. */
export function bySlot<Row extends Slotted>(
  rows: readonly Row[],
  calls: readonly unknown[],
): Array<Row | undefined> {
  const found = new Map(rows.map((row) => [row.slot, row]));
  return calls.map((_, call) => found.get(call + 1));
}
