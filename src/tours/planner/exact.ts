import type { Board, Costs, TeamKind } from './board.js';

/** The stops of one team in their order, with the half-day on which each begins. */
export type Route = ReadonlyArray<{ stop: number; start: number }>;

/** The best there is, proven; stops that no plan has room for are left out. */
export interface ExactPlan {
  cost: number;
  /** By team of the problem. */
  routes: Route[];
  left: number[];
}

/** Most cells of the table, of 8 bytes each, and most steps of the search: some 64 MB and a few seconds. */
const MOST_CELLS = 8_000_000;
const MOST_STEPS = 400_000_000;
const MOST_STOPS = 16;

/** Whether the problem is small enough to look at every plan. */
export function isSmall(board: Board): boolean {
  const [n, slots] = [board.stops.length, board.slots];
  if (n > MOST_STOPS) return false;
  const cells = 2 ** n * n * slots;
  const steps = (cells * n * slots * board.kinds.length) / 8 + 3 ** n * board.problem.teams.length;
  return cells <= MOST_CELLS && steps <= MOST_STEPS;
}

/**
 * Looks at every plan, after Held and Karp: the cheapest road of a kind of team through each set of stops, by the last
 * one and when it begins; then each way to share the stops out among the teams.
 */
export function exactPlan(board: Board, progress: (done: number) => void = () => undefined): ExactPlan {
  const sets = 1 << board.stops.length;
  const roads = board.kinds.map((kind, i) => {
    const road = new KindRoads(board, kind);
    progress((i + 1) / (board.kinds.length + 1));
    return road;
  });
  const kindOf = board.problem.teams.map((_, team) =>
    board.kinds.findIndex(({ teams }) => teams.includes(team)),
  );
  // shared[t][set]: the least cost at which the first t teams go to exactly this set.
  const shared = [new Float64Array(sets).fill(Infinity)];
  if (shared[0]) shared[0][0] = 0;
  for (const kind of kindOf) shared.push(shareOut(shared.at(-1), roads[kind]?.bySet, sets));
  const last = shared.at(-1) ?? new Float64Array(0);
  const set = fullest(last);
  const routes: Route[] = [];
  let rest = set;
  for (let team = kindOf.length; team > 0; team -= 1) {
    const road = roads[kindOf[team - 1] ?? 0];
    const part = road ? partOf(shared[team], shared[team - 1], road.bySet, rest) : 0;
    routes.unshift(road?.routeOf(part) ?? []);
    rest &= ~part;
  }
  const left = board.stops.map((_, i) => i).filter((i) => (set & (1 << i)) === 0);
  return { cost: last[set] ?? 0, routes, left };
}

/** One more team: the cheapest of all ways to give it a part of each set. */
function shareOut(
  before: Float64Array | undefined,
  own: Float64Array | undefined,
  sets: number,
): Float64Array<ArrayBuffer> {
  const after = new Float64Array(sets).fill(Infinity);
  if (!before || !own) return after;
  for (let set = 0; set < sets; set += 1) {
    let best = before[set] ?? Infinity;
    for (let part = set; part > 0; part = (part - 1) & set) {
      const cost = (own[part] ?? Infinity) + (before[set ^ part] ?? Infinity);
      if (cost < best) best = cost;
    }
    after[set] = best;
  }
  return after;
}

/** The part of a set that the last team took in the cheapest plan. */
function partOf(
  after: Float64Array | undefined,
  before: Float64Array | undefined,
  own: Float64Array,
  set: number,
): number {
  const cost = after?.[set] ?? Infinity;
  if ((before?.[set] ?? Infinity) === cost) return 0;
  for (let part = set; part > 0; part = (part - 1) & set)
    if ((own[part] ?? Infinity) + (before?.[set ^ part] ?? Infinity) === cost) return part;
  return 0;
}

/** The set of the most stops that has a plan at all, the cheapest among equals. */
function fullest(costs: Float64Array): number {
  let best = 0;
  let most = 0;
  for (let set = 1; set < costs.length; set += 1) {
    const cost = costs[set] ?? Infinity;
    if (cost === Infinity) continue;
    const count = countOf(set);
    if (count > most || (count === most && cost < (costs[best] ?? Infinity))) [best, most] = [set, count];
  }
  return best;
}

function countOf(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

/** The cheapest roads of one kind of team, through every set of stops. */
class KindRoads {
  /** Cost of the whole road from home to home through a set; `Infinity` when the team cannot do it. */
  readonly bySet: Float64Array;
  private readonly table: Float64Array;
  private readonly costs: Costs;
  private readonly n: number;

  constructor(
    private readonly board: Board,
    private readonly kind: TeamKind,
  ) {
    this.n = board.stops.length;
    this.costs = board.costs(kind.home);
    this.table = new Float64Array((1 << this.n) * this.n * board.slots).fill(Infinity);
    this.bySet = new Float64Array(1 << this.n).fill(Infinity);
    this.bySet[0] = 0;
    this.begin();
    for (let set = 1; set < 1 << this.n; set += 1) this.goOn(set);
  }

  /** The road through a set, found again from its cost. */
  routeOf(set: number): Route {
    const route: Array<{ stop: number; start: number }> = [];
    let here = set === 0 ? undefined : this.lastOf(set);
    for (let rest = set; here;) {
      route.unshift(here);
      const { stop, start } = here;
      const cost = this.table[this.cell(rest, stop, start)] ?? Infinity;
      rest &= ~(1 << stop);
      here = rest === 0 ? undefined : this.before(rest, stop, start, cost);
    }
    return route;
  }

  private cell(set: number, stop: number, start: number): number {
    return (set * this.n + stop) * this.board.slots + start;
  }

  private begin(): void {
    this.kind.starts.forEach((starts, stop) => {
      for (const start of starts) {
        const out = this.costs.out[stop * 2 + (start % 2)] ?? Infinity;
        this.table[this.cell(1 << stop, stop, start)] =
          out + this.board.nightsAt(this.kind.home, stop, start);
      }
    });
  }

  /** Ends the roads through a set at home, and leads each of them on to every stop that is not in it. */
  private goOn(set: number): void {
    const { table, kind, costs, n } = this;
    for (let stop = 0; stop < n; stop += 1) {
      if ((set & (1 << stop)) === 0) continue;
      for (const start of kind.starts[stop] ?? []) {
        const cost = table[this.cell(set, stop, start)] ?? Infinity;
        if (cost === Infinity) continue;
        const whole = cost + (costs.back[stop] ?? Infinity);
        if (whole < (this.bySet[set] ?? Infinity)) this.bySet[set] = whole;
        for (let next = 0; next < n; next += 1)
          if ((set & (1 << next)) === 0) this.leadOn(set, stop, start, next, cost);
      }
    }
  }

  private leadOn(set: number, stop: number, start: number, next: number, cost: number): void {
    const { table, board, kind } = this;
    const end = board.endOf(stop, start);
    const to = set | (1 << next);
    for (const at of kind.starts[next] ?? []) {
      if (at <= end) continue;
      const all = cost + this.step(stop, end, next, at);
      const cell = this.cell(to, next, at);
      if (all < (table[cell] ?? Infinity)) table[cell] = all;
    }
  }

  /** From the end of one stop into another. */
  private step(stop: number, end: number, next: number, at: number): number {
    const { board, costs, n, kind } = this;
    const apart = (board.dayAt(at >> 1) - board.dayAt(end >> 1)) * 2 + (at % 2);
    const way = costs.between[(stop * n + next) * costs.span + apart] ?? Infinity;
    return way + board.nightsAt(kind.home, next, at);
  }

  private lastOf(set: number): { stop: number; start: number } | undefined {
    const whole = this.bySet[set];
    for (let stop = 0; stop < this.n; stop += 1) {
      if ((set & (1 << stop)) === 0) continue;
      for (const start of this.kind.starts[stop] ?? [])
        if (
          (this.table[this.cell(set, stop, start)] ?? Infinity) + (this.costs.back[stop] ?? Infinity) ===
          whole
        )
          return { stop, start };
    }
    return undefined;
  }

  private before(
    set: number,
    next: number,
    at: number,
    cost: number,
  ): { stop: number; start: number } | undefined {
    for (let stop = 0; stop < this.n; stop += 1) {
      if ((set & (1 << stop)) === 0) continue;
      for (const start of this.kind.starts[stop] ?? []) {
        const end = this.board.endOf(stop, start);
        if (end >= at) continue;
        const known = this.table[this.cell(set, stop, start)] ?? Infinity;
        if (known + this.step(stop, end, next, at) === cost) return { stop, start };
      }
    }
    return undefined;
  }
}
