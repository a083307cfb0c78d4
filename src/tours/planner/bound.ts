import type { Board } from './board.js';

const ROUNDS = 400;

/**
 * Driving minutes that no plan of these stops can go below, after Held and Karp: all homes become one place; a plan is
 * then a set of round trips from it, and without one of the home's roads of each trip a tree remains. A price on each
 * stop, paid for each of its roads above two, raises the cheapest tree towards a plan.
 */
export function leastMinutes(board: Board, stops: readonly number[]): number {
  if (stops.length === 0) return 0;
  const { between, home } = shortest(board, stops);
  const n = stops.length;
  const trips = fewestTrips(board, stops);
  const price = new Float64Array(n);
  let best = 0;
  let step = home.reduce((sum, one) => sum + one, 0) / n / 2;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { cost, degree } = cheapestTree(between, home, price, trips);
    const bound = cost - 2 * price.reduce((sum, one) => sum + one, 0);
    if (bound > best) best = bound;
    else step *= 0.985;
    const off = degree.reduce((sum, d) => sum + (d - 2) ** 2, 0);
    if (off === 0) break;
    const stride = step / Math.sqrt(off / n);
    for (let i = 0; i < n; i += 1) price[i] = (price[i] ?? 0) + stride * ((degree[i] ?? 2) - 2);
  }
  return Math.max(0, Math.ceil(best - 1e-6));
}

/** Shortest minutes among the stops and to the nearest home, by way of anywhere. */
function shortest(board: Board, stops: readonly number[]): { between: Float64Array[]; home: Float64Array } {
  const homes = board.problem.teams.map((team) => team.home);
  const cities = [...new Set([...board.problem.roads.cities, ...board.stops.map(({ city }) => city)])];
  const all = cities.map((a) => Float64Array.from(cities, (b) => board.minutes(a, b)));
  for (let via = 0; via < cities.length; via += 1)
    for (const row of all)
      for (let to = 0; to < cities.length; to += 1) {
        const byWay = (row[via] ?? Infinity) + (all[via]?.[to] ?? Infinity);
        if (byWay < (row[to] ?? Infinity)) row[to] = byWay;
      }
  const places = stops.map((stop) => cities.indexOf(board.wanted(stop).city));
  const between = places.map((a) => Float64Array.from(places, (b) => all[a]?.[b] ?? Infinity));
  const home = Float64Array.from(places, (a) =>
    Math.min(...homes.map((city) => (city === null ? 0 : (all[cities.indexOf(city)]?.[a] ?? Infinity)))),
  );
  return { between, home };
}

/** Teams that must go, so that the half-days are enough. */
function fewestTrips(board: Board, stops: readonly number[]): number {
  const needed = stops.reduce((sum, stop) => sum + board.wanted(stop).halfDays, 0);
  return Math.max(1, Math.ceil(needed / board.slots));
}

/** Prim's tree from the home, and the home's roads that each trip has besides. */
function cheapestTree(
  between: readonly Float64Array[],
  home: Float64Array,
  price: Float64Array,
  trips: number,
): { cost: number; degree: Float64Array } {
  const n = home.length;
  const degree = new Float64Array(n);
  const nearest = Float64Array.from(home, (minutes, i) => minutes + (price[i] ?? 0));
  const from = new Int32Array(n).fill(-1);
  const done = new Uint8Array(n);
  let cost = 0;
  for (let count = 0; count < n; count += 1) {
    let next = -1;
    for (let i = 0; i < n; i += 1)
      if (!done[i] && (next < 0 || (nearest[i] ?? 0) < (nearest[next] ?? 0))) next = i;
    done[next] = 1;
    cost += nearest[next] ?? 0;
    degree[next] = (degree[next] ?? 0) + 1;
    const parent = from[next] ?? -1;
    if (parent >= 0) degree[parent] = (degree[parent] ?? 0) + 1;
    for (let i = 0; i < n; i += 1) {
      const minutes = (between[next]?.[i] ?? Infinity) + (price[next] ?? 0) + (price[i] ?? 0);
      if (!done[i] && minutes < (nearest[i] ?? 0)) {
        nearest[i] = minutes;
        from[i] = next;
      }
    }
  }
  return { cost: cost + homeRoads(home, price, trips, degree), degree };
}

/** The cheapest roads home: one for each trip that must be, and every one that a price makes cheaper than nothing. */
function homeRoads(home: Float64Array, price: Float64Array, trips: number, degree: Float64Array): number {
  const roads = Array.from(home, (minutes, i) => ({ i, minutes: minutes + (price[i] ?? 0) })).sort(
    (a, b) => a.minutes - b.minutes,
  );
  let cost = 0;
  for (const [at, { i, minutes }] of roads.entries()) {
    if (at >= trips && minutes >= 0) break;
    cost += minutes;
    degree[i] = (degree[i] ?? 0) + 1;
  }
  return cost;
}
