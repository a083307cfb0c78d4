import { DomainError } from '../shared/errors/domain-error.js';
import type { Booking, EnrolmentStatus } from './enrolment-status.js';

abstract class Conflict extends DomainError {
  readonly kind = 'conflict';
}

/** The person has a seat, an offer or a place in the queue here already. */
export class AlreadyEnrolled extends Conflict {
  readonly code = 'already-enrolled';
  override readonly facts;

  constructor(readonly booking: Booking) {
    super(`Already ${booking.status} here`);
    this.facts = { booking };
  }
}

/** The session in which the person sits at the same time. */
export interface OtherSession {
  id: string;
  citySlug: string;
  localDate: string;
  localStart: string;
}

/** The person has a seat elsewhere at the same time: one cannot be in two rooms. */
export class OverlappingSeat extends Conflict {
  readonly code = 'overlapping-seat';
  override readonly facts;

  constructor(readonly other: OtherSession) {
    super(`Has a seat in session ${other.id} at the same time`);
    this.facts = { session: other };
  }
}

export class SessionStarted extends Conflict {
  readonly code = 'enrolment-session-started';
  override readonly facts;

  constructor(startsAt: Date) {
    super('The session has started');
    this.facts = { startsAt: startsAt.toISOString() };
  }
}

export class SessionClosed extends Conflict {
  readonly code = 'enrolment-session-closed';

  constructor() {
    super('The session is closed');
  }
}

export class SessionCancelled extends Conflict {
  readonly code = 'enrolment-session-cancelled';

  constructor() {
    super('The session is cancelled');
  }
}

/** A session that was postponed keeps its seats and gives no new ones until it has a date. */
export class SessionPostponed extends Conflict {
  readonly code = 'enrolment-session-postponed';

  constructor() {
    super('The session is postponed');
  }
}

/** A session without dates has nothing to come to yet. */
export class SessionWithoutDates extends Conflict {
  readonly code = 'enrolment-session-undated';

  constructor() {
    super('The session has no units yet');
  }
}

/** Outside of the campaign's enrolment times; both are told, in UTC. */
export class EnrolmentNotOpen extends Conflict {
  readonly code = 'enrolment-not-open';
  override readonly facts;

  constructor(
    readonly opensAt: Date | null,
    closesAt: Date | null,
    readonly at: Date,
  ) {
    super('The campaign takes no enrolments now');
    this.facts = { opensAt: opensAt?.toISOString() ?? null, closesAt: closesAt?.toISOString() ?? null };
  }
}

/** The person has not given the first right code yet. */
export class PersonNotActive extends Conflict {
  readonly code = 'person-not-active';

  constructor() {
    super('The person is pending');
  }
}

/** Yes or no to something that is not on offer: the queue has not come so far, or the seat is theirs no more. */
export class NoOffer extends Conflict {
  readonly code = 'no-offer';
  override readonly facts;

  constructor(booking: Booking) {
    super(`Not on offer: ${booking.status}`);
    this.facts = { booking };
  }
}

/** The answer came after the offer's end; the seat has gone to the next. */
export class OfferExpired extends Conflict {
  readonly code = 'offer-expired';
  override readonly facts;

  constructor(expiredAt: Date) {
    super('The offer has expired');
    this.facts = { expiredAt: expiredAt.toISOString() };
  }
}

/** There is nothing left to cancel. */
export class EnrolmentOver extends Conflict {
  readonly code = 'enrolment-over';
  override readonly facts;

  constructor(status: EnrolmentStatus) {
    super(`Already ${status}`);
    this.facts = { status };
  }
}

/** Several changes of the same seats met; trying again decides. */
export class SeatContended extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'unavailable';

  constructor() {
    super('The seat changed hands while it was being taken');
  }
}
