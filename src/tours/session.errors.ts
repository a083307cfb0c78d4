import { DomainError } from '../shared/errors/domain-error.js';
import type { SoftClash } from './soft-clash.js';

/** A trainer, room, kit item or booked person that is elsewhere at that time. */
export interface HardClash {
  kind: 'trainer' | 'room' | 'kit' | 'person';
  /** The session that is to be saved. */
  sessionId: string;
  /** The other one; null when it belongs to an organisation whose plans the reader may not see. */
  other: {
    id: string;
    city: { slug: string; name: { fr: string; ar: string; en: string } };
  } | null;
  /** What both need; null when the reader may not see it. */
  resource: { id: string; name: { fr: string; ar: string } } | null;
  localDate: string;
  localStart: string;
  localEnd: string;
  /** Booked people concerned, for the kind `person`. */
  people: number;
}

/** The plan cannot stand as it is: something is taken, or something needs a reason. */
export class SessionClash extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;

  constructor(
    readonly clashes: readonly HardClash[],
    readonly soft: readonly SoftClash[],
  ) {
    super(`${clashes.length} clashes, ${soft.length} to be passed with a reason`);
    this.code = clashes.length === 0 && soft.length > 0 ? 'session-needs-reason' : 'session-clash';
  }
}

/** A session that is over, closed or cancelled stays as it was. */
export class SessionNotEditable extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;

  constructor(why: 'past' | 'closed' | 'cancelled') {
    super(`The session is ${why}`);
    this.code = `session-${why}`;
  }
}

/** It is postponed already. */
export class SessionPostponed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'session-postponed';

  constructor() {
    super('The session is postponed');
  }
}

/** Somebody else saved the session since it was read. */
export class SessionChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'session-changed';
  override readonly facts;

  constructor(revision: number) {
    super('The session was changed meanwhile');
    this.facts = { revision };
  }
}

/** A unit on which somebody was already marked stays in its session. */
export class UnitHasAttendance extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'unit-has-attendance';

  constructor() {
    super('Somebody was marked present in a unit that would go');
  }
}

/** The team already stops in that city on that day. */
export class StopExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'stop-exists';

  constructor() {
    super('The team already stops there that day');
  }
}

/** The stop, or a session of it, was changed since the move was looked at. */
export class StopChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'stop-changed';

  constructor() {
    super('The stop was changed meanwhile');
  }
}

/** A tour or stop that something hangs on is not deleted. */
export class NotEmpty extends DomainError {
  readonly kind = 'conflict';
  readonly code: string;

  constructor(what: 'tour' | 'stop') {
    super(`The ${what} is not empty`);
    this.code = `${what}-not-empty`;
  }
}
