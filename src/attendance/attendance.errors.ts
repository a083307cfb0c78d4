import { DomainError } from '../shared/errors/domain-error.js';

/** A batch is larger than a phone may send at once; it sends the rest in the next call. */
export class TooManyEvents extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'too-many-events';
  override readonly params;
  override readonly facts;

  constructor(limit: number) {
    super(`More than ${limit} events in one call`);
    this.params = { limit };
    this.facts = { limit };
  }
}

/** Somebody closed the session already. */
export class RollCallClosed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'roll-call-closed';
  override readonly facts;

  constructor(closedAt: Date) {
    super('The session is closed');
    this.facts = { closedAt: closedAt.toISOString() };
  }
}

/** Only what was closed can be reopened. */
export class RollCallNotClosed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'roll-call-not-closed';

  constructor() {
    super('The session is not closed');
  }
}

/** A session that is not held has no roll call. */
export class RollCallCancelled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'roll-call-cancelled';

  constructor() {
    super('The session was cancelled');
  }
}

/** A session without a date has no roll call yet. */
export class RollCallPostponed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'roll-call-postponed';

  constructor() {
    super('The session is postponed');
  }
}

/** A pass belongs to a seat: there is none yet, or none any more. */
export class PassNeedsSeat extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'pass-needs-seat';
  override readonly facts;

  constructor(status: string) {
    super(`No pass for an enrolment that is ${status}`);
    this.facts = { status };
  }
}

/** Codes are shown from 30 days before a session to a day after it, and at none that was cancelled. */
export class RoomCodeNotNow extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'room-code-not-now';

  constructor() {
    super('No sign-in codes are shown at this session now');
  }
}

/** Somebody written down at the door whose number was proved before: their code goes to that number. */
export class RoomCodeNumberProved extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'room-code-number-proved';

  constructor() {
    super('The number of this walk-in was proved before');
  }
}

/** One enters with a number and a code; this person's record has no number. */
export class RoomCodeNeedsPhone extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'room-code-needs-phone';

  constructor() {
    super('The person has no phone number');
  }
}
