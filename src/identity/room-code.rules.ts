import { type Role, ROLES } from '../shared/access/actor.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Life of a room code, in milliseconds. */
export const ROOM_CODE_LIFE_MS = 10 * 60 * 1000;
/** Wrong codes after which a room code is dead. */
export const ROOM_CODE_TRIES = 5;
/** Room codes for one person, in any 60 minutes and any 24 hours: as many as one phone gets by SMS, so no more guesses. */
export const PERSON_HOURLY = 5;
export const PERSON_DAILY = 15;
/** How far back the limits look, in milliseconds. */
export const LIMITS_LOOK_BACK_MS = DAY_MS;

const OF_LEARNERS: readonly Role[] = ['trainee', 'cooperative-manager'];

/** Roles of those who never enter by a code that a colleague shows: they would lend their rights to the colleague. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => !OF_LEARNERS.includes(role));

/**
 * Seconds until another room code may be shown to a person; 0 when one may be shown now.
 *
 * @param shownAt instants of their codes, newest first
 */
export function secondsUntilNext(shownAt: readonly Date[], now: Date): number {
  const free = Math.max(
    (shownAt[PERSON_HOURLY - 1]?.getTime() ?? -Infinity) + HOUR_MS,
    (shownAt[PERSON_DAILY - 1]?.getTime() ?? -Infinity) + DAY_MS,
  );
  return Math.max(0, Math.ceil((free - now.getTime()) / 1000));
}
