/** A city of a map, in units of its drawing. */
export interface MapCity {
  slug: string;
  name: string;
  x: number;
  y: number;
}

export interface NamedCity extends MapCity {
  /** Middle of the name, and the line it stands on. */
  labelX: number;
  labelY: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Size of letters on the smallest screen, where they are drawn the largest. */
const [LETTER, LINE] = [12, 26];
/** From the middle of a city to its name, and the room that a city takes itself. */
const [GAP, RADIUS] = [14, 7];

/**
 * Puts the name of each city above it, or beside or below where it would cover another name or another city; where
 * everything is taken, where it covers the least. The name is drawn around its middle: that is the same from right to
 * left.
 */
export function placeNames(cities: readonly MapCity[], size: { width: number; height: number }): NamedCity[] {
  const taken: Box[] = cities.map(({ x, y }) => around(x, y, RADIUS * 2, RADIUS * 2));
  return cities.map((city) => {
    const width = city.name.length * LETTER;
    const aside = GAP + width / 2;
    const places = [
      { labelX: city.x, labelY: city.y - GAP },
      { labelX: city.x + aside, labelY: city.y + LINE / 4 },
      { labelX: city.x - aside, labelY: city.y + LINE / 4 },
      { labelX: city.x, labelY: city.y + GAP + LINE * 0.7 },
    ].map((place) => ({ place, box: around(place.labelX, place.labelY - LINE / 4, width, LINE * 0.9) }));
    const badness = (box: Box): number =>
      taken.reduce((sum, other) => sum + shared(box, other), 0) + (isInside(box, size) ? 0 : width * LINE);
    const best = places.reduce((one, other) => (badness(other.box) < badness(one.box) ? other : one));
    taken.push(best.box);
    return { ...city, ...best.place };
  });
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function shared(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function isInside(
  { left, right, top, bottom }: Box,
  { width, height }: { width: number; height: number },
): boolean {
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}
