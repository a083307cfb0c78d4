/** Age bands as agencies report them, youngest first. */
export const AGE_BANDS: readonly string[] = ['under-25', '25-34', '35-44', '45-59', '60-plus'];

/** The age is that of the year of the session. */
const AGE = `(extract(year FROM coalesce(lower(s.during), s.created_at))::int - p.birth_year)`;

/**
 * What figures can be grouped by: an SQL expression over `participation p`, `session s` and the person's commune `co`.
 * Empty answers are the group `unknown`, so that rows always cover everybody.
 */
export const DIMENSIONS = {
  /** City of the session. */
  city: `p.city_slug`,
  /** Province of the person's commune. */
  province: `coalesce(co.province_code, 'unknown')`,
  gender: `p.gender`,
  ageBand: `CASE WHEN p.birth_year IS NULL THEN 'unknown' WHEN ${AGE} < 25 THEN 'under-25' WHEN ${AGE} < 35 THEN '25-34'
                 WHEN ${AGE} < 45 THEN '35-44' WHEN ${AGE} < 60 THEN '45-59' ELSE '60-plus' END`,
  category: `coalesce(p.category, 'unknown')`,
  sector: `coalesce(p.sector, 'unknown')`,
  /** Urban or rural, from the person's commune. */
  milieu: `coalesce(co.milieu, 'unknown')`,
} as const;

export type Dimension = keyof typeof DIMENSIONS;
export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as Dimension[];

export function isDimension(text: string): text is Dimension {
  return DIMENSION_NAMES.includes(text as Dimension);
}
