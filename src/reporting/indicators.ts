/**
 * Each indicator, defined once: an SQL aggregate over `participation p` (one row per person and session). Screen, CSV,
 * XLSX and API are made from these and from nothing else.
 */
export const INDICATORS = {
  /** Applied, or enrolled in any status. */
  candidates: `count(DISTINCT p.person_id)::int`,
  /** Ever held a seat and did not give it back before the start. */
  booked: `count(DISTINCT p.person_id) FILTER (WHERE p.booked)::int`,
  /** Present in at least one half-day. */
  attended: `count(DISTINCT p.person_id) FILTER (WHERE p.units_attended > 0)::int`,
  /** Minutes present, in hours. */
  attendeeHours: `round(sum(p.minutes_present) / 60.0, 1)::float8`,
  completed: `count(DISTINCT p.person_id) FILTER (WHERE p.completed_at IS NOT NULL)::int`,
  certified: `count(DISTINCT p.person_id) FILTER (WHERE p.certified_at IS NOT NULL)::int`,
} as const;

export type Indicator = keyof typeof INDICATORS;
export const INDICATOR_NAMES = Object.keys(INDICATORS) as Indicator[];

/** The count of people behind each indicator: a figure is hidden when this count is small. */
export const PEOPLE_BEHIND: Readonly<Record<Indicator, Indicator>> = {
  candidates: 'candidates',
  booked: 'booked',
  attended: 'attended',
  attendeeHours: 'attended',
  completed: 'completed',
  certified: 'certified',
};

/** Decimals of an indicator on a page; counts of people have none. */
export const INDICATOR_DECIMALS: Readonly<Partial<Record<Indicator, number>>> = { attendeeHours: 1 };
