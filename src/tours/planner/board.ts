import { dayNumber } from '../../shared/clock/local-date.js';
import { costOf, type Gap, nightsBack, nightsOut, type Way, wayBetween } from './gap.js';
import type { Half, PlanProblem, PlanTeam, WantedStop } from './problem.js';

/** Teams that are alike to the planner: the same home, free at the same hours, allowed to go to the same stops. */
export interface TeamKind {
  home: string | null;
  /** Indexes of its teams in the problem. */
  teams: number[];
  /** By stop, the half-days on which it may begin, in order; a half-day is twice the day's index and the half. */
  starts: ReadonlyArray<readonly number[]>;
}

/**
 * A problem made ready to be searched: days are numbers, minutes are looked up by index, and teams that are alike are
 * one kind. All costs are those of `costOf`, `Infinity` where there is no way.
 */
export class Board {
  readonly stops: readonly WantedStop[];
  readonly kinds: readonly TeamKind[];
  /** Number of the calendar day of each working day. */
  readonly dayNumbers: readonly number[];
  private readonly cityIndex: ReadonlyMap<string, number>;
  private readonly ways = new Map<string, Way | null>();

  constructor(readonly problem: PlanProblem) {
    this.stops = problem.stops;
    this.dayNumbers = problem.days.map(dayNumber);
    this.cityIndex = new Map(problem.roads.cities.map((city, i) => [city, i]));
    this.kinds = kindsOf(problem, this);
  }

  /** Half-days in all. */
  get slots(): number {
    return this.problem.days.length * 2;
  }

  minutes(from: string, to: string): number {
    if (from === to) return 0;
    const [a, b] = [this.cityIndex.get(from), this.cityIndex.get(to)];
    if (a === undefined || b === undefined) return Infinity;
    return this.problem.roads.minutes[a]?.[b] ?? Infinity;
  }

  /** The last half-day of a stop that begins at a half-day. */
  endOf(stop: number, start: number): number {
    return start + this.wanted(stop).halfDays - 1;
  }

  wanted(stop: number): WantedStop {
    const wanted = this.stops[stop];
    if (!wanted) throw new RangeError(`No stop ${stop}`);
    return wanted;
  }

  /** The first half-days at which a stop fits into the working days and its own dates, whoever goes. */
  startsOf(stop: WantedStop): number[] {
    const starts: number[] = [];
    for (let start = 0; start + stop.halfDays <= this.slots; start += 1) {
      if (start % 2 === 1 && stop.halfDays > 1) continue;
      const [first, last] = [start >> 1, (start + stop.halfDays - 1) >> 1];
      const isUnbroken = this.dayAt(last) - this.dayAt(first) === last - first;
      const isAfter = !stop.earliest || (this.problem.days[first] ?? '') >= stop.earliest;
      const isBefore = !stop.latest || (this.problem.days[last] ?? '') <= stop.latest;
      if (isUnbroken && isAfter && isBefore) starts.push(start);
    }
    return starts;
  }

  /** From the end of one stop to the start of another. */
  way(home: string | null, from: number, end: number, to: number, start: number): Way | undefined {
    const days = this.dayAt(start >> 1) - this.dayAt(end >> 1);
    const half = (start % 2) as Half;
    const key = `${home}|${from}|${to}|${days * 2 + half}`;
    const known = this.ways.get(key);
    if (known !== undefined) return known ?? undefined;
    const way = wayBetween({ ...this.places(home, from, to), days, half });
    this.ways.set(key, way ?? null);
    return way;
  }

  /** From home to the first class, which may begin on the plan's first day: the road is driven before it if need be. */
  wayOut(home: string | null, to: number, start: number): Way {
    const minutes = home === null ? 0 : this.minutes(home, this.wanted(to).city);
    return { minutes, nights: nightsOut(minutes, (start % 2) as Half), viaHome: false };
  }

  wayBack(home: string | null, from: number): Way {
    const minutes = home === null ? 0 : this.minutes(this.wanted(from).city, home);
    return { minutes, nights: nightsBack(minutes), viaHome: false };
  }

  /** Nights that a stop of several days is away by itself. */
  nightsAt(home: string | null, stop: number, start: number): number {
    if (this.wanted(stop).city === home) return 0;
    return this.dayAt(this.endOf(stop, start) >> 1) - this.dayAt(start >> 1);
  }

  /** Tables of costs for the search: by stop and stop, `days * 2 + half` apart; out by stop and half; back by stop. */
  costs(home: string | null): Costs {
    const n = this.stops.length;
    const span = ((this.dayNumbers.at(-1) ?? 0) - (this.dayNumbers[0] ?? 0) + 1) * 2;
    const between = new Float64Array(n * n * span).fill(Infinity);
    const out = new Float64Array(n * 2);
    const back = new Float64Array(n);
    for (let from = 0; from < n; from += 1) {
      back[from] = costOf(this.wayBack(home, from));
      for (const half of [0, 1]) out[from * 2 + half] = costOf(this.wayOut(home, from, half));
      for (let to = 0; to < n; to += 1) {
        if (to !== from) this.fill(between, (from * n + to) * span, span, { home, from, to });
      }
    }
    return { span, between, out, back };
  }

  private fill(
    table: Float64Array,
    at: number,
    span: number,
    { home, from, to }: { home: string | null; from: number; to: number },
  ): void {
    const places = this.places(home, from, to);
    for (let i = 0; i < span; i += 1) {
      const way = wayBetween({ ...places, days: i >> 1, half: (i % 2) as Half });
      if (way) table[at + i] = costOf(way);
    }
  }

  private places(home: string | null, from: number, to: number): Omit<Gap, 'days' | 'half'> {
    const [a, b] = [this.wanted(from).city, this.wanted(to).city];
    return {
      direct: this.minutes(a, b),
      toHome: home === null ? null : this.minutes(a, home),
      fromHome: home === null ? null : this.minutes(home, b),
      isFromHome: a === home,
      isToHome: b === home,
    };
  }

  dayAt(index: number): number {
    return this.dayNumbers[index] ?? Infinity;
  }
}

export interface Costs {
  span: number;
  between: Float64Array;
  out: Float64Array;
  back: Float64Array;
}

function kindsOf(problem: PlanProblem, board: Board): TeamKind[] {
  const fits = problem.stops.map((stop) => board.startsOf(stop));
  const kinds = new Map<string, TeamKind>();
  problem.teams.forEach((team, index) => {
    const starts = problem.stops.map((stop, i) => startsFor(team, stop, fits[i] ?? [], board));
    const key = JSON.stringify([team.home, starts]);
    const kind = kinds.get(key) ?? { home: team.home, teams: [], starts };
    kind.teams.push(index);
    kinds.set(key, kind);
  });
  return [...kinds.values()];
}

/** The half-days of those that fit on which the team is free all along and can get there at all. */
function startsFor(team: PlanTeam, stop: WantedStop, fits: readonly number[], board: Board): number[] {
  if (stop.teamId !== undefined && stop.teamId !== team.id) return [];
  if (team.home !== null && !Number.isFinite(board.minutes(team.home, stop.city))) return [];
  const busy = new Set(team.busy.map(({ date, half }) => board.problem.days.indexOf(date) * 2 + half));
  return fits.filter((start) =>
    Array.from({ length: stop.halfDays }, (_, i) => start + i).every((slot) => !busy.has(slot)),
  );
}
