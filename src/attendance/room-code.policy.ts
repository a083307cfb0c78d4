import type { PersonPhone } from '../people/public.js';
import type { DomainError } from '../shared/errors/domain-error.js';
import { RoomCodeNeedsPhone, RoomCodeNotNow, RoomCodeNumberProved } from './attendance.errors.js';
import type { RolledSession } from './rolled-session.query.js';

const DAY_MS = 24 * 3600 * 1000;
/** Codes are shown from so long before the first half-day, when desks help people begin, in milliseconds. */
const BEFORE_MS = 30 * DAY_MS;
/** … until so long after the last one, in milliseconds. */
const AFTER_MS = DAY_MS;

/** What decides whether somebody of a list may be shown a code. */
export interface RoomCodeCase {
  session: Pick<RolledSession, 'status' | 'units'>;
  /** The seat was taken at the door, by what staff wrote down. */
  atDoor: boolean;
  phones: ReadonlyArray<Pick<PersonPhone, 'isVerified'>>;
}

/**
 * Why no code is shown; undefined when one may be. Who is written down at the door with a number that somebody proved
 * before may be anybody: a code would open a stranger's record to whoever wrote their name, so theirs goes by SMS.
 */
export function roomCodeRefusal(
  { session, atDoor, phones }: RoomCodeCase,
  now: Date,
): DomainError | undefined {
  if (!isNear(session, now)) return new RoomCodeNotNow();
  if (phones.length === 0) return new RoomCodeNeedsPhone();
  return atDoor && phones.some(({ isVerified }) => isVerified) ? new RoomCodeNumberProved() : undefined;
}

function isNear({ status, units }: RoomCodeCase['session'], now: Date): boolean {
  if (status === 'cancelled' || status === 'postponed') return false;
  const starts = units.map(({ startsAt }) => Date.parse(startsAt));
  const ends = units.map(({ endsAt }) => Date.parse(endsAt));
  return Math.min(...starts) - BEFORE_MS <= now.getTime() && now.getTime() <= Math.max(...ends) + AFTER_MS;
}
