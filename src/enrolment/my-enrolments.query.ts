import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Position } from '../shared/paging/cursor.js';
import { SESSION_SELECT, type SessionRow } from '../tours/public.js';
import type { EnrolmentStatus } from './enrolment-status.js';

// The session's own columns come as tours lists them, so that both features show a session alike.
const ENROLMENT = `
  SELECT e.id AS "enrolmentId", e.person_id AS "personId", e.status AS "enrolmentStatus", e.enrolled_at AS "enrolledAt",
         e.offer_expires_at AS "offerExpiresAt", e.confirmed_at AS "confirmedAt", e.moved_from AS "movedFrom",
         EXISTS (SELECT 1 FROM enrolment n WHERE n.moved_from = e.id) AS "isMovedOn",
         (SELECT count(*)::int FROM enrolment w
           WHERE w.session_id = e.session_id AND w.status = 'waiting' AND w.waiting_no <= e.waiting_no) AS position,
         session.*
    FROM enrolment e
   CROSS JOIN LATERAL (${SESSION_SELECT} WHERE s.id = e.session_id) session`;

const PAGE = `${ENROLMENT}
   WHERE e.person_id = $1
     AND ($2::timestamptz IS NULL OR (e.enrolled_at, e.id) < ($2, $3::uuid))
   ORDER BY e.enrolled_at DESC, e.id DESC
   LIMIT $4`;

const ONE = `${ENROLMENT} WHERE e.person_id = $1 AND e.id = $2`;

const BY_IDS = `${ENROLMENT} WHERE e.id = ANY($1::uuid[]) ORDER BY e.id`;

/** One enrolment of a person, with all that is shown of its session. */
export interface EnrolmentWithSession extends SessionRow {
  enrolmentId: string;
  personId: string;
  enrolmentStatus: EnrolmentStatus;
  enrolledAt: Date;
  offerExpiresAt: Date | null;
  /** When they said that they will come. */
  confirmedAt: Date | null;
  /** Their seat in another session that became this one. */
  movedFrom: string | null;
  /** It became a seat in another session. */
  isMovedOn: boolean;
  /** Rank now among those who wait, from 1; means something only while waiting. */
  position: number;
}

/** Enrolments with their sessions: one round trip for a page of them. */
@Injectable()
export class MyEnrolmentsQuery {
  constructor(private readonly db: Database) {}

  /** A person's own, newest first; one more than `limit`. Index: enrolment_person_id_idx. */
  async page(personId: string, after: Position | undefined, limit: number): Promise<EnrolmentWithSession[]> {
    const values = [personId, after?.at ?? null, after?.id ?? null, limit + 1];
    return this.db.read('enrolment.mine', PAGE, values);
  }

  /** One of the person's own; undefined for anybody else's. */
  async one(personId: string, id: string): Promise<EnrolmentWithSession | undefined> {
    return this.db.readOne('enrolment.mineOne', ONE, [personId, id]);
  }

  /** Anybody's, for the messages about them. */
  async byIds(ids: readonly string[]): Promise<EnrolmentWithSession[]> {
    return this.db.read('enrolment.byIds', BY_IDS, [ids]);
  }
}
