import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import { newId } from '../../shared/new-id.js';
import type { Candidate, Live, MoveLine } from './seat-move.plan.js';

const LIVE = `('booked', 'offered', 'waiting')`;

const PERSONS = `
  SELECT DISTINCT person_id AS "personId" FROM enrolment
   WHERE session_id = $1 AND status = ANY($2::text[]) AND ($3::uuid[] IS NULL OR id = ANY($3))`;

const CANDIDATES = `
  SELECT e.id AS "enrolmentId", e.person_id AS "personId", e.status AS "from",
         EXISTS (SELECT 1 FROM enrolment n
                  WHERE n.session_id = $4 AND n.person_id = e.person_id AND n.status IN ${LIVE}) AS "isThere",
         EXISTS (SELECT 1 FROM enrolment o
                  WHERE o.person_id = e.person_id AND o.holds_seat AND o.session_id <> $1
                    AND o.during && $5::tstzmultirange) AS "isElsewhere"
    FROM enrolment e
   WHERE e.session_id = $1 AND e.status = ANY($2::text[]) AND ($3::uuid[] IS NULL OR e.id = ANY($3))
   ORDER BY array_position(ARRAY['booked', 'offered', 'waiting'], e.status), e.waiting_no NULLS FIRST, e.enrolled_at, e.id`;

// What they had not been told of the old seat they read in the word about the new one.
const LEAVE = `
  UPDATE enrolment SET status = 'cancelled', status_at = $2, untold = NULL, is_untold_urgent = false
   WHERE id = ANY($1::uuid[])`;

const QUEUE_UP = `
  UPDATE session SET last_waiting_no = last_waiting_no + $2 WHERE id = $1 RETURNING last_waiting_no AS "last"`;

const ENTER = `
  INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, waiting_no, gender, birth_year,
                         commune_code, category, sector, enrolled_by, enrolled_at, status_at, offer_expires_at, untold,
                         is_untold_urgent, moved_from)
  SELECT m.id, s.organisation_id, s.id, p.id, s.during, m.status, m.waiting_no, p.gender, p.birth_year,
         p.commune_code, p.category, p.sector, $6::uuid, $7, $7,
         CASE WHEN m.status = 'offered' THEN $8::timestamptz END,
         CASE WHEN m.status = 'booked' THEN 'reseated' ELSE 'status' END, $9, m.moved_from
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) AS m(id, moved_from, status, waiting_no)
    JOIN enrolment o ON o.id = m.moved_from
    JOIN person p ON p.id = o.person_id
    JOIN session s ON s.id = $1`;

const COUNTS = `
  INSERT INTO participation AS t (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender,
                                  birth_year, commune_code, category, sector, booked)
  SELECT e.person_id, s.id, s.campaign_id, s.organisation_id, s.course_id, st.city_slug, e.gender,
         e.birth_year, e.commune_code, e.category, e.sector, e.status = 'booked'
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
    JOIN stop st ON st.id = s.stop_id
   WHERE e.id = ANY($1::uuid[])
  ON CONFLICT (person_id, session_id) DO UPDATE
     SET gender = excluded.gender, birth_year = excluded.birth_year, commune_code = excluded.commune_code,
         category = excluded.category, sector = excluded.sector, booked = excluded.booked`;

const UNCOUNT = `
  UPDATE participation SET booked = false WHERE session_id = $1 AND person_id = ANY($2::uuid[])`;

/** Which people of a session. */
export interface Chosen {
  sessionId: string;
  statuses: readonly Live[];
  /** Undefined means everybody of those statuses. */
  enrolmentIds?: readonly string[] | undefined;
}

/** How the new rows are written. */
export interface Entering {
  sessionId: string;
  /** Account of the desk. */
  by: string;
  now: Date;
  /** Until when offers may be answered. */
  deadline: Date | undefined;
  /** The news may not wait for the end of the quiet hours. */
  isUrgent: boolean;
}

type Moved = Extract<MoveLine, { why: null }>;

/** Statements that move many seats at once; the caller holds both sessions' rows and those of the persons. */
@Injectable()
export class SeatMoveQuery {
  constructor(private readonly db: Database) {}

  async persons({ sessionId, statuses, enrolmentIds }: Chosen): Promise<string[]> {
    const values = [sessionId, statuses, enrolmentIds ?? null];
    const rows = await this.db.read<{ personId: string }>('seatMove.persons', PERSONS, values);
    return rows.map(({ personId }) => personId);
  }

  /** In the order in which seats are given: booked, offered, then the queue. */
  candidates(
    { sessionId, statuses, enrolmentIds }: Chosen,
    to: { id: string; during: string },
  ): Promise<Candidate[]> {
    const values = [sessionId, statuses, enrolmentIds ?? null, to.id, to.during];
    return this.db.read('seatMove.candidates', CANDIDATES, values);
  }

  /** Ends the old rows and writes the new ones, in this order: nobody is in two rooms even for a moment. */
  async write(from: string, lines: readonly Moved[], entering: Entering): Promise<void> {
    const { sessionId, by, now, deadline, isUrgent } = entering;
    await this.db.write('seatMove.leave', LEAVE, [lines.map(({ enrolmentId }) => enrolmentId), now]);
    const waiting = lines.filter(({ to }) => to === 'waiting').length;
    const row = await this.db.readOne<{ last: number }>('seatMove.queueUp', QUEUE_UP, [sessionId, waiting]);
    let place = (row?.last ?? 0) - waiting;
    const ids = lines.map(() => newId());
    await this.db.write('seatMove.enter', ENTER, [
      sessionId,
      ids,
      lines.map(({ enrolmentId }) => enrolmentId),
      lines.map(({ to }) => to),
      lines.map(({ to }) => (to === 'waiting' ? (place += 1) : null)),
      by,
      now,
      deadline ?? null,
      isUrgent,
    ]);
    await this.db.write('seatMove.counts', COUNTS, [ids]);
    const booked = lines.filter((line) => line.from === 'booked').map(({ personId }) => personId);
    await this.db.write('seatMove.uncount', UNCOUNT, [from, booked]);
  }
}
