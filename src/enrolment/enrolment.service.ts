import { Injectable } from '@nestjs/common';
import { PersonNotPicked, RoleNotAllowed } from '../shared/access/access.errors.js';
import { type Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import type { Booking } from './enrolment-status.js';
import { SeatContended } from './enrolment.errors.js';
import { handlesSeats } from './enrolment.policy.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';
import { refusalOf } from './seat-refusal.js';
import { type SeatRequest, TakeSeatQuery } from './take-seat.query.js';

/** What the database refuses when two requests of one person meet; the reason is then read and told. */
const MET = ['enrolment_session_id_person_id_live_key', 'enrolment_one_place_at_a_time'] as const;
const ATTEMPTS = 3;

/** Enrols people: a seat while there is one, else the next place in the queue. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly seats: TakeSeatQuery,
    private readonly receipts: SeatReceiptBell,
  ) {}

  /**
   * Enrols the actor's own person, or for the desk the person given.
   *
   * @throws NotFound, AlreadyEnrolled, OverlappingSeat and the other refusals of `seat-refusal.ts`
   */
  async enrol(actor: Actor, sessionId: string, personId?: string): Promise<Booking> {
    if (!isUuid(sessionId)) throw new NotFound('session');
    const request = {
      sessionId,
      personId: await this.personFor(actor, sessionId, personId),
      enrolmentId: newId(),
      enrolledBy: actor.kind === 'staff' ? actor.accountId : null,
      now: this.clock.now(),
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const booking = await this.take(actor, request);
      if (booking) return booking;
      const facts = await this.seats.whyNot(sessionId, request.personId);
      const refusal = facts ? refusalOf(facts, request.now) : new NotFound('session or person');
      if (refusal) throw refusal;
      // What stood in the way is gone again: the other request was cancelled in between.
    }
    throw new SeatContended();
  }

  private async take(actor: Actor, request: SeatRequest): Promise<Booking | undefined> {
    try {
      return await this.db.transaction(async () => {
        const seat = await this.seats.take(request);
        if (!seat) return undefined;
        const booking: Booking = seat.free
          ? { id: request.enrolmentId, status: 'booked' }
          : { id: request.enrolmentId, status: 'waiting', position: seat.waiting };
        if (actor.kind === 'staff') await this.record(actor, request, booking, seat.organisationId);
        this.receipts.ring();
        return booking;
      });
    } catch (error) {
      if (MET.some((constraint) => violates(error, constraint))) return undefined;
      throw error;
    }
  }

  private async personFor(actor: Actor, sessionId: string, personId: string | undefined): Promise<string> {
    if (actor.kind === 'phone') {
      if (!actor.person) throw new PersonNotPicked();
      if (personId !== undefined && personId !== actor.person.id) throw new NotFound('person');
      return actor.person.id;
    }
    const scope = await this.seats.scopeOf(sessionId);
    if (!scope) throw new NotFound('session');
    if (!handlesSeats(actor, scope)) throw new RoleNotAllowed();
    if (personId === undefined) throw new InvalidFields([{ pointer: '/personId', code: 'required' }]);
    return personId;
  }

  private async record(
    actor: Actor,
    request: SeatRequest,
    booking: Booking,
    organisationId: string,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: 'enrolment.enrol',
      subjectKind: 'enrolment',
      subjectId: booking.id,
      organisationId,
      facts: { sessionId: request.sessionId, personId: request.personId, status: booking.status },
    });
  }
}
