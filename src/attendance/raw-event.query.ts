import { Injectable } from '@nestjs/common';
import type { Flag, Review, ReviewFacts } from './attendance-event.js';
import { Database } from '../shared/database/database.js';
import type { Outcome, ReceivedEvent } from './interpretation.js';
import type { RawEvent } from './raw-event.js';

// In the order of ids: two batches with the same events wait for each other and never in a circle.
const KEEP = `
  INSERT INTO attendance_event (id, session_id, device_id, recorded_by, app_version, sent_at, received_at, skew_ms, flag, body)
  SELECT e.id, $1, $2, $3, $4, $5, $6, $7, $8, coalesce(e.body, 'null')
    FROM jsonb_to_recordset($9::jsonb) AS e (id uuid, body jsonb)
   ORDER BY e.id
  ON CONFLICT (id) DO NOTHING
  RETURNING id`;
const ELSEWHERE = `SELECT id FROM attendance_event WHERE id = ANY($1::uuid[]) AND session_id <> $2`;
const LAST_SKEW = `
  SELECT skew_ms AS "skewMs" FROM attendance_event
   WHERE session_id = $1 AND device_id = $2
   ORDER BY received_at DESC, id DESC
   LIMIT 1`;
const RECEIVED = `
  SELECT id, body, skew_ms AS "skewMs", received_at AS "receivedAt", enrolment_id AS "enrolmentId", flag,
         recorded_by AS "recordedBy"
    FROM attendance_event
   WHERE session_id = $1`;
const PENDING = `${RECEIVED} AND interpreted_at IS NULL ORDER BY id`;
const ALL = `${RECEIVED} ORDER BY id`;
const SETTLE = `
  UPDATE attendance_event e
     SET interpreted_at = coalesce(e.interpreted_at, $2), review = o.review, review_facts = o.facts,
         enrolment_id = coalesce(o."enrolmentId", e.enrolment_id), person_id = o."personId", unit_id = o."unitId",
         mark = o.mark, correction = coalesce(o.correction, false), minutes = o.minutes, happened_at = o."happenedAt",
         after_close = coalesce(o."afterClose", false), flag = CASE WHEN o.review IS NULL THEN o.flag ELSE e.flag END
    FROM jsonb_to_recordset($1::jsonb) AS o (
           id uuid, review text, facts jsonb, "enrolmentId" uuid, "personId" uuid, "unitId" uuid, mark text,
           correction boolean, minutes smallint, "happenedAt" timestamptz, "afterClose" boolean, flag text)
   WHERE e.id = o.id`;
const TIE = `UPDATE attendance_event SET enrolment_id = $2 WHERE id = $1`;
const OUTCOMES = `
  SELECT id, review, review_facts AS facts, flag FROM attendance_event WHERE id = ANY($1::uuid[]) ORDER BY id`;

/** A batch as it is kept. */
export interface KeptBatch {
  sessionId: string;
  deviceId: string;
  recordedBy: string | null;
  appVersion: string | null;
  sentAt: Date;
  receivedAt: Date;
  skewMs: number;
  flag: Flag | null;
}

/** What became of an event. */
export interface EventOutcome {
  id: string;
  review: Review | null;
  facts: ReviewFacts | null;
  flag: Flag | null;
}

/** Statements on the raw events. */
@Injectable()
export class RawEventQuery {
  constructor(private readonly db: Database) {}

  /** Keeps the events that are new. @returns their ids */
  async keep(batch: KeptBatch, events: readonly RawEvent[]): Promise<string[]> {
    const { sessionId, deviceId, recordedBy, appVersion, sentAt, receivedAt, skewMs, flag } = batch;
    const values = [sessionId, deviceId, recordedBy, appVersion, sentAt, receivedAt, skewMs, flag];
    const rows = await this.db.read<{ id: string }>('attendance.keep', KEEP, [
      ...values,
      JSON.stringify(events),
    ]);
    return rows.map(({ id }) => id);
  }

  /** Those of the ids that stand for an event of another session. */
  async elsewhere(ids: readonly string[], sessionId: string): Promise<Set<string>> {
    const rows = await this.db.read<{ id: string }>('attendance.elsewhere', ELSEWHERE, [ids, sessionId]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Skew of the device's last batch in the session, in milliseconds. */
  async lastSkew(sessionId: string, deviceId: string): Promise<number | undefined> {
    return (
      await this.db.readOne<{ skewMs: number }>('attendance.lastSkew', LAST_SKEW, [sessionId, deviceId])
    )?.skewMs;
  }

  /** Events of a session that nobody has interpreted yet, and with `all` every one. */
  async received(sessionId: string, all: boolean): Promise<ReceivedEvent[]> {
    return all
      ? this.db.read('attendance.received', ALL, [sessionId])
      : this.db.read('attendance.pending', PENDING, [sessionId]);
  }

  /** Ties an event to the seat that it brought, for good: reading it again gives nobody a second one. */
  async tie(id: string, enrolmentId: string): Promise<void> {
    await this.db.write('attendance.tie', TIE, [id, enrolmentId]);
  }

  async settle(outcomes: readonly Outcome[], now: Date): Promise<void> {
    await this.db.write('attendance.settle', SETTLE, [JSON.stringify(outcomes), now]);
  }

  async outcomesOf(ids: readonly string[]): Promise<EventOutcome[]> {
    return this.db.read('attendance.outcomes', OUTCOMES, [ids]);
  }
}
