import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { Mark } from './presence.js';

const PEOPLE = `
  SELECT DISTINCT ON (e.person_id) e.id AS "enrolmentId", e.person_id AS "personId", e.status, e.at_door AS "atDoor",
         nullif(concat_ws(' ', p.given_fr, p.family_fr), '') AS "nameFr",
         nullif(concat_ws(' ', p.given_ar, p.family_ar), '') AS "nameAr",
         (SELECT coalesce(json_object_agg(q.unit_id, json_build_object('mark', q.state, 'minutes', q.minutes, 'afterClose', q.after_close)), '{}')
            FROM presence q WHERE q.session_id = e.session_id AND q.person_id = e.person_id) AS presence,
         EXISTS (SELECT 1 FROM attendance_event v
                  WHERE v.enrolment_id = e.id AND v.body -> 'idSeen' = 'true') AS "idSeen"
    FROM enrolment e
    JOIN person p ON p.id = e.person_id
   WHERE e.session_id = $1
     AND (e.status IN ('booked', 'offered', 'waiting')
          OR EXISTS (SELECT 1 FROM presence q WHERE q.session_id = e.session_id AND q.person_id = e.person_id))
   ORDER BY e.person_id, e.status = 'booked' DESC, e.enrolled_at DESC, e.id`;
// What a person reads is sorted by the rules of their script; whoever has no name in it follows.
const BY_FR = `
  WITH people AS (${PEOPLE})
  SELECT "enrolmentId", "personId", status, "atDoor", "nameFr", "nameAr", presence, "idSeen" FROM people
   ORDER BY "nameFr" COLLATE "fr-x-icu" NULLS LAST, "nameAr" COLLATE "ar-x-icu", "enrolmentId"`;
const BY_AR = `
  WITH people AS (${PEOPLE})
  SELECT "enrolmentId", "personId", status, "atDoor", "nameFr", "nameAr", presence, "idSeen" FROM people
   ORDER BY "nameAr" COLLATE "ar-x-icu" NULLS LAST, "nameFr" COLLATE "fr-x-icu", "enrolmentId"`;

/** One person of a session's list: names, and what is known of their presence by unit id. */
export interface RosterRow {
  enrolmentId: string;
  personId: string;
  status: string;
  /** The seat was taken at the door. */
  atDoor: boolean;
  nameFr: string | null;
  nameAr: string | null;
  presence: Record<string, { mark: Mark; minutes: number; afterClose: boolean }>;
  /** Somebody looked at the identity card; its number is never kept. */
  idSeen: boolean;
}

/** The people of a session: who has or waits for a seat, and whoever came without one. */
@Injectable()
export class RosterQuery {
  constructor(private readonly db: Database) {}

  async of(sessionId: string, locale: Locale): Promise<RosterRow[]> {
    return locale === 'ar'
      ? this.db.read('attendance.rosterAr', BY_AR, [sessionId])
      : this.db.read('attendance.rosterFr', BY_FR, [sessionId]);
  }
}
