import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Presence, PresenceEvent } from './presence.js';

// Whoever merges a person's presence holds their row: completion joins several sessions, each locked by itself.
const LOCK_PERSONS = `SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
const COUNTING = `
  SELECT id, person_id AS "personId", unit_id AS "unitId", happened_at AS "happenedAt", correction, mark, minutes,
         after_close AS "afterClose"
    FROM attendance_event
   WHERE session_id = $1 AND person_id = ANY($2::uuid[]) AND interpreted_at IS NOT NULL AND review IS NULL`;
const MERGE = `
  WITH derived AS MATERIALIZED (
    SELECT d."personId", d."unitId", d.mark, d."eventId", d.minutes, d."afterClose"
      FROM jsonb_to_recordset($3::jsonb) AS d (
             "personId" uuid, "unitId" uuid, mark text, "eventId" uuid, minutes smallint, "afterClose" boolean)
  ), gone AS (
    DELETE FROM presence p
     WHERE p.session_id = $1 AND p.person_id = ANY($2::uuid[])
       AND NOT EXISTS (SELECT 1 FROM derived d WHERE d."personId" = p.person_id AND d."unitId" = p.unit_id)
  )
  INSERT INTO presence AS p (person_id, unit_id, session_id, state, event_id, minutes, after_close)
  SELECT d."personId", d."unitId", $1, d.mark, d."eventId", d.minutes, d."afterClose" FROM derived d
  ON CONFLICT (person_id, unit_id) DO UPDATE
    SET state = excluded.state, event_id = excluded.event_id, minutes = excluded.minutes, after_close = excluded.after_close
  WHERE (p.state, p.event_id, p.minutes, p.after_close)
        IS DISTINCT FROM (excluded.state, excluded.event_id, excluded.minutes, excluded.after_close)`;
// Enrolment writes the row with the seat; whoever came without one gets it here.
const PARTICIPATE = `
  INSERT INTO participation (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender,
                             birth_year, commune_code, category, sector, booked)
  SELECT DISTINCT ON (e.person_id) e.person_id, s.id, s.campaign_id, s.organisation_id, s.course_id, st.city_slug,
         e.gender, e.birth_year, e.commune_code, e.category, e.sector, e.status = 'booked'
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
    JOIN stop st ON st.id = s.stop_id
   WHERE e.session_id = $1 AND e.person_id = ANY($2::uuid[])
   ORDER BY e.person_id, e.enrolled_at DESC, e.id DESC
  ON CONFLICT (person_id, session_id) DO NOTHING`;
const COUNT = `
  UPDATE participation p
     SET units_attended = c.units, minutes_present = c.minutes
    FROM (SELECT w.id AS person_id, count(q.unit_id) AS units, coalesce(sum(q.minutes), 0) AS minutes
            FROM unnest($2::uuid[]) AS w (id)
            LEFT JOIN presence q ON q.person_id = w.id AND q.session_id = $1 AND q.state <> 'absent'
           GROUP BY w.id) c
   WHERE p.session_id = $1 AND p.person_id = c.person_id`;
const KNOWN = `
  SELECT person_id AS "personId" FROM presence WHERE session_id = $1
  UNION SELECT person_id FROM participation WHERE session_id = $1
  UNION SELECT person_id FROM attendance_event WHERE session_id = $1 AND person_id IS NOT NULL
  ORDER BY 1`;

/** A counting event with whom and what it is about. */
export interface CountingEvent extends PresenceEvent {
  personId: string;
  unitId: string;
}

/** What the events of one (person, unit) came to. */
export interface MergedPresence extends Presence {
  personId: string;
  unitId: string;
}

/** Statements on presence and on the figures that follow from it. */
@Injectable()
export class PresenceQuery {
  constructor(private readonly db: Database) {}

  async lockPersons(ids: readonly string[]): Promise<void> {
    await this.db.read('attendance.lockPersons', LOCK_PERSONS, [ids]);
  }

  async counting(sessionId: string, personIds: readonly string[]): Promise<CountingEvent[]> {
    const rows = await this.db.read<Omit<CountingEvent, 'at'> & { happenedAt: Date }>(
      'attendance.counting',
      COUNTING,
      [sessionId, personIds],
    );
    return rows.map(({ happenedAt, ...event }) => ({ ...event, at: happenedAt.getTime() }));
  }

  /** Makes the presence of these persons in the session what was derived, and their participation with it. */
  async write(
    sessionId: string,
    personIds: readonly string[],
    merged: readonly MergedPresence[],
  ): Promise<void> {
    await this.db.write('attendance.merge', MERGE, [sessionId, personIds, JSON.stringify(merged)]);
    await this.db.write('attendance.participate', PARTICIPATE, [sessionId, personIds]);
    await this.db.write('attendance.count', COUNT, [sessionId, personIds]);
  }

  /** Everybody of whom the session knows anything. */
  async personsOf(sessionId: string): Promise<string[]> {
    const rows = await this.db.read<{ personId: string }>('attendance.persons', KNOWN, [sessionId]);
    return rows.map(({ personId }) => personId);
  }
}
