import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import type { Position } from '../../shared/paging/cursor.js';
import type { CallFilter, CallLine, CallOutcome, CallProgress, NewCall } from './call-line.js';

// What is newer about the same takes the place of what nobody has reached the person with.
const REPLACE = `
  UPDATE call_line SET replaced_at = $3, taken_by = NULL, taken_until = NULL
   WHERE about_id = $1 AND caused_at < $2 AND replaced_at IS NULL AND outcome IS DISTINCT FROM 'reached'
     AND dedupe_key IS DISTINCT FROM $4`;

const WITHDRAW = `
  UPDATE call_line SET replaced_at = $2, taken_by = NULL, taken_until = NULL
   WHERE about_id = ANY($1::uuid[]) AND replaced_at IS NULL AND outcome IS DISTINCT FROM 'reached'`;

const ADD = `
  INSERT INTO call_line (id, organisation_id, list_id, about_id, person_id, dedupe_key, why, template, language, recipient, body, caused_at)
  VALUES ($1, $2, $3, $4, $5, $6, $12, $7, $8, $9, $10, $11)
  ON CONFLICT (dedupe_key) DO NOTHING`;

// A message of yesterday that is given up today says nothing new to somebody who was told again meanwhile; one that is
// given up because it is too late is too late for a call, too.
const ADD_UNDELIVERED = `
  INSERT INTO call_line (id, organisation_id, list_id, about_id, person_id, message_id, dedupe_key, why, template, language,
                         recipient, body, caused_at)
  SELECT $2, m.organisation_id, m.call_list_id, m.call_about_id, m.person_id, m.id, m.dedupe_key, m.state, m.template, m.language,
         m.recipient, m.call_body, m.created_at
    FROM message m
   WHERE m.id = $1
     AND m.state IN ('failed', 'unknown')
     AND m.error IS DISTINCT FROM 'stale'
     AND m.call_list_id IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM message n
                      WHERE n.call_about_id = m.call_about_id AND n.person_id = m.person_id AND n.created_at > m.created_at)
     AND NOT EXISTS (SELECT 1 FROM call_line l WHERE l.about_id = m.call_about_id AND l.caused_at > m.created_at)
  ON CONFLICT (dedupe_key) DO NOTHING`;

const ABOUT = `SELECT call_about_id AS "aboutId", created_at AS "createdAt" FROM message WHERE id = $1 AND call_list_id IS NOT NULL`;

const LINE = `
  SELECT l.id, l.list_id AS "listId", l.organisation_id AS "organisationId", l.person_id AS "personId", l.why, l.language, l.recipient,
         l.body, l.caused_at AS "causedAt", l.attempts, l.outcome, l.note, l.called_at AS "calledAt",
         l.replaced_at IS NOT NULL AS "isReplaced",
         CASE WHEN l.taken_until > $2 THEN json_build_object('id', a.id, 'name', a.name) END AS "takenBy",
         CASE WHEN l.taken_until > $2 THEN l.taken_until END AS "takenUntil"
    FROM call_line l
    LEFT JOIN account a ON a.id = l.taken_by`;

const OPEN = `(l.outcome IS NULL OR l.outcome IN ('no-answer', 'call-back'))`;

const PAGE = `${LINE}
   WHERE l.list_id = $1
     AND l.replaced_at IS NULL
     AND ($3 = 'all' OR ${OPEN})
     AND ($4::timestamptz IS NULL OR (date_trunc('milliseconds', l.caused_at), l.id) > ($4, $5::uuid))
   ORDER BY date_trunc('milliseconds', l.caused_at), l.id
   LIMIT $6`;

const PROGRESS = `
  SELECT count(*)::int AS total, (count(*) FILTER (WHERE l.outcome = 'reached'))::int AS reached,
         (count(*) FILTER (WHERE ${OPEN}))::int AS open
    FROM call_line l
   WHERE l.list_id = $1 AND l.replaced_at IS NULL`;

// Two statements: one that waits for the lock would still show whoever had the line before the wait.
const HOLD = `SELECT id FROM call_line WHERE list_id = $1 AND id = $2 FOR NO KEY UPDATE`;
const HELD = `${LINE} WHERE l.list_id = $1 AND l.id = $3`;
const KNOWN = `SELECT id FROM call_line WHERE list_id = $1 AND id = $2`;
const TAKE = `UPDATE call_line SET taken_by = $2, taken_until = $3 WHERE id = $1`;
const SETTLE = `
  UPDATE call_line SET outcome = $2, note = $3, called_at = $4, attempts = attempts + 1, taken_by = NULL, taken_until = NULL
   WHERE id = $1`;
const ATTEMPT = `
  INSERT INTO call_attempt (id, line_id, account_id, at, outcome, note) VALUES ($1, $2, $3, $4, $5, $6)`;

/** SQL of call lists. */
@Injectable()
export class CallStore {
  constructor(private readonly db: Database) {}

  /** @param except key of the line that takes their place: whoever writes it a second time leaves the first */
  async replace(aboutId: string, before: Date, now: Date, except?: string): Promise<void> {
    await this.db.write('call.replace', REPLACE, [aboutId, before, now, except ?? null]);
  }

  async withdraw(aboutIds: readonly string[], now: Date): Promise<void> {
    await this.db.write('call.withdraw', WITHDRAW, [aboutIds, now]);
  }

  async add(id: string, call: NewCall, now: Date): Promise<void> {
    const { organisationId, listId, aboutId, personId, dedupeKey, template, language, recipient, body, why } =
      call;
    await this.db.write('call.add', ADD, [
      ...[id, organisationId, listId, aboutId, personId, dedupeKey, template, language, recipient, body],
      ...[now, why],
    ]);
  }

  async addUndelivered(id: string, messageId: string): Promise<void> {
    await this.db.write('call.addUndelivered', ADD_UNDELIVERED, [messageId, id]);
  }

  /** What a message falls to when it is not delivered; undefined for one that nobody is called for. */
  about(messageId: string): Promise<{ aboutId: string; createdAt: Date } | undefined> {
    return this.db.readOne('call.about', ABOUT, [messageId]);
  }

  /** One more than `limit`, in the order in which they came. Index: call_line_list_id_idx. */
  page(
    listId: string,
    filter: CallFilter,
    now: Date,
    after: Position | undefined,
    limit: number,
  ): Promise<CallLine[]> {
    const values = [listId, now, filter, after?.at ?? null, after?.id ?? null, limit + 1];
    return this.db.read('call.page', PAGE, values);
  }

  async progress(listId: string): Promise<CallProgress> {
    const row = await this.db.readOne<CallProgress>('call.progress', PROGRESS, [listId]);
    return row ?? { total: 0, reached: 0, open: 0 };
  }

  /** Locks the line for the open transaction. */
  async hold(listId: string, id: string, now: Date): Promise<CallLine | undefined> {
    await this.db.read('call.hold', HOLD, [listId, id]);
    return this.db.readOne('call.held', HELD, [listId, now, id]);
  }

  async isKnown(listId: string, id: string): Promise<boolean> {
    return (await this.db.readOne('call.known', KNOWN, [listId, id])) !== undefined;
  }

  async take(id: string, accountId: string, until: Date): Promise<void> {
    await this.db.write('call.take', TAKE, [id, accountId, until]);
  }

  async settle(id: string, outcome: CallOutcome, note: string | null, now: Date): Promise<void> {
    await this.db.write('call.settle', SETTLE, [id, outcome, note, now]);
  }

  async attempt(
    id: string,
    line: { id: string; accountId: string; outcome: CallOutcome; note: string | null },
    now: Date,
  ): Promise<void> {
    await this.db.write('call.attempt', ATTEMPT, [id, line.id, line.accountId, now, line.outcome, line.note]);
  }
}
