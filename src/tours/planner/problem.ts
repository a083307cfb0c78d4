/** A half-day of a day: 0 the morning, 1 the afternoon. */
export type Half = 0 | 1;

/** A city to stop in. */
export interface WantedStop {
  /** The caller's own name of it. */
  id: string;
  city: string;
  /** Half-days in the room, 1 to {@link MAX_HALF_DAYS}; two or more begin in the morning, on days that follow each other. */
  halfDays: number;
  /** First day that is allowed, `YYYY-MM-DD`. */
  earliest?: string | undefined;
  /** Last day that is allowed, the stop's own last day included. */
  latest?: string | undefined;
  /** The only team that may go. */
  teamId?: string | undefined;
}

/** Trainers who travel together. */
export interface PlanTeam {
  id: string;
  /** The city where its road begins and ends; null: wherever the first and the last stop are. */
  home: string | null;
  /** Half-days on which somebody of the team is elsewhere. */
  busy: ReadonlyArray<{ date: string; half: Half }>;
}

/** Driving minutes between places, in the order of `cities`; `Infinity` where no road is listed. */
export interface MinuteMatrix {
  cities: readonly string[];
  minutes: ReadonlyArray<readonly number[]>;
}

/** Everything a plan is made of. */
export interface PlanProblem {
  stops: readonly WantedStop[];
  /** Days on which there may be a class, in order, each once. */
  days: readonly string[];
  teams: readonly PlanTeam[];
  roads: MinuteMatrix;
}

/** Where a stop was put. */
export interface Placement {
  id: string;
  teamId: string;
  /** Its first day. */
  localDate: string;
  half: Half;
}

/** Why a stop has no place; the sentence comes from the locale. */
export interface Unplaced {
  id: string;
  code: 'no-road' | 'no-days' | 'teams-busy' | 'too-much' | 'crowded';
  params: Readonly<Record<string, number>>;
  /** Stops that hold the days it could have, for `crowded`. */
  beside: readonly string[];
}

/** What is found: a place for every stop, or the stops that have none. */
export interface PlanOutcome {
  placements: readonly Placement[];
  unplaced: readonly Unplaced[];
  /** Driving minutes of all teams, from home to home. */
  minutes: number;
  /** Nights that teams sleep away from home. */
  nights: number;
  /** No plan of these stops has fewer minutes; equal to `minutes` when the plan is proven to be the best. */
  bound: number;
  /** True when every plan was looked at: none is better, and none has room for what is left out. */
  isExact: boolean;
}

export const MAX_HALF_DAYS = 4;
/** Most stops of one plan, most teams, and most days between its first and its last. */
export const MAX_STOPS = 120;
export const MAX_TEAMS = 24;
export const MAX_SPAN_DAYS = 120;

/** Driving in one day or evening, in minutes; a longer road takes another day. */
export const LONGEST_DRIVE_MINUTES = 360;
/** Driving before a class of the morning; a longer road is driven the evening before. */
export const BEFORE_MORNING_MINUTES = 90;
/** Driving before a class of the afternoon. */
export const BEFORE_AFTERNOON_MINUTES = 300;
/** Driving between a class of the morning and one of the afternoon: ninety minutes less half an hour to set up. */
export const MIDDAY_MINUTES = 60;
