import { isFew, type Line, SMALLEST_TOLD } from './suppressed-table.js';

/** What a cell may hold, as far as anybody can tell. */
export interface Range {
  least: number;
  most: number;
}

/** What is known of a number: itself, 1 to 4 of a "<5", nothing of a "*" (which is 0, or at least 5). */
function rangeOf(people: number, isHidden: boolean): Range {
  if (!isHidden) return { least: people, most: people };
  return isFew(people) ? { least: 1, most: SMALLEST_TOLD - 1 } : { least: 0, most: Infinity };
}

/** Weighs each cell against every sum, again and again, until nothing more is learned. */
export function rangesOf(
  people: readonly number[],
  isHidden: readonly boolean[],
  lines: readonly Line[],
): Range[] {
  const ranges = people.map((count, n) => rangeOf(count, isHidden[n] ?? false));
  const linesOf: number[][] = people.map(() => []);
  lines.forEach(({ cells }, l) => cells.forEach((n) => linesOf[n]?.push(l)));
  let open = new Set(lines.keys());
  while (open.size > 0) {
    const next = new Set<number>();
    for (const l of open) {
      const line = lines[l];
      if (!line) continue;
      const sum = rangeOf(line.sum, !line.isTold);
      for (const n of line.cells) {
        if (narrow(n, line.cells, sum, { ranges, people }))
          linesOf[n]?.forEach((touched) => next.add(touched));
      }
    }
    open = next;
  }
  return ranges;
}

/** A cell holds at most what its sum leaves when the others hold their least, and at least what it needs when they hold their most. */
function narrow(
  n: number,
  cells: readonly number[],
  sum: Range,
  { ranges, people }: { ranges: Range[]; people: readonly number[] },
): boolean {
  const range = ranges[n];
  if (!range || range.least === range.most) return false;
  const others = { least: 0, most: 0 };
  for (const m of cells) {
    if (m === n) continue;
    others.least += ranges[m]?.least ?? 0;
    others.most += ranges[m]?.most ?? 0;
  }
  let least = Math.max(range.least, sum.least - others.most);
  let most = Math.min(range.most, sum.most - others.least);
  if (!isFew(people[n] ?? 0)) {
    if (most < SMALLEST_TOLD) most = 0;
    if (least > 0) least = Math.max(least, SMALLEST_TOLD);
  }
  if (least === range.least && most === range.most) return false;
  ranges[n] = { least, most };
  return true;
}
