import { Board } from './board.js';
import type { Placement, PlanProblem } from './problem.js';

/** What is wrong with a plan that somebody made or changed by hand. */
export interface PlanFault {
  id: string;
  code: 'not-a-start' | 'road-too-long' | 'overlap';
  /** The stop before it, unless it cannot be there at all. */
  after?: string;
  /** Driving minutes from there. */
  minutes?: number;
}

/** One way of a team. */
export interface Leg {
  /** Stops; null: home. */
  from: string | null;
  to: string | null;
  minutes: number;
  /** Goes home and sleeps there between the two. */
  viaHome: boolean;
}

/** The road of one team with its figures. */
export interface TeamRoad {
  teamId: string;
  /** In the order of time. */
  placements: Placement[];
  legs: Leg[];
  minutes: number;
  nights: number;
}

export interface CheckedPlan {
  roads: TeamRoad[];
  minutes: number;
  nights: number;
  faults: PlanFault[];
}

/** The roads, minutes and nights of a plan as it stands, and every place where it cannot be kept. */
export function checkPlan(problem: PlanProblem, placements: readonly Placement[]): CheckedPlan {
  const board = new Board(problem);
  const index = new Map(problem.stops.map(({ id }, i) => [id, i]));
  const faults: PlanFault[] = [];
  const roads = problem.teams.map((team, teamIndex) => {
    const starts = board.kinds.find(({ teams }) => teams.includes(teamIndex))?.starts ?? [];
    const placed = placements
      .filter(({ teamId }) => teamId === team.id)
      .map((placement) => ({
        placement,
        stop: index.get(placement.id) ?? -1,
        start: problem.days.indexOf(placement.localDate) * 2 + placement.half,
      }));
    const isStart = ({ stop, start }: Placed): boolean => starts[stop]?.includes(start) ?? false;
    const bad = placed.filter((one) => !isStart(one));
    faults.push(...bad.map(({ placement: { id } }) => ({ id, code: 'not-a-start' as const })));
    return roadOf(
      board,
      team,
      placed.filter(isStart).sort((a, b) => a.start - b.start),
      faults,
    );
  });
  return {
    roads,
    minutes: roads.reduce((sum, { minutes }) => sum + minutes, 0),
    nights: roads.reduce((sum, { nights }) => sum + nights, 0),
    faults,
  };
}

interface Placed {
  placement: Placement;
  stop: number;
  start: number;
}

/** The road of one team through stops that can each be where they are; what lies too far apart goes to `faults`. */
function roadOf(
  board: Board,
  { id: teamId, home }: PlanProblem['teams'][number],
  own: readonly Placed[],
  faults: PlanFault[],
): TeamRoad {
  const placements = own.map(({ placement }) => placement);
  const road: TeamRoad = { teamId, placements, legs: [], minutes: 0, nights: 0 };
  own.forEach(({ stop, start, placement: { id } }, i) => {
    const before = own[i - 1];
    road.nights += board.nightsAt(home, stop, start);
    if (!before) return add(road, null, id, board.wayOut(home, stop, start));
    const end = board.endOf(before.stop, before.start);
    const way = end < start ? board.way(home, before.stop, end, stop, start) : undefined;
    const after = before.placement.id;
    if (way) return add(road, after, id, way);
    const minutes = board.minutes(board.wanted(before.stop).city, board.wanted(stop).city);
    const known = Number.isFinite(minutes) ? { minutes } : {};
    faults.push({ id, code: end < start ? 'road-too-long' : 'overlap', after, ...known });
  });
  const last = own.at(-1);
  if (last && home !== null) add(road, last.placement.id, null, board.wayBack(home, last.stop));
  return road;
}

function add(
  road: TeamRoad,
  from: string | null,
  to: string | null,
  { minutes, nights, viaHome }: { minutes: number; nights: number; viaHome: boolean },
): void {
  road.legs.push({ from, to, minutes, viaHome });
  road.minutes += minutes;
  road.nights += nights;
}
