import { createHash } from 'node:crypto';

/** A share of the whole: the value and its weight. */
export type Weighted<T> = readonly (readonly [T, number])[];

/** A small generator with a seed (mulberry32): the demo is the same in every place and year. Never for secrets. */
export class SeededRandom {
  private state: number;

  constructor(seed: string) {
    this.state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** From 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T {
    const value = from[this.between(0, from.length - 1)];
    if (value === undefined) throw new RangeError('Nothing to pick from');
    return value;
  }

  weighted<T>(shares: Weighted<T>): T {
    let left = this.next() * shares.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of shares) {
      left -= weight;
      if (left < 0) return value;
    }
    return this.pick(shares)[0];
  }
}
