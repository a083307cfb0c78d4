import { InvalidLocalDate } from './wall-time.errors.js';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar day taken apart; month 1 to 12. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Takes `YYYY-MM-DD` apart. Years 1900 to 2199: enough for births and plans, and `0207-01-01` is a slip of the finger.
 * @throws InvalidLocalDate
 */
export function partsOf(localDate: string): DateParts {
  const parts = tryParts(localDate);
  if (!parts) throw new InvalidLocalDate(localDate);
  return parts;
}

/** Whether a value is a `YYYY-MM-DD` day of the calendar (2026-02-29 is not). */
export function isLocalDate(value: unknown): value is string {
  return tryParts(value) !== undefined;
}

/** Days since 1970-01-01, which is day 0. */
export function dayNumber(localDate: string): number {
  const { year, month, day } = partsOf(localDate);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The day `days` later (earlier when negative). */
export function addDays(localDate: string, days: number): string {
  const moved = new Date((dayNumber(localDate) + days) * DAY_MS);
  const text = Number.isNaN(moved.getTime()) ? '' : moved.toISOString().slice(0, 10);
  partsOf(text);
  return text;
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(localDate: string): number {
  return new Date(dayNumber(localDate) * DAY_MS).getUTCDay();
}

function tryParts(value: unknown): DateParts | undefined {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const real = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC rolls 31 April over to 1 May: a real day comes back unchanged.
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? { year, month, day } : undefined;
}
