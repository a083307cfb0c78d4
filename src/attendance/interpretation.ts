import type { Flag, ReadEvent, Review, ReviewFacts, WalkIn } from './attendance-event.js';
import { readEvent } from './event-reader.js';
import type { PassOwner } from './pass.service.js';
import type { Mark } from './presence.js';
import { isUnstorable } from './raw-event.js';

/** A raw event with what the server noted when it came. */
export interface ReceivedEvent {
  id: string;
  body: unknown;
  /** Server's clock less the device's, in milliseconds. */
  skewMs: number;
  receivedAt: Date;
  /** Whom it meant when it was first understood: a pass is checked once, with the keys of its day. */
  enrolmentId: string | null;
  flag: Flag | null;
  /** Account that was signed in on the device. */
  recordedBy: string | null;
}

/** Facts of the session that events are judged by. */
export interface SessionFacts {
  sessionId: string;
  /** When it was called off or postponed; null for one that is held. */
  notHeldSince: Date | null;
  units: ReadonlyArray<{ id: string; n: number; minutes: number }>;
  closings: ReadonlyArray<{ closedAt: Date; reopenedAt: Date | null }>;
  /** Enrolments of this session, by id. */
  enrolments: ReadonlyMap<string, { personId: string; status: string }>;
  /** Owners of passes, of any session, by the text shown. */
  passes: ReadonlyMap<string, PassOwner>;
}

/** An event that counts. */
export interface Understood {
  id: string;
  review: null;
  enrolmentId: string;
  personId: string;
  unitId: string;
  mark: Mark;
  correction: boolean;
  minutes: number;
  happenedAt: Date;
  afterClose: boolean;
  flag: Flag | null;
}

/** Somebody who came without enrolling, and has no seat yet: the event counts as soon as they have one. */
export interface AtTheDoor {
  id: string;
  walkIn: WalkIn;
}

/** An event that does not count, and why. */
export interface Reviewed {
  id: string;
  review: Review;
  facts: ReviewFacts;
}

export type Outcome = Understood | Reviewed;

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** Says what one event means in its session: a pure function, so that a rebuild gives the same. */
export function interpret(event: ReceivedEvent, session: SessionFacts): Outcome | AtTheDoor {
  const { id, body } = event;
  const refuse = (review: Review, facts: ReviewFacts = {}): Reviewed => ({ id, review, facts });
  if (isUnstorable(body)) return refuse('not-storable');
  const read = readEvent(body);
  if ('why' in read) return refuse(read.why);
  if (read.id !== id) return refuse('id-used-elsewhere');
  const unit = session.units.find((one) => one.id === read.unit || one.n === Number(read.unit));
  if (!unit) return refuse('unit-unknown');
  const whom = whomOf(read, event, session);
  if ('review' in whom) return refuse(whom.review, whom.facts);
  const at = read.at + event.skewMs;
  if (at < EARLIEST || at >= LATEST) return refuse('bad-time');
  if (session.notHeldSince && session.notHeldSince <= event.receivedAt) return refuse('session-cancelled');
  const closing = closingAt(event.receivedAt, session);
  if (closing && at >= closing.closedAt.getTime()) return refuse('after-close');
  if ('walkIn' in whom) return { id, walkIn: whom.walkIn };
  return {
    id,
    review: null,
    enrolmentId: whom.enrolmentId,
    personId: whom.personId,
    unitId: unit.id,
    mark: read.mark,
    correction: read.correction,
    minutes: minutesOf(read, unit.minutes),
    happenedAt: new Date(at),
    afterClose: closing !== undefined,
    flag: event.flag ?? (whom.status === 'booked' || read.mark === 'absent' ? null : 'without-seat'),
  };
}

/** The passes that events show, for the caller to find their owners. */
export function passesOf(events: readonly ReceivedEvent[]): string[] {
  return events.flatMap(({ body, enrolmentId }) => {
    const read = readEvent(body);
    return 'why' in read || read.pass === undefined || enrolmentId !== null ? [] : [read.pass];
  });
}

/** The enrolments that events name, for the caller to load. */
export function enrolmentsOf(events: readonly ReceivedEvent[]): string[] {
  return events.flatMap(({ body, enrolmentId }) => {
    const read = readEvent(body);
    const named = 'why' in read ? undefined : read.enrolmentId;
    return [enrolmentId, named].filter((id) => id != null);
  });
}

type Whom = { enrolmentId: string; personId: string; status: string };

function whomOf(
  read: ReadEvent,
  event: ReceivedEvent,
  session: SessionFacts,
): Whom | { walkIn: WalkIn } | { review: Review; facts: ReviewFacts } {
  const refuse = (review: Review, facts: ReviewFacts = {}) => ({ review, facts });
  let enrolmentId = event.enrolmentId ?? read.enrolmentId;
  if (event.enrolmentId === null && read.pass !== undefined) {
    const owner = session.passes.get(read.pass);
    if (!owner) return refuse('pass-invalid');
    if (owner.sessionId !== session.sessionId)
      return refuse('pass-of-another-session', { city: owner.citySlug, date: owner.localDate ?? '' });
    if (enrolmentId !== undefined && enrolmentId !== owner.enrolmentId) return refuse('pass-mismatch');
    enrolmentId = owner.enrolmentId;
  }
  if (enrolmentId === undefined) return read.walkIn ? { walkIn: read.walkIn } : refuse('who-missing');
  const enrolment = session.enrolments.get(enrolmentId);
  return enrolment ? { enrolmentId, ...enrolment } : refuse('enrolment-unknown');
}

/**
 * The closing in force when an event came: a later reopening does not change what it was judged by. In the very
 * millisecond of a closing or reopening an event is judged as just before it, now and in a rebuild.
 */
function closingAt(
  receivedAt: Date,
  { closings }: SessionFacts,
): SessionFacts['closings'][number] | undefined {
  return closings.find(
    ({ closedAt, reopenedAt }) => closedAt < receivedAt && (reopenedAt === null || reopenedAt >= receivedAt),
  );
}

/**
 * Minutes in the room. A partial presence of unknown length counts half its unit, rounded down: hours are reported to
 * a funder, and too few is the honest error.
 */
function minutesOf({ mark, minutes }: ReadEvent, unitMinutes: number): number {
  switch (mark) {
    case 'absent':
      return 0;
    case 'present':
      return unitMinutes;
    case 'partial':
      return Math.min(minutes ?? Math.floor(unitMinutes / 2), unitMinutes);
  }
}
