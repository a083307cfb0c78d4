import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { seatsGiven } from './session.row.js';
import type { UnitPlan } from './unit-plan.js';

const DEFER = `
  SET CONSTRAINTS unit_session_id_n_key, unit_resource_one_place_at_a_time, enrolment_one_place_at_a_time DEFERRED`;
const CHECK = `
  SET CONSTRAINTS unit_session_id_n_key, unit_resource_one_place_at_a_time, enrolment_one_place_at_a_time IMMEDIATE`;
const LOCK_RESOURCES = `
  SELECT pg_advisory_xact_lock(hashtextextended(id::text, 0)) AS locked FROM unnest($1::uuid[]) AS wanted (id)`;
const INSERT = `
  INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, venue_id, venue_note, language, status,
                       capacity, overbook_percent, seats_ceiling, created_at, changed_at, remote_url)
  SELECT $1, t.organisation_id, t.campaign_id, st.id, $3, $4, $5, $6, 'planned', $7, $8, $9, $10, $10, $11
    FROM stop st
    JOIN tour t ON t.id = st.tour_id
   WHERE st.id = $2`;
// The ceiling never falls below the seats already taken: lowering the capacity unseats nobody.
const UPDATE = `
  UPDATE session
     SET course_id = $2, venue_id = $3, venue_note = $4, language = $5, capacity = $6,
         overbook_percent = $7, seats_ceiling = greatest($8, booked + offered + held), revision = revision + 1, changed_at = $9,
         remote_url = CASE WHEN $10::boolean THEN $11::text ELSE remote_url END
   WHERE id = $1`;
const DROP_RESOURCES = `DELETE FROM unit_resource x USING unit u WHERE u.id = x.unit_id AND u.session_id = $1`;
const DROP_UNITS = `DELETE FROM unit WHERE session_id = $1 AND id <> ALL($2::uuid[])`;
const PUT_UNITS = `
  INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during, room_id)
  SELECT u.id, $1, u.n, u.local_date, u.local_start, u.local_end, u.zone, tstzrange(u.starts_at, u.ends_at, '[)'), u.room_id
    FROM json_to_recordset($2) AS u (id uuid, n smallint, local_date date, local_start time(0), local_end time(0), zone text,
                                     starts_at timestamptz, ends_at timestamptz, room_id uuid)
  ON CONFLICT (id) DO UPDATE SET n = excluded.n, local_date = excluded.local_date, local_start = excluded.local_start,
    local_end = excluded.local_end, zone = excluded.zone, during = excluded.during, room_id = excluded.room_id`;
const PUT_RESOURCES = `
  INSERT INTO unit_resource (unit_id, resource_id, resource_kind, during, live)
  SELECT u.id, x.resource_id, x.resource_kind, u.during, u.live
    FROM json_to_recordset($1) AS x (unit_id uuid, resource_id uuid, resource_kind text)
    JOIN unit u ON u.id = x.unit_id`;
// The enrolments' own copies follow by their foreign key. Units of a postponed session are not live: it has no time.
const SETTLE = `
  UPDATE session s
     SET during = coalesce((SELECT range_agg(u.during) FROM unit u WHERE u.session_id = s.id AND u.live), '{}')
   WHERE s.id = $1`;
const SET_REASONS = `UPDATE session SET soft_clash_reasons = $2 WHERE id = $1`;
// An empty range, which the enrolments copy: a seat in a session that is not held overlaps nothing.
const CANCEL = `
  UPDATE session SET status = 'cancelled', cancelled_at = $3, during = '{}', cancel_reason = $2, postponed_at = NULL, postpone_reason = NULL, revision = revision + 1, changed_at = $3 WHERE id = $1`;
// As with a session called off: without a date nobody is anywhere.
const POSTPONE = `
  UPDATE session SET status = 'postponed', postponed_at = $3, during = '{}', postpone_reason = $2, revision = revision + 1, changed_at = $3 WHERE id = $1`;
const RESUME = `UPDATE session SET status = 'planned', postponed_at = NULL, postpone_reason = NULL WHERE id = $1`;
const VOICE = `UPDATE unit SET live = true WHERE session_id = $1`;
const SILENCE = `UPDATE unit SET live = false WHERE session_id = $1`;

/** The values of a session that are not its units. */
export interface SessionValues {
  courseId: string;
  venueId: string | null;
  venueNote: string | null;
  language: string;
  capacity: number;
  /** Seats given beyond the capacity, in percent of it. */
  overbookPercent: number;
  /** Of a session at a distance; undefined leaves what it is. */
  remoteUrl: string | null | undefined;
}

/** Writes of sessions and their units, as SQL text because ranges have no entity columns. Always inside a transaction. */
@Injectable()
export class SessionStore {
  constructor(private readonly db: Database) {}

  /** From here on a move may pass through an overlap; `check` looks before the commit does. */
  async deferClashes(): Promise<void> {
    await this.db.write('session.defer', DEFER);
  }

  async check(): Promise<void> {
    await this.db.write('session.check', CHECK);
  }

  /** Makes savers of the same trainers, rooms and kit wait in turn, so that the second one is told what is taken. */
  async lockResources(units: readonly UnitPlan[]): Promise<void> {
    const ids = [...new Set(units.flatMap(resourceIds))].sort();
    await this.db.read('session.lockResources', LOCK_RESOURCES, [ids]);
  }

  async insert(id: string, stopId: string, values: SessionValues, createdAt: Date): Promise<void> {
    const { courseId, venueId, venueNote, language, capacity, overbookPercent } = values;
    await this.db.write('session.insert', INSERT, [
      id,
      stopId,
      courseId,
      venueId,
      venueNote,
      language,
      capacity,
      overbookPercent,
      seatsGiven(values),
      createdAt,
      values.remoteUrl ?? null,
    ]);
  }

  async update(id: string, values: SessionValues, at: Date): Promise<void> {
    const { courseId, venueId, venueNote, language, capacity, overbookPercent } = values;
    await this.db.write('session.update', UPDATE, [
      ...[id, courseId, venueId, venueNote, language, capacity, overbookPercent],
      seatsGiven(values),
      at,
      ...[values.remoteUrl !== undefined, values.remoteUrl ?? null],
    ]);
  }

  /** Replaces the units of a session and what they need; units keep their ids. */
  async putUnits(sessionId: string, units: readonly UnitPlan[]): Promise<void> {
    const records = units.map((unit) => ({
      id: unit.id,
      n: unit.n,
      local_date: unit.localDate,
      local_start: unit.localStart,
      local_end: unit.localEnd,
      zone: unit.zone,
      starts_at: unit.startsAt,
      ends_at: unit.endsAt,
      room_id: unit.roomId,
    }));
    const ids = units.map(({ id }) => id);
    await this.db.write('session.dropResources', DROP_RESOURCES, [sessionId]);
    await this.db.write('session.dropUnits', DROP_UNITS, [sessionId, ids]);
    await this.db.write('session.putUnits', PUT_UNITS, [sessionId, JSON.stringify(records)]);
    await this.db.write('session.putResources', PUT_RESOURCES, [JSON.stringify(units.flatMap(resourcesOf))]);
    await this.db.write('session.settle', SETTLE, [sessionId]);
  }

  async setReasons(sessionId: string, reasons: Readonly<Record<string, string>>): Promise<void> {
    await this.db.write('session.setReasons', SET_REASONS, [sessionId, JSON.stringify(reasons)]);
  }

  /** The session keeps its seats and has no date: its units free their trainers, rooms and kit. */
  async postpone(sessionId: string, reason: string | null, at: Date): Promise<void> {
    await this.db.write('session.postpone', POSTPONE, [sessionId, reason, at]);
    await this.db.write('session.silence', SILENCE, [sessionId]);
  }

  /** A postponed session is planned again; what its units take stands once they are put. */
  async resume(sessionId: string): Promise<void> {
    await this.db.write('session.resume', RESUME, [sessionId]);
    await this.db.write('session.voice', VOICE, [sessionId]);
  }

  /** The session stays in history; its units free their trainers, rooms and kit. */
  async cancel(sessionId: string, reason: string, at: Date): Promise<void> {
    await this.db.write('session.cancel', CANCEL, [sessionId, reason, at]);
    await this.db.write('session.silence', SILENCE, [sessionId]);
  }
}

function resourcesOf(unit: UnitPlan): Array<{ unit_id: string; resource_id: string; resource_kind: string }> {
  const kinds = [
    ...unit.trainerIds.map((id) => ['trainer', id] as const),
    ...unit.kitIds.map((id) => ['kit', id] as const),
    ...(unit.roomId ? [['room', unit.roomId] as const] : []),
  ];
  return kinds.map(([resource_kind, resource_id]) => ({ unit_id: unit.id, resource_id, resource_kind }));
}

function resourceIds(unit: UnitPlan): string[] {
  return resourcesOf(unit).map(({ resource_id }) => resource_id);
}
