import type { Board, Costs, TeamKind } from './board.js';
import { MINUTE_WEIGHT } from './gap.js';

/** Roads whose cost is remembered. */
const MOST_KNOWN = 50_000;

/** The costs of one kind of team with the stops it may serve, for roads whose order is given. */
export class Roads {
  private readonly costs: Costs;
  private readonly n: number;
  /** By stop and half-day: the first half-day from there on at which the stop may begin; -1: none. */
  private readonly nextStart: Int16Array;
  private readonly slots: number;
  private readonly lengths: readonly number[];
  private readonly days: Int32Array;
  private readonly steps: Float64Array;
  private readonly known = new Map<string, number>();

  constructor(
    private readonly board: Board,
    private readonly kind: TeamKind,
  ) {
    this.costs = board.costs(kind.home);
    this.n = board.stops.length;
    this.slots = board.slots;
    this.lengths = board.stops.map(({ halfDays }) => halfDays);
    this.days = Int32Array.from({ length: this.slots }, (_, slot) => board.dayAt(slot >> 1));
    const { between, span } = this.costs;
    this.steps = Float64Array.from({ length: this.n * this.n }, (_, pair) =>
      Math.floor((between[(pair + 1) * span - 1] ?? Infinity) / MINUTE_WEIGHT),
    );
    this.nextStart = new Int16Array(this.n * (this.slots + 1)).fill(-1);
    kind.starts.forEach((starts, stop) => {
      const open = new Set(starts);
      let next = -1;
      for (let slot = this.slots - 1; slot >= 0; slot -= 1) {
        if (open.has(slot)) next = slot;
        this.nextStart[stop * (this.slots + 1) + slot] = next;
      }
    });
  }

  /** Minutes of a road in this order when nobody goes home between; `Infinity` when it cannot be driven in time. */
  minutes(order: readonly number[]): number {
    const first = order[0];
    if (first === undefined) return 0;
    let at = this.next(first, 0);
    let minutes = at < 0 ? Infinity : this.outMinutes(first);
    for (let i = 1; i < order.length && minutes < Infinity; i += 1) {
      const [from, to] = [order[i - 1] ?? 0, order[i] ?? 0];
      const start = this.soonest(from, at + (this.lengths[from] ?? 1) - 1, to);
      if (start < 0) return Infinity;
      minutes += this.stepMinutes(from, to);
      at = start;
    }
    return minutes + this.backMinutes(order.at(-1) ?? 0);
  }

  /** Minutes that one more stop adds to a road at a place in its order, if it can be driven in time. */
  added(order: readonly number[], at: number, stop: number): number {
    const [before, after] = [order[at - 1], order[at]];
    const to = before === undefined ? this.outMinutes(stop) : this.stepMinutes(before, stop);
    const on = after === undefined ? this.backMinutes(stop) : this.stepMinutes(stop, after);
    if (before === undefined && after === undefined) return to + on;
    if (before === undefined) return to + on - this.outMinutes(after ?? 0);
    return to + on - (after === undefined ? this.backMinutes(before) : this.stepMinutes(before, after));
  }

  /** Cost of a road on its best days; roads that were asked for before are remembered. */
  cost(order: readonly number[]): number {
    const key = order.join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const { cost } = this.schedule(order);
    this.known.set(key, cost);
    return cost;
  }

  /** The best days for a road in this order: its cost, and when each stop begins. */
  schedule(order: readonly number[]): { cost: number; starts: number[] } {
    const { slots } = this;
    const best = order.map(() => new Float64Array(slots).fill(Infinity));
    const from = order.map(() => new Int16Array(slots).fill(-1));
    order.forEach((stop, i) => {
      for (const at of this.kind.starts[stop] ?? []) {
        const stay = this.board.nightsAt(this.kind.home, stop, at);
        if (i === 0) {
          put(best[0], at, (this.costs.out[stop * 2 + (at % 2)] ?? Infinity) + stay);
          continue;
        }
        const before = order[i - 1] ?? 0;
        for (const start of this.kind.starts[before] ?? []) {
          const end = start + (this.lengths[before] ?? 1) - 1;
          if (end >= at) break;
          const cost = (best[i - 1]?.[start] ?? Infinity) + this.step(before, end, stop, at) + stay;
          if (cost < (best[i]?.[at] ?? Infinity)) {
            put(best[i], at, cost);
            put(from[i], at, start);
          }
        }
      }
    });
    return this.readBack(order, best, from);
  }

  private readBack(
    order: readonly number[],
    best: readonly Float64Array[],
    from: readonly Int16Array[],
  ): { cost: number; starts: number[] } {
    const last = best.at(-1);
    if (!last) return { cost: 0, starts: [] };
    let at = 0;
    last.forEach((cost, slot) => {
      if (cost < (last[at] ?? Infinity)) at = slot;
    });
    const cost = (last[at] ?? Infinity) + (this.costs.back[order.at(-1) ?? 0] ?? Infinity);
    const starts: number[] = [];
    for (let i = order.length - 1; i >= 0; i -= 1) {
      starts.unshift(at);
      at = from[i]?.[at] ?? -1;
    }
    return { cost, starts };
  }

  private next(stop: number, slot: number): number {
    return slot >= this.slots ? -1 : (this.nextStart[stop * (this.slots + 1) + slot] ?? -1);
  }

  /** When a stop can begin at the earliest after another has ended; later is always possible too. */
  private soonest(from: number, end: number, to: number): number {
    let at = this.next(to, end + 1);
    while (at >= 0 && this.step(from, end, to, at) === Infinity) at = this.next(to, at + 1);
    return at;
  }

  private outMinutes(to: number): number {
    return Math.floor((this.costs.out[to * 2] ?? Infinity) / MINUTE_WEIGHT);
  }

  private backMinutes(from: number): number {
    return Math.floor((this.costs.back[from] ?? Infinity) / MINUTE_WEIGHT);
  }

  /** As if there were time enough: in the longest time between the two fits whatever fits at all. */
  private stepMinutes(from: number, to: number): number {
    return this.steps[from * this.n + to] ?? Infinity;
  }

  private step(from: number, end: number, to: number, at: number): number {
    const apart = ((this.days[at] ?? 0) - (this.days[end] ?? 0)) * 2 + (at % 2);
    return this.costs.between[(from * this.n + to) * this.costs.span + apart] ?? Infinity;
  }
}

function put(list: Float64Array | Int16Array | undefined, at: number, value: number): void {
  if (list) list[at] = value;
}
