import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import type { Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type DomainError, NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import type { Booking } from './enrolment-status.js';
import { isLive } from './enrolment-status.js';
import {
  EnrolmentOver,
  NoOffer,
  OfferExpired,
  OverlappingSeat,
  SessionPostponed,
  SessionStarted,
} from './enrolment.errors.js';
import { mayHandle } from './enrolment.policy.js';
import { mayTakeFree } from './offer-deadline.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { type EnrolmentRow, type LockedSession, SeatQuery } from './seat.query.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';

/** Whoever opened the link of an SMS that asks: the person of the seat, for this seat only. */
export interface LinkHolder {
  kind: 'link';
  personId: string;
}
type Changer = Actor | LinkHolder;

type Verb = 'cancel' | 'accept' | 'decline';

/** A change of one seat, while its session's row and its own are held. */
interface Change {
  session: LockedSession;
  row: EnrolmentRow;
  now: Date;
}

/** What people do with a seat they have, are offered, or wait for. Doing the same twice changes nothing more. */
@Injectable()
export class SeatChangeService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly seats: SeatQuery,
    private readonly promotion: SeatPromotionService,
    private readonly receipts: SeatReceiptBell,
  ) {}

  /** Gives the seat, the offer or the place in the queue back; the next in the queue is offered what was freed. */
  async cancel(actor: Changer, id: string): Promise<Booking> {
    return this.change(actor, id, 'cancel', (change) => this.cancelHeld(change));
  }

  /** Says yes to an offer; close to the start also takes a free seat from the queue, first come, first served. */
  async accept(actor: Changer, id: string): Promise<Booking> {
    return this.change(actor, id, 'accept', (change) => this.acceptHeld(change));
  }

  /** Says no to an offer, which passes to the next. */
  async decline(actor: Changer, id: string): Promise<Booking> {
    return this.change(actor, id, 'decline', (change) => this.declineHeld(change));
  }

  private async change(
    actor: Changer,
    id: string,
    verb: Verb,
    work: (change: Change) => Promise<DomainError | void>,
  ): Promise<Booking> {
    const found = isUuid(id) ? await this.seats.find(id) : undefined;
    if (!found || !mayChange(actor, found)) throw new NotFound('enrolment');
    const outcome = await this.db.transaction(async () => {
      const session = await this.seats.lockSession(found.sessionId);
      const row = await this.seats.lockEnrolment(id);
      if (!session || !row) throw new NotFound('enrolment');
      const refusal = await work({ session, row, now: this.clock.now() });
      if (refusal) return refusal;
      const booking = await this.bookingOf(id);
      if (actor.kind === 'staff' && booking.status !== row.status)
        await this.record(actor, verb, row, session);
      return booking;
    });
    // A refusal comes back as a value: what it changed on the way (a late answer ends its offer) stands.
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  private async cancelHeld({ session, row, now }: Change): Promise<DomainError | void> {
    if (row.status === 'cancelled') return;
    if (!isLive(row.status)) return new EnrolmentOver(row.status);
    if (session.startsAt && session.startsAt <= now) return new SessionStarted(session.startsAt);
    await this.release(session, row, 'cancelled', now);
  }

  private async declineHeld({ session, row, now }: Change): Promise<DomainError | void> {
    if (row.status === 'declined') return;
    if (row.status !== 'offered') return new NoOffer(await this.bookingOf(row.id));
    await this.release(session, row, 'declined', now);
  }

  private async acceptHeld(change: Change): Promise<DomainError | void> {
    const { session, row, now } = change;
    if (row.status === 'booked') return;
    if (session.status === 'postponed') return new SessionPostponed();
    if (row.status === 'waiting') return this.takeFree(change);
    if (row.status === 'expired' && row.offerExpiresAt) return new OfferExpired(row.offerExpiresAt);
    if (row.status !== 'offered') return new NoOffer(await this.bookingOf(row.id));
    if (row.offerExpiresAt && row.offerExpiresAt <= now) {
      await this.release(session, row, 'expired', now);
      return new OfferExpired(row.offerExpiresAt);
    }
    await this.book(change, { offered: -1 });
  }

  /** When it is too late for offers, a seat that is free goes to the first of the queue who asks. */
  private async takeFree(change: Change): Promise<DomainError | void> {
    const { session, row, now } = change;
    const { startsAt, zone } = session;
    const isLate = startsAt !== null && zone !== null && mayTakeFree(now, startsAt, zone);
    if (!isLate || session.status !== 'planned' || session.seatsLeft === 0)
      return new NoOffer(await this.bookingOf(row.id));
    await this.seats.lockPersons([row.personId]);
    const other = await this.seats.sitsElsewhere(row.personId, session.during);
    if (other) return new OverlappingSeat(other);
    await this.book(change, { waiting: -1 });
  }

  private async book(
    { session, row, now }: Change,
    left: { offered?: number; waiting?: number },
  ): Promise<void> {
    await this.seats.setStatus(row.id, 'booked', now);
    await this.seats.count(session.id, { booked: 1, ...left });
    await this.seats.setBooked(row.personId, session.id, true);
    this.receipts.ring();
  }

  private async release(
    session: LockedSession,
    row: EnrolmentRow,
    to: 'cancelled' | 'declined' | 'expired',
    now: Date,
  ): Promise<void> {
    const from = row.status as 'booked' | 'offered' | 'waiting';
    await this.seats.setStatus(row.id, to, now);
    await this.seats.count(session.id, { [from]: -1 });
    if (from === 'booked') await this.seats.setBooked(row.personId, session.id, false);
    this.receipts.ring();
    if (from !== 'waiting') await this.promotion.promote(session.id);
  }

  private async bookingOf(id: string): Promise<Booking> {
    const row = await this.seats.lockEnrolment(id);
    if (!row) throw new NotFound('enrolment');
    const position = row.status === 'waiting' ? { position: await this.seats.positionOf(id) } : {};
    return { id, status: row.status, ...position };
  }

  private async record(actor: Actor, verb: Verb, row: EnrolmentRow, session: LockedSession): Promise<void> {
    await this.audit.record(actor, {
      action: `enrolment.${verb}`,
      subjectKind: 'enrolment',
      subjectId: row.id,
      organisationId: session.organisationId,
      facts: { sessionId: session.id, personId: row.personId, from: row.status },
    });
  }
}

function mayChange(actor: Changer, seat: CampaignScope & { personId: string }): boolean {
  return actor.kind === 'link' ? actor.personId === seat.personId : mayHandle(actor, seat.personId, seat);
}
