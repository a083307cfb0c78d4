import { Injectable } from '@nestjs/common';
import { PersonNotPicked, RoleNotAllowed } from '../shared/access/access.errors.js';
import type { Actor, StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { isRetryable, violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import type { Booking } from './enrolment-status.js';
import { SeatContended } from './enrolment.errors.js';
import { handlesSeats } from './enrolment.policy.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';
import { SeatLane } from './seat-lane.js';
import { refusalOf } from './seat-refusal.js';
import { type SeatRequest, TakeSeatQuery } from './take-seat.query.js';

/** What the database refuses when two requests of one person meet; the reason is then read and told. */
const MET = ['enrolment_session_id_person_id_live_key', 'enrolment_one_place_at_a_time'] as const;
const ATTEMPTS = 3;

type Whom = Pick<SeatRequest, 'personId' | 'enrolledBy' | 'organisationId'>;

/** Enrols people: a seat while there is one, else the next place in the queue. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly seats: TakeSeatQuery,
    private readonly receipts: SeatReceiptBell,
    private readonly lane: SeatLane,
  ) {}

  /**
   * Enrols the actor's own person, or for the desk the person given.
   *
   * @throws NotFound, AlreadyEnrolled, OverlappingSeat and the other refusals of `seat-refusal.ts`
   */
  async enrol(actor: Actor, sessionId: string, personId?: string): Promise<Booking> {
    if (!isUuid(sessionId)) throw new NotFound('session');
    const request = {
      ...(await this.whom(actor, sessionId, personId)),
      sessionId,
      enrolmentId: newId(),
      now: this.clock.now(),
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const booking = await this.lane.run(sessionId, () => this.take(actor, request));
      if (booking) return booking;
      const facts = await this.seats.whyNot(sessionId, request.personId);
      const refusal = facts ? refusalOf(facts, request.now) : new NotFound('session or person');
      if (refusal) throw refusal;
      // What stood in the way is gone again: the other request was cancelled in between.
    }
    throw new SeatContended();
  }

  /** @returns undefined when something stands in the way, or stood there a moment ago */
  private async take(actor: Actor, request: SeatRequest): Promise<Booking | undefined> {
    try {
      // One's own seat is one statement, hence one transaction; the desk's comes with its line in the audit log.
      if (actor.kind === 'phone') return await this.seat(request);
      return await this.db.transaction(() => this.seatByDesk(actor, request));
    } catch (error) {
      if (isRetryable(error) || MET.some((constraint) => violates(error, constraint))) return undefined;
      throw error;
    }
  }

  private async seat(request: SeatRequest): Promise<Booking | undefined> {
    const seat = await this.seats.take(request);
    if (!seat) return undefined;
    this.receipts.ring();
    const { enrolmentId: id } = request;
    return seat.free ? { id, status: 'booked' } : { id, status: 'waiting', position: seat.waiting };
  }

  private async seatByDesk(actor: StaffActor, request: SeatRequest): Promise<Booking | undefined> {
    const booking = await this.seat(request);
    if (!booking) return undefined;
    await this.audit.record(actor, {
      action: 'enrolment.enrol',
      subjectKind: 'enrolment',
      subjectId: booking.id,
      organisationId: request.organisationId,
      facts: { sessionId: request.sessionId, personId: request.personId, status: booking.status },
    });
    return booking;
  }

  /** Whose seat it is, and which desk asks for it. */
  private async whom(actor: Actor, sessionId: string, personId: string | undefined): Promise<Whom> {
    if (actor.kind === 'phone') {
      if (!actor.person) throw new PersonNotPicked();
      if (personId !== undefined && personId !== actor.person.id) throw new NotFound('person');
      return { personId: actor.person.id, enrolledBy: null };
    }
    const scope = await this.seats.scopeOf(sessionId);
    if (!scope) throw new NotFound('session');
    if (!handlesSeats(actor, scope)) throw new RoleNotAllowed();
    if (personId === undefined) throw new InvalidFields([{ pointer: '/personId', code: 'required' }]);
    return { personId, enrolledBy: actor.accountId, organisationId: scope.organisationId };
  }
}
