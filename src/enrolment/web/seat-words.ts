import { formatDay, formatDayNoYear, formatTime, formatPageRange } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { SessionRow } from '../../tours/public.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Where and when a session is, as sentences name it. */
export interface SeatWords {
  city: string;
  /** `mardi 15 décembre`, with its year when it is not this one. */
  day: string;
  /** Start of the first half-day. */
  time: string;
}

/** @param now decides whether the year needs saying */
export function seatWords(row: SessionRow, locale: Locale, now: Date): SeatWords {
  const [first] = row.units;
  const city = pickText(row.cityName, locale).text;
  if (!first) return { city, day: '', time: '' };
  const isThisYear = first.localDate.slice(0, 4) === wallTimeOf(now, first.zone).localDate.slice(0, 4);
  const day = isThisYear ? formatDayNoYear(first.localDate, locale) : formatDay(first.localDate, locale);
  return { city, day, time: formatTime(first.localStart, locale) };
}

/** The hours of each day of a session on a line of its own: `mardi 15 décembre, de 9 h à 12 h 30 · de 14 h à 17 h`. */
export function hoursOf(row: SessionRow, locale: Locale): string[] {
  const ranges = new Map<string, string[]>();
  for (const { localDate, localStart, localEnd } of row.units) {
    const range = formatPageRange(localStart, localEnd, locale);
    ranges.set(localDate, [...(ranges.get(localDate) ?? []), range]);
  }
  return [...ranges].map(([date, times]) =>
    t(locale, 'enrolment:dayAndTime', { day: formatDayNoYear(date, locale), time: times.join(' · ') }),
  );
}

/** `mardi 15 décembre, 9 h`: an instant as the clocks of the session's place show it. */
export function momentWords(at: Date, zone: string, locale: Locale): string {
  const { localDate, localTime } = wallTimeOf(at, zone);
  return t(locale, 'enrolment:dayAndTime', {
    day: formatDayNoYear(localDate, locale),
    time: formatTime(localTime, locale),
  });
}

/** Time left to answer, in whole hours, or in minutes below two hours. */
export function leftWords(until: Date, now: Date, locale: Locale): string {
  const ms = Math.max(0, until.getTime() - now.getTime());
  if (ms >= 2 * HOUR_MS) return t(locale, 'enrolment:left.hours', { count: Math.floor(ms / HOUR_MS) });
  return t(locale, 'enrolment:left.minutes', { count: Math.max(1, Math.floor(ms / MINUTE_MS)) });
}
