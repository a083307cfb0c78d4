import type { Board } from './board.js';
import { MINUTE_WEIGHT } from './gap.js';
import { Roads } from './road.js';
import type { ExactPlan, Route } from './exact.js';

export interface SearchOptions {
  /** The same seed gives the same plan. */
  seed: number;
  /** Tries; none is longer than a millisecond or so. */
  tries: number;
  progress?: (done: number) => void;
}

/** Weight of a stop without a place, in minutes: above any road. */
const LEFT_OUT = 1_000_000;
/** Stops taken out at once: at most so many, and at most this share. */
const MOST_OUT = 12;
const SHARE_OUT = 0.4;
/** How much worse a plan may be at the start and at the end to be gone on with, in minutes. */
const [HOT, COLD] = [60, 0.5];
/** A place is passed over once in so many, so that not every try ends alike. */
const BLINK = 1 / 50;

interface Draft {
  /** By team, the order of its stops. */
  orders: number[][];
  minutes: number[];
  left: number[];
}

/**
 * Looks for a good plan where there are too many to look at all: takes some neighbouring stops out and puts them back
 * where they cost least, over and over, going on from a slightly worse plan at first and from none at the end.
 */
export function searchPlan(board: Board, { seed, tries, progress }: SearchOptions): ExactPlan {
  const search = new Search(board, randomFrom(seed));
  let here = search.empty();
  search.putBack(here, here.left.splice(0));
  let best = here;
  let bestCost = search.fullCost(best);
  for (let i = 0; i < tries; i += 1) {
    const next = search.ruin(here);
    search.putBack(next, next.left.splice(0));
    const heat = HOT * (COLD / HOT) ** (i / tries);
    if (worth(next) > worth(here) - heat * Math.log(search.random())) continue;
    here = next;
    if (worth(next) > worth(best)) continue;
    const cost = search.fullCost(next);
    if (cost < bestCost) [best, bestCost] = [next, cost];
    if (i % 64 === 0) progress?.(i / tries);
  }
  return search.finished(best);
}

const worth = ({ minutes, left }: Draft): number =>
  minutes.reduce((sum, one) => sum + one, 0) + left.length * LEFT_OUT;

class Search {
  private readonly roads: readonly Roads[];
  private readonly kindOf: readonly number[];
  private readonly near: readonly number[][];

  constructor(
    private readonly board: Board,
    readonly random: () => number,
  ) {
    this.roads = board.kinds.map((kind) => new Roads(board, kind));
    this.kindOf = board.problem.teams.map((_, team) =>
      board.kinds.findIndex(({ teams }) => teams.includes(team)),
    );
    this.near = board.stops.map(({ city }) =>
      board.stops
        .map((other, i) => ({ i, minutes: board.minutes(city, other.city) }))
        .sort((a, b) => a.minutes - b.minutes)
        .map(({ i }) => i),
    );
  }

  empty(): Draft {
    const teams = this.board.problem.teams;
    return { orders: teams.map(() => []), minutes: teams.map(() => 0), left: [...this.near.keys()] };
  }

  /** A copy without some stops near each other, which are left. */
  ruin({ orders, minutes, left }: Draft): Draft {
    const n = this.board.stops.length;
    const most = Math.max(1, Math.min(MOST_OUT, Math.ceil(n * SHARE_OUT)));
    const count = 1 + Math.floor(this.random() * most);
    const centre = Math.floor(this.random() * n);
    const out = new Set<number>(left);
    for (const stop of this.near[centre] ?? []) {
      if (out.size >= count + left.length) break;
      if (this.random() < 0.85) out.add(stop);
    }
    const next: Draft = { orders: [], minutes: [], left: [...out] };
    orders.forEach((order, team) => {
      const kept = order.filter((stop) => !out.has(stop));
      next.orders.push(kept);
      next.minutes.push(
        kept.length === order.length ? (minutes[team] ?? 0) : this.roadOf(team).minutes(kept),
      );
    });
    // Without a stop, a listed road may be missing or longer: what cannot be driven any more is taken apart.
    next.minutes.forEach((one, team) => {
      if (one < Infinity) return;
      next.left.push(...(next.orders[team] ?? []).splice(0));
      next.minutes[team] = 0;
    });
    return next;
  }

  /** Puts stops where they add the fewest minutes; those without a place stay left. */
  putBack(draft: Draft, stops: number[]): void {
    const order = this.random() < 0.5 ? shuffled(stops, this.random) : this.fewestFirst(stops);
    for (const stop of order) {
      const place = this.cheapest(draft, stop);
      if (!place) {
        draft.left.push(stop);
        continue;
      }
      draft.orders[place.team]?.splice(place.at, 0, stop);
      draft.minutes[place.team] = place.minutes;
    }
  }

  private cheapest(draft: Draft, stop: number): { team: number; at: number; minutes: number } | undefined {
    let best: { team: number; at: number; minutes: number } | undefined;
    let least = Infinity;
    const emptyKinds = new Set<number>();
    for (const [team, order] of draft.orders.entries()) {
      const kind = this.kindOf[team] ?? 0;
      if (!this.board.kinds[kind]?.starts[stop]?.length) continue;
      // Of teams that are alike and have nothing to do, one is enough to look at.
      if (order.length === 0 && emptyKinds.has(kind)) continue;
      if (order.length === 0) emptyKinds.add(kind);
      const road = this.roadOf(team);
      for (let at = 0; at <= order.length; at += 1) {
        const added = road.added(order, at, stop);
        if (added >= least || this.random() < BLINK) continue;
        const minutes = road.minutes(order.toSpliced(at, 0, stop));
        if (minutes < Infinity) [best, least] = [{ team, at, minutes }, added];
      }
    }
    return best;
  }

  /** Those with the fewest half-days to begin on come first: they are the hardest to place. */
  private fewestFirst(stops: readonly number[]): number[] {
    const choices = (stop: number): number =>
      this.board.kinds.reduce((sum, { starts }) => sum + (starts[stop]?.length ?? 0), 0);
    return shuffled(stops, this.random).sort((a, b) => choices(a) - choices(b));
  }

  /** Minutes and nights of a whole draft on its best days, and what is left out. */
  fullCost({ orders, left }: Draft): number {
    const roads = orders.map((order, team) => this.roadOf(team).cost(order));
    return roads.reduce((sum, cost) => sum + cost, 0) + left.length * LEFT_OUT * MINUTE_WEIGHT;
  }

  finished({ orders, left }: Draft): ExactPlan {
    const plans = orders.map((order, team) => ({ order, ...this.roadOf(team).schedule(order) }));
    const routes: Route[] = plans.map(({ order, starts }) =>
      order.map((stop, i) => ({ stop, start: starts[i] ?? 0 })),
    );
    return {
      cost: plans.reduce((sum, { cost }) => sum + cost, 0),
      routes,
      left: [...left].sort((a, b) => a - b),
    };
  }

  private roadOf(team: number): Roads {
    const road = this.roads[this.kindOf[team] ?? 0];
    if (!road) throw new RangeError(`No team ${team}`);
    return road;
  }
}

function shuffled(list: readonly number[], random: () => number): number[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Numbers in (0, 1) from a seed: a register of 32 bits, shifted and folded onto itself, of period 2³² − 1. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_769) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}
