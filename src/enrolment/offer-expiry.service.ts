import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { SeatPromotionService } from './seat-promotion.service.js';
import { SeatQuery } from './seat.query.js';
import { SeatReceiptBell } from './seat-receipt.bell.js';

const DUE = `
  SELECT DISTINCT e.session_id AS "sessionId"
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
   WHERE e.status = 'offered' AND e.offer_expires_at <= $1 AND s.status <> 'postponed'
   ORDER BY e.session_id`;

const EXPIRE = `
  UPDATE enrolment SET status = 'expired', status_at = $2, untold = 'status'
   WHERE session_id = $1 AND status = 'offered' AND offer_expires_at <= $2`;

/** Ends offers that nobody answered in time, and passes each seat on; those of a postponed session wait with it. */
@Injectable()
export class OfferExpiryService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly seats: SeatQuery,
    private readonly promotion: SeatPromotionService,
    private readonly receipts: SeatReceiptBell,
  ) {}

  /** Safe to repeat and to run twice at once. @returns the number of offers that ended */
  async expireDue(): Promise<number> {
    let ended = 0;
    for (const { sessionId } of await this.db.read<{ sessionId: string }>('enrolment.dueOffers', DUE, [
      this.clock.now(),
    ])) {
      ended += await this.db.transaction(() => this.expireIn(sessionId));
    }
    return ended;
  }

  private async expireIn(sessionId: string): Promise<number> {
    const session = await this.seats.lockSession(sessionId);
    if (!session || session.status === 'postponed') return 0;
    const ended = await this.db.write('enrolment.expire', EXPIRE, [sessionId, this.clock.now()]);
    if (ended === 0) return 0;
    await this.seats.count(sessionId, { offered: -ended });
    this.receipts.ring();
    await this.promotion.promote(sessionId);
    return ended;
  }
}
