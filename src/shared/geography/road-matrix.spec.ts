import fc from 'fast-check';
import { holds } from '../../../test/support/property.js';
import { roadLegs } from './geography.js';
import { journeyBetween, type Road } from './road-matrix.js';

/** Floyd and Warshall: the second way to all shortest times. */
function allMinutes(roads: readonly Road[]): Map<string, number> {
  const cities = [...new Set(roads.flatMap(({ from, to }) => [from, to]))];
  const minutes = new Map<string, number>();
  const get = (a: string, b: string) => (a === b ? 0 : (minutes.get(`${a} ${b}`) ?? Infinity));
  const lower = (a: string, b: string, value: number) => minutes.set(`${a} ${b}`, Math.min(value, get(a, b)));
  for (const road of roads) {
    lower(road.from, road.to, road.minutes);
    lower(road.to, road.from, road.minutes);
  }
  for (const via of cities) {
    for (const a of cities) for (const b of cities) lower(a, b, get(a, via) + get(via, b));
  }
  return minutes;
}

function check(roads: readonly Road[], cities: readonly string[]): void {
  const expected = allMinutes(roads);
  const between = (a: string, b: string) =>
    roads.find(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  for (const a of cities) {
    for (const b of cities) {
      if (a === b) continue;
      const journey = journeyBetween(roads, a, b);
      const listed = between(a, b);
      if (listed)
        expect(journey).toEqual({ minutes: listed.minutes, km: listed.km, estimated: false, route: [a, b] });
      else if (!journey) expect(expected.get(`${a} ${b}`) ?? Infinity).toBe(Infinity);
      else {
        expect(journey).toMatchObject({ minutes: expected.get(`${a} ${b}`), estimated: true });
        expect([journey.route[0], journey.route.at(-1)]).toEqual([a, b]);
        const steps = journey.route.slice(1).map((city, n) => between(journey.route[n] ?? '', city));
        expect(steps.every(Boolean)).toBe(true);
        expect(steps.reduce((sum, road) => sum + (road?.minutes ?? NaN), 0)).toBe(journey.minutes);
        expect(steps.reduce((sum, road) => sum + (road?.km ?? NaN), 0)).toBe(journey.km);
      }
    }
  }
}

describe('journeyBetween', () => {
  it('finds the quickest ways of the region', () => {
    check(roadLegs(), [...new Set(roadLegs().flatMap(({ from, to }) => [from, to]))]);
  });

  it('finds the quickest way on any map', () => {
    const cities = [...'abcdefgh'];
    const road = fc
      .tuple(fc.shuffledSubarray(cities, { minLength: 2, maxLength: 2 }), fc.integer({ min: 1, max: 300 }))
      .map(([[from, to], minutes]): Road => ({ from: from ?? '', to: to ?? '', minutes, km: minutes * 2 }));
    const roads = fc.uniqueArray(road, {
      maxLength: 14,
      selector: ({ from, to }) => [from, to].sort().join(),
    });
    holds(fc.property(roads, (list) => check(list, cities)));
  });

  it('is no way at all to where one is', () => {
    expect(journeyBetween([], 'a', 'a')).toEqual({ minutes: 0, km: 0, estimated: false, route: ['a'] });
  });

  it('takes a listed leg even where a detour is quicker on paper', () => {
    const roads: Road[] = [
      { from: 'a', to: 'b', minutes: 100, km: 50 },
      { from: 'a', to: 'c', minutes: 10, km: 5 },
      { from: 'c', to: 'b', minutes: 10, km: 5 },
    ];
    expect(journeyBetween(roads, 'b', 'a')).toEqual({
      minutes: 100,
      km: 50,
      estimated: false,
      route: ['b', 'a'],
    });
  });
});
