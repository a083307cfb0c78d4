import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Position } from '../shared/paging/cursor.js';
import type { EnrolmentStatus } from './enrolment-status.js';
import type { Untold } from './seat-receipt.text.js';

const LIVE = `
  SELECT e.id AS "enrolmentId", e.person_id AS "personId", e.status AS "enrolmentStatus", e.enrolled_at AS "enrolledAt",
         e.offer_expires_at AS "offerExpiresAt", e.untold,
         (rank() OVER (PARTITION BY e.status ORDER BY e.waiting_no))::int AS position
    FROM enrolment e
   WHERE e.session_id = $1 AND e.status IN ('booked', 'offered', 'waiting')
   ORDER BY e.id`;

// Who had a seat when the session was called off keeps it in history: the same three.
const PAGE = `
  SELECT e.id AS "enrolmentId", e.person_id AS "personId", e.status AS "enrolmentStatus", e.enrolled_at AS "enrolledAt",
         e.confirmed_at AS "confirmedAt",
         EXISTS (SELECT 1 FROM personal_link l WHERE l.enrolment_id = e.id AND l.purpose = 'coming') AS "isAsked"
    FROM enrolment e
   WHERE e.session_id = $1 AND e.status IN ('booked', 'offered', 'waiting')
     AND ($2::timestamptz IS NULL OR (e.enrolled_at, e.id) > ($2, $3::uuid))
   ORDER BY e.enrolled_at, e.id
   LIMIT $4`;

/** A seat, an offer or a place in the queue, with what its person does not know yet. */
export interface LiveSeat {
  enrolmentId: string;
  personId: string;
  enrolmentStatus: EnrolmentStatus;
  enrolledAt: Date;
  offerExpiresAt: Date | null;
  untold: Untold | null;
  /** Rank among those who wait, from 1; means something only while waiting. */
  position: number;
}

/** One of those people on a page of them. */
export interface ConcernedSeat extends Pick<
  LiveSeat,
  'enrolmentId' | 'personId' | 'enrolmentStatus' | 'enrolledAt'
> {
  /** When they said that they will come. */
  confirmedAt: Date | null;
  /** They were asked whether they come. */
  isAsked: boolean;
}

/** Everybody whom a change of a session concerns. */
@Injectable()
export class ToldQuery {
  constructor(private readonly db: Database) {}

  /** All at once: no session has more than some thousands. Index: enrolment_session_id_person_id_live_key. */
  live(sessionId: string): Promise<LiveSeat[]> {
    return this.db.read('enrolment.live', LIVE, [sessionId]);
  }

  /** The same people in the order in which they enrolled; one more than `limit`. */
  page(sessionId: string, after: Position | undefined, limit: number): Promise<ConcernedSeat[]> {
    return this.db.read('enrolment.concerned', PAGE, [
      sessionId,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ]);
  }
}
