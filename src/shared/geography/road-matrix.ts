import type { RoadLeg } from './geography.types.js';

/** What a matrix needs to know of a leg; both directions take as long. */
export type Road = Pick<RoadLeg, 'from' | 'to' | 'minutes' | 'km'>;

/** The way from one city to another. */
export interface Journey {
  /** driving time in minutes */
  readonly minutes: number;
  readonly km: number;
  /** False for a listed leg, true for a sum of legs: shown as *estimé*. */
  readonly estimated: boolean;
  /** All cities on the way, both ends included. */
  readonly route: readonly string[];
}

/**
 * The way between two cities by a list of legs: the listed leg where there is one, even if a detour is quicker on
 * paper, else the quickest sum of legs. Undefined where no road is listed.
 */
export function journeyBetween(roads: readonly Road[], from: string, to: string): Journey | undefined {
  if (from === to) return { minutes: 0, km: 0, estimated: false, route: [from] };
  const listed = roads.find(
    (road) => (road.from === from && road.to === to) || (road.from === to && road.to === from),
  );
  if (listed) return { minutes: listed.minutes, km: listed.km, estimated: false, route: [from, to] };
  return quickest(roads, from, to);
}

/** Dijkstra; at most a few dozen cities, so the next one is found by looking at all. */
function quickest(roads: readonly Road[], from: string, to: string): Journey | undefined {
  const reached = new Map<string, Journey>([[from, { minutes: 0, km: 0, estimated: true, route: [from] }]]);
  const settled = new Set<string>();
  for (;;) {
    const here = nearest(reached, settled);
    if (!here || here[0] === to) return here?.[1];
    settled.add(here[0]);
    for (const [next, road] of roadsFrom(roads, here[0])) {
      const minutes = here[1].minutes + road.minutes;
      if (minutes >= (reached.get(next)?.minutes ?? Infinity)) continue;
      reached.set(next, {
        minutes,
        km: here[1].km + road.km,
        estimated: true,
        route: [...here[1].route, next],
      });
    }
  }
}

function nearest(
  reached: ReadonlyMap<string, Journey>,
  settled: ReadonlySet<string>,
): [string, Journey] | undefined {
  let best: [string, Journey] | undefined;
  for (const candidate of reached) {
    if (!settled.has(candidate[0]) && candidate[1].minutes < (best?.[1].minutes ?? Infinity))
      best = candidate;
  }
  return best;
}

function roadsFrom(roads: readonly Road[], city: string): [string, Road][] {
  return roads.flatMap((road): [string, Road][] => {
    if (road.from === city) return [[road.to, road]];
    return road.to === city ? [[road.from, road]] : [];
  });
}
