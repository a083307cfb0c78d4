import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import { EXPIRE_OFFERS } from './job-kinds.js';
import { offerDeadline } from './offer-deadline.js';
import { type LockedSession, SeatQuery } from './seat.query.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';

const NEXT = `
  SELECT e.id, e.person_id AS "personId"
    FROM enrolment e
   WHERE e.session_id = $1
     AND e.status = 'waiting'
     AND NOT EXISTS (SELECT 1 FROM enrolment o
                      WHERE o.person_id = e.person_id AND o.holds_seat AND o.during && $2::tstzmultirange)
   ORDER BY e.waiting_no
   LIMIT $3`;

const OFFER = `
  UPDATE enrolment e
     SET status = 'offered', status_at = $3, offer_expires_at = $4, untold = 'status'
   WHERE e.id = ANY($1::uuid[])
     AND e.status = 'waiting'
     AND NOT EXISTS (SELECT 1 FROM enrolment o
                      WHERE o.person_id = e.person_id AND o.holds_seat AND o.during && $2::tstzmultirange)`;

const IDLE = `
  SELECT id FROM session
   WHERE status = 'planned' AND waiting > 0 AND booked + offered + held < seats AND lower(during) > $1
   ORDER BY id`;

// While a session has no date its offers do not end: they are made anew when it has one.
const RENEW = `
  UPDATE enrolment SET offer_expires_at = $3, status_at = $2, untold = 'status'
   WHERE session_id = $1 AND status = 'offered' AND offer_expires_at <= $2`;

/** Gives free seats to those who wait: an offer each, in the order of the queue. */
@Injectable()
export class SeatPromotionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly seats: SeatQuery,
    private readonly jobs: JobQueue,
    private readonly receipts: SeatReceiptBell,
  ) {}

  /**
   * Offers every free seat of a session, at once. Joins the transaction that is open, so that a raised capacity and
   * its offers are one.
   *
   * @returns the number of offers made
   */
  async promote(sessionId: string): Promise<number> {
    return this.db.transaction(async () => {
      const session = await this.seats.lockSession(sessionId);
      return session ? this.fill(session) : 0;
    });
  }

  /** Looks for free seats that nobody was offered: the person was busy then, or the night was too short. */
  async promoteIdle(): Promise<number> {
    let offers = 0;
    for (const { id } of await this.db.read<{ id: string }>('enrolment.idle', IDLE, [this.clock.now()])) {
      offers += await this.promote(id);
    }
    return offers;
  }

  /** The same for a session whose row this transaction holds already; its `seatsLeft` must be of now. */
  async fill(session: LockedSession): Promise<number> {
    const now = this.clock.now();
    const { startsAt, zone } = session;
    if (session.status !== 'planned' || !startsAt || !zone) return 0;
    const deadline = offerDeadline(now, startsAt, zone);
    if (!deadline) return 0;
    let left = session.seatsLeft;
    while (left > 0) {
      const next = await this.db.read<{ id: string; personId: string }>('enrolment.next', NEXT, [
        session.id,
        session.during,
        left,
      ]);
      if (next.length === 0) break;
      // Their persons first, then a second look: whoever takes a seat elsewhere holds that row too, so none can slip in between.
      await this.seats.lockPersons(next.map(({ personId }) => personId));
      const ids = next.map(({ id }) => id);
      left -= await this.db.write('enrolment.offer', OFFER, [ids, session.during, now, deadline]);
    }
    const offers = session.seatsLeft - left;
    if (offers > 0) await this.announce(session.id, offers, deadline);
    return offers;
  }

  /** Offers that ended while the session was postponed get their time again, and are told with the new day. */
  async renewOffers(sessionId: string): Promise<void> {
    const now = this.clock.now();
    const session = await this.seats.lockSession(sessionId);
    const { startsAt, zone } = session ?? {};
    const deadline = startsAt && zone ? offerDeadline(now, startsAt, zone) : undefined;
    if (!deadline) return;
    const renewed = await this.db.write('enrolment.renewOffers', RENEW, [sessionId, now, deadline]);
    if (renewed > 0) await this.expireAt(sessionId, deadline);
  }

  private async announce(sessionId: string, offers: number, deadline: Date): Promise<void> {
    await this.seats.count(sessionId, { offered: offers, waiting: -offers });
    await this.expireAt(sessionId, deadline);
    this.receipts.ring();
  }

  private async expireAt(sessionId: string, deadline: Date): Promise<void> {
    await this.jobs.enqueue({
      kind: EXPIRE_OFFERS,
      dedupeKey: `${sessionId}:${deadline.getTime()}`,
      runAfter: deadline,
    });
  }
}
