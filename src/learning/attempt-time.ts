import { instantMs } from './progress-events.js';

const DAY_MS = 24 * 3600 * 1000;
/** An attempt made without a network keeps its own time when it arrives within this. */
const LATEST_MS = 7 * DAY_MS;

/**
 * When an attempt was made: as the phone says, never in the future, and now when that is more than a week ago.
 *
 * @returns undefined for what is no instant
 */
export function placeAttempt(given: unknown, now: Date): Date | undefined {
  if (given === undefined) return now;
  const ms = instantMs(given);
  if (ms === undefined) return undefined;
  return ms > now.getTime() || ms < now.getTime() - LATEST_MS ? now : new Date(ms);
}
