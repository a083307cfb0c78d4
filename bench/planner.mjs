/**
 * Plans of tours. Ten cities in eight days with two teams: the search beside the exact plan. Sixty invented cities in
 * thirty days with twelve trainers: minutes beside a bound that no plan beats.
 */
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Within 5 % of the exact plan was asked for. */
const BAR = 1 / 1.05;
const WEEK = [1, 2, 3, 4, 5];
const CITIES = 60;
const TRAINERS = 12;

/** Places of a region 250 km wide, by a fixed seed; roads are a third longer than the line and driven at 55 km/h. */
function inventedRoads() {
  let seed = 5;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
  const places = Array.from({ length: CITIES }, () => [next() * 250, next() * 120]);
  const minutes = places.map(([x, y]) =>
    places.map(([u, v]) => Math.round((Math.hypot(x - u, y - v) * 1.3 * 60) / 55)),
  );
  return { cities: places.map((_, n) => `c${n}`), minutes };
}

async function problems() {
  const at = (file) => import(`${ROOT}dist/src/${file}`);
  const { cities, roadLegs } = await at('shared/geography/geography.js');
  const { journeyBetween } = await at('shared/geography/road-matrix.js');
  const { workingDays } = await at('tours/planner/working-days.js');
  const ten = cities('tour').map(({ slug }) => slug);
  const roads = {
    cities: ten,
    minutes: ten.map((a) => ten.map((b) => journeyBetween(roadLegs(), a, b)?.minutes ?? Infinity)),
  };
  const stopsOf = (slugs) => slugs.map((city) => ({ id: city, city, halfDays: 2 }));
  const reference = {
    stops: stopsOf(ten),
    days: workingDays({ from: '2021-12-13', to: '2021-12-20' }, WEEK),
    teams: ['tanger', 'tetouan'].map((home) => ({ id: home, home, busy: [] })),
    roads,
  };
  const invented = inventedRoads();
  const large = {
    stops: stopsOf(invented.cities),
    days: workingDays({ from: '2027-03-01', to: '2027-03-30' }, WEEK),
    teams: Array.from({ length: TRAINERS }, (_, n) => ({ id: `t${n}`, home: `c${(n % 4) * 10}`, busy: [] })),
    roads: invented,
  };
  return { reference, large };
}

export async function run({ quick }) {
  const { plan } = await import(`${ROOT}dist/src/tours/planner/plan.js`);
  const { reference, large } = await problems();
  const timed = (problem, options) => {
    const from = performance.now();
    return { ...plan(problem, options), seconds: ((performance.now() - from) / 1000).toFixed(1) };
  };
  const exact = timed(reference);
  const searched = timed(reference, { isSearched: true, ...(quick ? { tries: 1500 } : {}) });
  const sixty = timed(large, quick ? { tries: 5000 } : {});
  const over = ((sixty.minutes / sixty.bound - 1) * 100).toFixed(1);
  const name =
    `plan of a tour: ten cities, searched in ${searched.seconds} s, exact in ${exact.seconds} s, ${exact.nights} nights` +
    ` (${CITIES} cities, ${large.days.length} days, ${TRAINERS} trainers: ${sixty.minutes} min, ${sixty.nights} nights,` +
    ` bound ${sixty.bound} min, at most ${over} % above, ${sixty.unplaced.length} left out, ${sixty.seconds} s)`;
  return {
    name,
    unit: 'minutes of driving (exact beside)',
    ours: searched.minutes,
    floor: exact.minutes,
    ratio: exact.minutes / searched.minutes,
    bar: BAR,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(await run({ quick: process.argv.includes('--quick') }));
