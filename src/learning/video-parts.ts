import type { Stretch } from './watched.js';

/** As many as one can tell apart in a small picture. */
const MOST_PARTS = 20;
/** Shorter parts would only show where the player's own steps fall. */
const SHORTEST_MS = 3000;

/** A video of that many milliseconds in parts of one length, in order and without gaps; at most twenty. */
export function partsOf(durationMs: number): Stretch[] {
  const count = Math.min(MOST_PARTS, Math.max(1, Math.floor(durationMs / SHORTEST_MS)));
  const edge = (n: number): number => Math.round((durationMs * n) / count);
  return Array.from({ length: count }, (_, n): Stretch => [edge(n), edge(n + 1)]);
}

/** The part with the most of something, the first of several; undefined while there is none of it. */
export function mostOf<P>(parts: readonly P[], amount: (part: P) => number): P | undefined {
  let most: P | undefined;
  for (const part of parts) if (amount(part) > (most === undefined ? 0 : amount(most))) most = part;
  return most;
}
