/** A stretch of a video in whole milliseconds, half-open: `from` belongs to it, `to` does not. */
export type Stretch = readonly [from: number, to: number];

/** Stretches in order, apart from each other, none empty: the one way to write a set of milliseconds. */
export type Watched = readonly Stretch[];

/** The set of all milliseconds in any of the stretches, whatever their order and overlaps; empty ones vanish. */
export function union(...sets: readonly (readonly Stretch[])[]): Watched {
  const sorted = sets
    .flat()
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What of the stretches lies within a video of that length. */
export function clip(stretches: readonly Stretch[], durationMs: number): Watched {
  return union(stretches.map(([from, to]): Stretch => [Math.max(0, from), Math.min(durationMs, to)]));
}

/** Milliseconds in the set. */
export function lengthOf(watched: Watched): number {
  return watched.reduce((sum, [from, to]) => sum + (to - from), 0);
}

/** The first so many milliseconds of the set. */
export function head(watched: Watched, ms: number): Watched {
  const kept: Stretch[] = [];
  let left = ms;
  for (const [from, to] of watched) {
    if (left <= 0) break;
    kept.push([from, Math.min(to, from + left)]);
    left -= to - from;
  }
  return kept;
}

/** As PostgreSQL writes an `int4multirange`. */
export function toMultirange(watched: Watched): string {
  return `{${watched.map(([from, to]) => `[${from},${to})`).join(',')}}`;
}

/** Reads what PostgreSQL wrote. */
export function fromMultirange(text: string): Watched {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]): Stretch => [Number(from), Number(to)]);
}
