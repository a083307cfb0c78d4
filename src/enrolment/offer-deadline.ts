import { addDays, weekdayOf } from '../shared/clock/local-date.js';
import { instantOf, wallTimeOf } from '../shared/clock/wall-time.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Time to answer an offer, in milliseconds outside of the quiet hours. */
export const OFFER_MS = 24 * HOUR_MS;
/** Nobody is asked later than this before the start, in milliseconds. */
export const OFFERS_END_BEFORE_START_MS = 2 * HOUR_MS;
/** An offer shorter than this could not be read and answered, in milliseconds. */
export const SHORTEST_OFFER_MS = 30 * MINUTE_MS;

const FRIDAY = 5;
/** Hours in which a phone may ring, local time; the clock of an offer stands still outside of them. */
const WAKING: readonly [string, string][] = [['09:00', '20:00']];
const WAKING_FRIDAY: readonly [string, string][] = [
  ['09:00', '12:00'],
  ['14:30', '20:00'],
];

/** The instant at which `ms` of waking time have passed since `from`. */
function afterWakingTime(from: Date, ms: number, zone: string): Date {
  let left = ms;
  for (let date = wallTimeOf(from, zone).localDate; ; date = addDays(date, 1)) {
    for (const [start, end] of weekdayOf(date) === FRIDAY ? WAKING_FRIDAY : WAKING) {
      const opens = Math.max(instantOf({ date, time: start, zone }).getTime(), from.getTime());
      const span = instantOf({ date, time: end, zone }).getTime() - opens;
      if (span >= left) return new Date(opens + left);
      if (span > 0) left -= span;
    }
  }
}

/**
 * When an offer made at `now` ends: after 24 hours, the quiet ones (20:00 to 9:00, Friday 12:00 to 14:30) not counted,
 * or two hours before the start, whichever comes first.
 *
 * @returns undefined when less than half an hour would be left: the seat then stays free for whoever asks first
 */
export function offerDeadline(now: Date, startsAt: Date, zone: string): Date | undefined {
  const last = startsAt.getTime() - OFFERS_END_BEFORE_START_MS;
  if (last - now.getTime() < SHORTEST_OFFER_MS) return undefined;
  return new Date(Math.min(afterWakingTime(now, OFFER_MS, zone).getTime(), last));
}

/** True when it is too late for offers but not for the session: a free seat goes to the first of the queue who asks. */
export function mayTakeFree(now: Date, startsAt: Date, zone: string): boolean {
  return startsAt > now && offerDeadline(now, startsAt, zone) === undefined;
}
