/** A public holiday on a fixed day of the Gregorian year. */
interface Holiday {
  code: string;
  /** `MM-DD` */
  day: string;
  /** First year it was kept as a holiday, where that is recent. */
  since?: number;
}

/**
 * Fixed public holidays of Morocco. The new ones by decree: 14 January (November 2023), 31 October (2025).
 * Holidays of the Hijri year depend on the moon and are confirmed by people; they are not here.
 */
const HOLIDAYS: readonly Holiday[] = [
  { code: 'new-year', day: '01-01' },
  { code: 'independence-manifesto', day: '01-11' },
  { code: 'amazigh-new-year', day: '01-14', since: 2024 },
  { code: 'labour-day', day: '05-01' },
  { code: 'throne-day', day: '07-30' },
  { code: 'oued-ed-dahab', day: '08-14' },
  { code: 'revolution-day', day: '08-20' },
  { code: 'youth-day', day: '08-21' },
  { code: 'unity-day', day: '10-31', since: 2025 },
  { code: 'green-march', day: '11-06' },
  { code: 'independence-day', day: '11-18' },
];

/** Codes of all holidays, for their words. */
export const HOLIDAY_CODES: readonly string[] = HOLIDAYS.map(({ code }) => code);

/** The code of the public holiday on a local date, if it is one. */
export function holidayOn(localDate: string): string | undefined {
  const year = Number(localDate.slice(0, 4));
  return HOLIDAYS.find(({ day, since }) => localDate.endsWith(`-${day}`) && year >= (since ?? 0))?.code;
}
