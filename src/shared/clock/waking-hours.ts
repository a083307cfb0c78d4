import { addDays, weekdayOf } from './local-date.js';
import { instantOf, wallTimeOf } from './wall-time.js';

const FRIDAY = 5;
/** Hours in which a phone may ring, local time; outside of them it is quiet. */
const WAKING: readonly [string, string][] = [['09:00', '20:00']];
const WAKING_FRIDAY: readonly [string, string][] = [
  ['09:00', '12:00'],
  ['14:30', '20:00'],
];
const MINUTE_MS = 60_000;

/** From when to when a phone may ring; the end is quiet already. */
interface Window {
  opens: number;
  closes: number;
}

function windowsOf(date: string, zone: string): Window[] {
  return (weekdayOf(date) === FRIDAY ? WAKING_FRIDAY : WAKING).map(([start, end]) => ({
    opens: instantOf({ date, time: start, zone }).getTime(),
    closes: instantOf({ date, time: end, zone }).getTime(),
  }));
}

/** The instant at which `ms` of waking time have passed since `from`. */
export function afterWakingTime(from: Date, ms: number, zone: string): Date {
  let left = ms;
  for (let date = wallTimeOf(from, zone).localDate; ; date = addDays(date, 1)) {
    for (const { opens, closes } of windowsOf(date, zone)) {
      const begins = Math.max(opens, from.getTime());
      const span = closes - begins;
      if (span >= left) return new Date(begins + left);
      if (span > 0) left -= span;
    }
  }
}

/** `at` itself while a phone may ring, else the next instant at which it may. */
export function nextWaking(at: Date, zone: string): Date {
  for (let date = wallTimeOf(at, zone).localDate; ; date = addDays(date, 1)) {
    for (const { opens, closes } of windowsOf(date, zone)) {
      if (at.getTime() < opens) return new Date(opens);
      if (at.getTime() < closes) return at;
    }
  }
}

/** `at` itself while a phone may ring, else the last minute before in which it might. */
export function lastWaking(at: Date, zone: string): Date {
  for (let date = wallTimeOf(at, zone).localDate; ; date = addDays(date, -1)) {
    for (const { opens, closes } of windowsOf(date, zone).reverse()) {
      if (at.getTime() >= closes) return new Date(closes - MINUTE_MS);
      if (at.getTime() >= opens) return at;
    }
  }
}

/** Whether a phone may ring now. */
export const isWaking = (at: Date, zone: string): boolean => nextWaking(at, zone).getTime() === at.getTime();
