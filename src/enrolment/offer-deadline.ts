import { afterWakingTime } from '../shared/clock/waking-hours.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Time to answer an offer, in milliseconds outside of the quiet hours. */
export const OFFER_MS = 24 * HOUR_MS;
/** Nobody is asked later than this before the start, in milliseconds. */
export const OFFERS_END_BEFORE_START_MS = 2 * HOUR_MS;
/** An offer shorter than this could not be read and answered, in milliseconds. */
export const SHORTEST_OFFER_MS = 30 * MINUTE_MS;

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
