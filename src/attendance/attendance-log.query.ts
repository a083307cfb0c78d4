import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Flag, Review, ReviewFacts } from './attendance-event.js';
import type { Mark } from './presence.js';

const WHO = `
         coalesce(nullif(concat_ws(' ', p.given_fr, p.family_fr), ''), nullif(concat_ws(' ', p.given_ar, p.family_ar), '')) AS "nameFr",
         coalesce(nullif(concat_ws(' ', p.given_ar, p.family_ar), ''), nullif(concat_ws(' ', p.given_fr, p.family_fr), '')) AS "nameAr",
         a.name AS "recordedBy", u.n AS unit`;
const CORRECTIONS = `
  SELECT e.id, e.happened_at AS at, e.mark, left(e.body ->> 'reason', 500) AS reason, e.after_close AS "afterClose", ${WHO}
    FROM attendance_event e
    JOIN person p ON p.id = e.person_id
    JOIN unit u ON u.id = e.unit_id
    LEFT JOIN account a ON a.id = e.recorded_by
   WHERE e.session_id = $1 AND e.correction AND e.interpreted_at IS NOT NULL AND e.review IS NULL
   ORDER BY e.happened_at DESC, e.id DESC
   LIMIT 500`;
const TO_REVIEW = `
  SELECT e.id, e.received_at AS at, e.review, e.flag, e.review_facts AS facts,
         left(CASE jsonb_typeof(e.body -> 'walkIn' -> 'name')
                WHEN 'string' THEN e.body -> 'walkIn' ->> 'name'
                WHEN 'object' THEN concat_ws(' ', e.body #>> '{walkIn,name,given}', e.body #>> '{walkIn,name,family}')
              END, 200) AS "walkIn",
         ${WHO}
    FROM attendance_event e
    LEFT JOIN person p ON p.id = e.person_id
    LEFT JOIN unit u ON u.id = e.unit_id
    LEFT JOIN account a ON a.id = e.recorded_by
   WHERE e.session_id = $1 AND (e.review IS NOT NULL OR e.flag IS NOT NULL)
   ORDER BY e.received_at DESC, e.id DESC
   LIMIT 500`;

interface About {
  id: string;
  at: Date;
  nameFr: string | null;
  nameAr: string | null;
  /** Whoever was signed in on the device. */
  recordedBy: string | null;
  /** Number of the half-day; null when the event names none. */
  unit: number | null;
}

/** A correction that counts, on the server's clock. */
export interface CorrectionRow extends About {
  mark: Mark;
  reason: string | null;
  afterClose: boolean;
}

/** An event that somebody should look at, by when it came. */
export interface ReviewRow extends About {
  review: Review | null;
  flag: Flag | null;
  facts: ReviewFacts | null;
  /** Name of somebody who came without enrolling. */
  walkIn: string | null;
}

/** What was corrected in a session, and what waits for a decision; the newest 500 of each. */
@Injectable()
export class AttendanceLogQuery {
  constructor(private readonly db: Database) {}

  async corrections(sessionId: string): Promise<CorrectionRow[]> {
    return this.db.read('attendance.corrections', CORRECTIONS, [sessionId]);
  }

  async toReview(sessionId: string): Promise<ReviewRow[]> {
    return this.db.read('attendance.toReview', TO_REVIEW, [sessionId]);
  }
}
