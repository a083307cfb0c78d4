import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';

/*
 * One statement takes a seat: it locks the session's row and then the person's, counts, and writes the enrolment and
 * its participation. The session's row is held for as long as this statement and its COMMIT, and for nothing else.
 * The row of the person makes two requests of one person follow each other; without it, two overlapping sessions would
 * meet in a deadlock, since an exclusion constraint lets both rows in before it compares them.
 * All counters are written as values of the locked row, also those that stay: an UPDATE first tries the row as it was
 * when the statement began, and a CHECK would refuse a step from there, or a sum of old and new, although the row of now
 * has room (tested).
 * After the wait for the lock PostgreSQL reads the newest session row again, but other tables as they were when the
 * statement began: the unique index and the exclusion constraint decide what the NOT EXISTS could not see.
 */
const TAKE = `
  WITH seat AS MATERIALIZED (
    SELECT s.id, s.organisation_id, s.campaign_id, s.course_id, s.during, st.city_slug,
           s.booked + s.offered + s.held < s.seats AS free,
           s.booked, s.offered, s.held, s.waiting, s.last_waiting_no, s.capacity, s.seats_ceiling,
           p.id AS person_id, p.gender, p.birth_year, p.commune_code, p.category, p.sector
      FROM session s
      JOIN campaign c ON c.id = s.campaign_id
      JOIN stop st ON st.id = s.stop_id
      JOIN person p ON p.id = $2
     WHERE s.id = $1
       AND s.status = 'planned'
       AND lower(s.during) > $5
       AND c.archived_at IS NULL
       AND c.enrolment_opens_at <= $5
       AND (c.enrolment_closes_at IS NULL OR c.enrolment_closes_at > $5)
       AND p.status = 'active'
       AND EXISTS (SELECT 1 FROM consent k
                    WHERE k.person_id = p.id AND k.purpose = 'training'
                      AND k.withdrawn_at IS NULL AND k.in_force_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.person_id = p.id AND e.session_id = s.id AND e.status IN ('booked', 'offered', 'waiting'))
       AND NOT EXISTS (SELECT 1 FROM enrolment e
                        WHERE e.person_id = p.id AND e.holds_seat AND e.during && s.during)
       FOR NO KEY UPDATE OF s, p
  ), counted AS (
    UPDATE session s
       SET booked = seat.booked + seat.free::int,
           offered = seat.offered,
           held = seat.held,
           waiting = seat.waiting + (NOT seat.free)::int,
           last_waiting_no = seat.last_waiting_no + (NOT seat.free)::int,
           capacity = seat.capacity,
           seats_ceiling = seat.seats_ceiling
      FROM seat
     WHERE s.id = seat.id
    RETURNING s.waiting, s.last_waiting_no
  ), taken AS (
    INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, waiting_no, gender, birth_year,
                           commune_code, category, sector, enrolled_by, enrolled_at, status_at, untold)
    SELECT $3, seat.organisation_id, seat.id, seat.person_id, seat.during,
           CASE WHEN seat.free THEN 'booked' ELSE 'waiting' END,
           CASE WHEN NOT seat.free THEN counted.last_waiting_no END,
           seat.gender, seat.birth_year, seat.commune_code, seat.category, seat.sector, $4::uuid, $5, $5, 'status'
      FROM seat, counted
  ), counts AS (
    INSERT INTO participation AS t (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender,
                                    birth_year, commune_code, category, sector, booked)
    SELECT seat.person_id, seat.id, seat.campaign_id, seat.organisation_id, seat.course_id, seat.city_slug, seat.gender,
           seat.birth_year, seat.commune_code, seat.category, seat.sector, seat.free
      FROM seat
    ON CONFLICT (person_id, session_id) DO UPDATE
       SET gender = excluded.gender, birth_year = excluded.birth_year, commune_code = excluded.commune_code,
           category = excluded.category, sector = excluded.sector, booked = excluded.booked
  )
  SELECT seat.free, counted.waiting FROM seat, counted`;

const WHY_NOT = `
  SELECT s.status, lower(s.during) AS "startsAt", c.enrolment_opens_at AS "opensAt", c.enrolment_closes_at AS "closesAt",
         c.archived_at IS NOT NULL AS "isArchived",
         p.status AS "personStatus",
         EXISTS (SELECT 1 FROM consent k
                  WHERE k.person_id = p.id AND k.purpose = 'training'
                    AND k.withdrawn_at IS NULL AND k.in_force_at IS NOT NULL) AS "hasConsent",
         mine.id AS "mineId", mine.status AS "mineStatus",
         (SELECT count(*)::int FROM enrolment w
           WHERE w.session_id = mine.session_id AND w.status = 'waiting' AND w.waiting_no <= mine.waiting_no) AS "minePosition",
         other.id AS "otherId", other.city_slug AS "otherCity", other.local_date AS "otherDate", other.local_start AS "otherStart"
    FROM session s
    JOIN campaign c ON c.id = s.campaign_id
    JOIN person p ON p.id = $2
    LEFT JOIN enrolment mine
           ON mine.session_id = s.id AND mine.person_id = p.id AND mine.status IN ('booked', 'offered', 'waiting')
    LEFT JOIN LATERAL (
           SELECT o.id, st.city_slug, u.local_date, to_char(u.local_start, 'HH24:MI') AS local_start
             FROM enrolment e
             JOIN session o ON o.id = e.session_id
             JOIN stop st ON st.id = o.stop_id
             JOIN unit u ON u.session_id = o.id
            WHERE e.person_id = p.id AND e.holds_seat AND e.during && s.during AND e.session_id <> s.id
            ORDER BY u.n
            LIMIT 1) other ON true
   WHERE s.id = $1`;

const SCOPE = `
  SELECT id AS "sessionId", organisation_id AS "organisationId", campaign_id AS "campaignId" FROM session WHERE id = $1`;

/** Who asks for which seat, when. */
export interface SeatRequest {
  sessionId: string;
  personId: string;
  enrolmentId: string;
  /** Account of the desk that asks for the person; null when the person asks. */
  enrolledBy: string | null;
  /** Organisation of the session, for the audit log of the desk. */
  organisationId?: string;
  now: Date;
}

/** Everything that may stand between a person and a seat. */
export interface WhyNot {
  status: 'planned' | 'postponed' | 'closed' | 'cancelled';
  startsAt: Date | null;
  opensAt: Date | null;
  closesAt: Date | null;
  isArchived: boolean;
  personStatus: 'pending' | 'active' | 'nominated';
  hasConsent: boolean;
  mineId: string | null;
  mineStatus: 'booked' | 'offered' | 'waiting' | null;
  minePosition: number;
  otherId: string | null;
  otherCity: string;
  otherDate: string;
  otherStart: string;
}

/** The statements behind taking a seat. */
@Injectable()
export class TakeSeatQuery {
  constructor(private readonly db: Database) {}

  /** Takes a seat, or the next place in the queue. @returns undefined when something stands in the way */
  async take(request: SeatRequest): Promise<{ free: boolean; waiting: number } | undefined> {
    const { sessionId, personId, enrolmentId, enrolledBy, now } = request;
    return this.db.readOne('enrolment.take', TAKE, [sessionId, personId, enrolmentId, enrolledBy, now]);
  }

  /** @returns undefined when there is no such session or no such person */
  async whyNot(sessionId: string, personId: string): Promise<WhyNot | undefined> {
    return this.db.readOne('enrolment.whyNot', WHY_NOT, [sessionId, personId]);
  }

  async scopeOf(
    sessionId: string,
  ): Promise<{ sessionId: string; organisationId: string; campaignId: string } | undefined> {
    return this.db.readOne('enrolment.scopeOfSession', SCOPE, [sessionId]);
  }
}
