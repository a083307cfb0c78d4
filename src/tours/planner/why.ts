import type { Board } from './board.js';
import type { ExactPlan } from './exact.js';
import type { Unplaced } from './problem.js';

/** Why a stop was left out, as far as one reason says it. */
export function whyLeft(board: Board, { routes }: ExactPlan, stop: number): Unplaced {
  const wanted = board.wanted(stop);
  const reason = (
    code: Unplaced['code'],
    params: Unplaced['params'] = {},
    beside: string[] = [],
  ): Unplaced => ({
    id: wanted.id,
    code,
    params,
    beside,
  });
  const fits = board.startsOf(wanted);
  if (fits.length === 0) return reason('no-days', { halfDays: wanted.halfDays });
  if (!hasRoad(board, stop)) return reason('no-road');
  if (board.kinds.every(({ starts }) => (starts[stop] ?? []).length === 0))
    return reason('teams-busy', { days: fits.length });
  const needed = board.stops.reduce((sum, { halfDays }) => sum + halfDays, 0);
  const available = freeHalfDays(board);
  if (needed > available) return reason('too-much', { needed, available });
  const [first = 0, last = 0] = [fits[0], board.endOf(stop, fits.at(-1) ?? 0)];
  const beside = routes
    .flat()
    .filter((one) => one.start <= last && board.endOf(one.stop, one.start) >= first)
    .map((one) => board.wanted(one.stop).id);
  return reason('crowded', { days: (last >> 1) - (first >> 1) + 1 }, beside);
}

function hasRoad(board: Board, stop: number): boolean {
  const { city, teamId } = board.wanted(stop);
  return board.problem.teams.some(
    ({ id, home }) =>
      (teamId === undefined || teamId === id) &&
      (home === null || Number.isFinite(board.minutes(home, city))),
  );
}

/** Half-days on which a team is free, of all teams. */
function freeHalfDays({ problem, slots }: Board): number {
  const days = new Set(problem.days);
  const taken = problem.teams.map(
    ({ busy }) =>
      new Set(busy.filter(({ date }) => days.has(date)).map(({ date, half }) => `${date}${half}`)).size,
  );
  return taken.reduce((sum, count) => sum + slots - count, 0);
}
