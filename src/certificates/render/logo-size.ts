/** Millimetres: the most that a logo may take, and the area that all of them are given. */
const HIGHEST_MM = 17;
const WIDEST_MM = 62;
const AREA_MM2 = 460;

/**
 * How large a logo is printed, in millimetres. Logos get the same area, not the same height: a wide one would shout beside
 * a tall one.
 *
 * @param width and `height` of the picture, in any unit
 */
export function logoSize({ width, height }: { width: number; height: number }): {
  widthMm: number;
  heightMm: number;
} {
  const ratio = width / height;
  const heightMm = Math.min(HIGHEST_MM, WIDEST_MM / ratio, Math.sqrt(AREA_MM2 / ratio));
  const round = (mm: number): number => Math.round(mm * 10) / 10;
  return { widthMm: round(heightMm * ratio), heightMm: round(heightMm) };
}
