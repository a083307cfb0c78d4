import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';

const TO_SEAT = `
  SELECT r.application_id AS id, r.n, a.person_id AS "personId", a.commune_code AS "communeCode",
         (SELECT e.session_id FROM enrolment e JOIN session s ON s.id = e.session_id
           WHERE e.person_id = a.person_id AND s.campaign_id = c.campaign_id AND e.status IN ('booked', 'offered', 'waiting')
           ORDER BY e.holds_seat DESC, lower(s.during) LIMIT 1) AS "sessionId"
    FROM selection_result r JOIN application a ON a.id = r.application_id JOIN call c ON c.id = r.call_id
   WHERE r.call_id = $1 AND r.outcome = 'selected' ORDER BY r.rank NULLS LAST, r.n`;
const LETTERS = `
  SELECT r.application_id AS id, p.language,
         (SELECT e.session_id FROM enrolment e JOIN session s ON s.id = e.session_id
           WHERE e.person_id = a.person_id AND s.campaign_id = c.campaign_id AND e.status = 'booked'
           ORDER BY lower(s.during) LIMIT 1) AS "sessionId"
    FROM selection_result r JOIN application a ON a.id = r.application_id JOIN call c ON c.id = r.call_id JOIN person p ON p.id = a.person_id
   WHERE r.call_id = $1`;

/** Somebody who is selected. */
export interface ToSeat {
  readonly id: string;
  readonly n: number;
  readonly personId: string;
  readonly communeCode: string | null;
  /** Of the campaign, where they have a seat, an offer or a place in the queue. */
  readonly sessionId: string | null;
}

/** What a letter needs besides the result. */
export interface LetterRow {
  readonly id: string;
  readonly language: 'ar' | 'fr' | 'en';
  /** Where they have a seat. */
  readonly sessionId: string | null;
}

/** Reads of results beside the seats of their people. */
@Injectable()
export class SeatingQuery {
  constructor(private readonly db: Database) {}

  /** The selected by their rank. */
  toSeat(callId: string): Promise<ToSeat[]> {
    return this.db.read('seating.toSeat', TO_SEAT, [callId]);
  }

  letters(callId: string): Promise<LetterRow[]> {
    return this.db.read('seating.letters', LETTERS, [callId]);
  }
}
