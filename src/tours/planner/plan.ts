import { leastMinutes } from './bound.js';
import { Board } from './board.js';
import { type ExactPlan, exactPlan, isSmall } from './exact.js';
import { MINUTE_WEIGHT } from './gap.js';
import type { Half, Placement, PlanOutcome, PlanProblem } from './problem.js';
import { searchPlan } from './search.js';
import { whyLeft } from './why.js';

/** Tries of the search for each stop, and the most in all: some ten seconds for sixty stops. */
const TRIES_A_STOP = 1200;
const MOST_TRIES = 100_000;
const STARTS = 2;

export interface PlanOptions {
  /** 1 unless given; the same problem and seed give the same plan. */
  seed?: number;
  tries?: number;
  /** Searches even where every plan could be looked at; for comparing the two. */
  isSearched?: boolean;
  /** Called now and then with the share that is done, 0 to 1. */
  progress?: (done: number) => void;
}

/**
 * Finds days and teams for stops with the least driving minutes, then the fewest nights; or says which stop has no
 * place and why. Pure: the same problem gives the same plan.
 */
export function plan(problem: PlanProblem, options: PlanOptions = {}): PlanOutcome {
  const { seed = 1, tries = Math.min(MOST_TRIES, TRIES_A_STOP * problem.stops.length), progress } = options;
  const board = new Board(problem);
  const isExact = !options.isSearched && isSmall(board);
  const found = isExact ? exactPlan(board, progress) : searched(board, seed, tries, progress);
  const minutes = Math.floor(found.cost / MINUTE_WEIGHT);
  const placed = board.stops.map((_, i) => i).filter((i) => !found.left.includes(i));
  return {
    placements: placementsOf(board, found),
    unplaced: found.left.map((stop) => whyLeft(board, found, stop)),
    minutes,
    nights: found.cost % MINUTE_WEIGHT,
    bound: isExact ? minutes : Math.min(minutes, leastMinutes(board, placed)),
    isExact,
  };
}

/** The best of several searches: one alone may end in a corner. */
function searched(
  board: Board,
  seed: number,
  tries: number,
  progress: (done: number) => void = () => undefined,
): ExactPlan {
  const found = Array.from({ length: STARTS }, (_, i) =>
    searchPlan(board, {
      seed: seed + i,
      tries: Math.ceil(tries / STARTS),
      progress: (done) => progress((i + done) / STARTS),
    }),
  );
  return found.reduce((best, one) => {
    const isFuller = one.left.length < best.left.length;
    const isCheaper = one.left.length === best.left.length && one.cost < best.cost;
    return isFuller || isCheaper ? one : best;
  });
}

function placementsOf({ problem, stops }: Board, { routes }: ExactPlan): Placement[] {
  return routes.flatMap((route, team) =>
    route.map(({ stop, start }) => ({
      id: stops[stop]?.id ?? '',
      teamId: problem.teams[team]?.id ?? '',
      localDate: problem.days[start >> 1] ?? '',
      half: (start % 2) as Half,
    })),
  );
}
