import { Board } from './board.js';
import type { Placement, PlanProblem } from './problem.js';

/** What is wrong with a plan that somebody made or changed by hand. */
export interface PlanFault {
  id: string;
  code: 'not-a-start' | 'road-too-long';
  /** The stop before it, for `road-too-long`. */
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
    const kind = board.kinds.find(({ teams }) => teams.includes(teamIndex));
    const own = placements
      .filter(({ teamId }) => teamId === team.id)
      .map((placement) => ({
        placement,
        stop: index.get(placement.id) ?? -1,
        start: problem.days.indexOf(placement.localDate) * 2 + placement.half,
      }))
      .sort((a, b) => a.placement.localDate.localeCompare(b.placement.localDate) || a.start - b.start);
    const road: TeamRoad = {
      teamId: team.id,
      placements: own.map((one) => one.placement),
      legs: [],
      minutes: 0,
      nights: 0,
    };
    own.forEach(({ stop, start, placement: { id } }, i) => {
      if (!kind?.starts[stop]?.includes(start)) {
        faults.push({ id, code: 'not-a-start' });
        return;
      }
      const before = own[i - 1];
      road.nights += board.nightsAt(team.home, stop, start);
      if (!before) return add(road, null, id, board.wayOut(team.home, stop, start));
      const end = board.endOf(before.stop, before.start);
      const way =
        before.start < 0 || end >= start ? undefined : board.way(team.home, before.stop, end, stop, start);
      if (way) return add(road, before.placement.id, id, way);
      const minutes = board.minutes(board.wanted(before.stop).city, board.wanted(stop).city);
      faults.push({
        id,
        code: 'road-too-long',
        after: before.placement.id,
        ...(Number.isFinite(minutes) ? { minutes } : {}),
      });
    });
    const last = own.at(-1);
    if (last && team.home !== null) add(road, last.placement.id, null, board.wayBack(team.home, last.stop));
    return road;
  });
  return {
    roads,
    minutes: roads.reduce((sum, { minutes }) => sum + minutes, 0),
    nights: roads.reduce((sum, { nights }) => sum + nights, 0),
    faults,
  };
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
