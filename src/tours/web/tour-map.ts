import { cities } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { placeNames } from './map-names.js';
import { driveOf } from './plan.presenter.js';

/** The road of a team through cities, by slug. */
export interface MapRoad {
  name: string;
  home: string | null;
  /** In the order of time. */
  stops: ReadonlyArray<{ city: string; label: string }>;
  minutes: number;
}

interface Point {
  x: number;
  y: number;
}

const [WIDTH, HEIGHT] = [640, 400];
/** Room for half a name beside the outermost cities, and for one above. */
const [MARGIN_X, MARGIN_Y] = [90, 44];
/** Roads of two teams on the same way are drawn beside each other. */
const BESIDE = 5;
const LOOKS = 6;

/**
 * The region as a schema: cities by their position, no boundary, and the road of each team. The same facts stand in the
 * table beside it.
 */
export function tourMap(roads: readonly MapRoad[], names: (slug: string) => string, locale: Locale) {
  const used = new Set(
    roads.flatMap(({ home, stops }) => [...(home ? [home] : []), ...stops.map(({ city }) => city)]),
  );
  const shown = cities().filter(({ slug }) => used.has(slug));
  const points = positions(shown);
  const labels = placeNames(
    shown.map(({ slug }) => ({ slug, name: names(slug), ...(points.get(slug) ?? { x: 0, y: 0 }) })),
    { width: WIDTH, height: HEIGHT },
  );
  return {
    width: WIDTH,
    height: HEIGHT,
    label: t(locale, 'tours:board.mapLabel'),
    roads: roads.map((road, i) => ({
      look: `tour-map__road tour-map__road--${(i % LOOKS) + 1}`,
      points: wayOf(road)
        .map((slug) => points.get(slug))
        .filter((point): point is Point => point !== undefined)
        .map(({ x, y }) => `${x + (i % 3) * BESIDE - BESIDE},${y + (i % 3) * BESIDE - BESIDE}`)
        .join(' '),
    })),
    cities: labels.map((city) => ({ ...city, isHome: roads.some(({ home }) => home === city.slug) })),
    key: roads.map((road, i) => ({
      look: `tour-map__road tour-map__road--${(i % LOOKS) + 1}`,
      text: t(locale, 'tours:board.roadOf', { team: road.name, road: driveOf(road.minutes, locale) }),
      stops: road.stops,
    })),
  };
}

/** Home, the stops, and home again. */
function wayOf({ home, stops }: MapRoad): string[] {
  const between = stops.map(({ city }) => city);
  return home === null || between.length === 0 ? between : [home, ...between, home];
}

function positions(shown: ReturnType<typeof cities>): Map<string, Point> {
  const [lats, lons] = [shown.map(({ lat }) => lat), shown.map(({ lon }) => lon)];
  const [north, south] = [Math.max(...lats), Math.min(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const place = (value: number, from: number, to: number, size: number, margin: number): number =>
    Math.round(margin + (to === from ? 0.5 : (value - from) / (to - from)) * (size - 2 * margin));
  return new Map(
    shown.map(({ slug, lat, lon }) => [
      slug,
      { x: place(lon, west, east, WIDTH, MARGIN_X), y: place(lat, north, south, HEIGHT, MARGIN_Y) },
    ]),
  );
}
