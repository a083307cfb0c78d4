import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { ChangeCode, Ineligibility, Outcome, RefusalCode } from './selection.js';

const COLUMNS = `
  SELECT r.application_id AS id, r.call_id AS "callId", r.n, c.number AS "callNumber", a.person_id AS "personId", r.first_outcome AS "firstOutcome", r.outcome,
         r.rank, r.reserve_rank AS "reserveRank", r.points, r.draw, r.code, r.quota, r.reasons
    FROM selection_result r JOIN call c ON c.id = r.call_id JOIN application a ON a.id = r.application_id`;
const OF_DOSSIERS = `${COLUMNS} WHERE r.application_id = ANY($1)`;
const LOCK = `${COLUMNS} WHERE r.application_id = $1 FOR UPDATE OF r`;
const ALL = `${COLUMNS} WHERE r.call_id = $1 ORDER BY r.rank NULLS LAST, r.n`;
const LIST = `${COLUMNS} WHERE r.call_id = $1 AND r.n > $2 ORDER BY r.n LIMIT $3`;
const INSERT = `
  INSERT INTO selection_result (application_id, call_id, n, first_outcome, outcome, rank, reserve_rank, points, draw, code, quota, reasons)
  SELECT x."id", $1, x."n", x."outcome", x."outcome", x."rank", x."reserveRank", x."points", x."draw", x."code", x."quota", x."reasons"
    FROM jsonb_to_recordset($2::jsonb) AS x("id" uuid, "n" integer, "outcome" text, "rank" integer, "reserveRank" integer,
                                           "points" integer, "draw" text, "code" text, "quota" text, "reasons" jsonb)`;
const SET = `UPDATE selection_result SET outcome = $2 WHERE application_id = $1`;
const COUNT = `SELECT count(*)::integer AS n FROM selection_result WHERE call_id = $1 AND outcome = 'selected'`;
const FIRST_OF_RESERVE = `
  SELECT r.application_id AS id, r.n FROM selection_result r
   WHERE r.call_id = $1 AND r.outcome = 'reserve' ORDER BY r.reserve_rank NULLS LAST, r.rank NULLS LAST, r.n LIMIT 1`;
const NOTE = `
  INSERT INTO selection_change (call_id, k, application_id, at, account_id, from_outcome, to_outcome, code, note)
  SELECT $1, coalesce(max(k), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM selection_change WHERE call_id = $1
  RETURNING k`;
const CHANGES = `
  SELECT h.k, h.application_id AS id, r.n, c.number AS "callNumber", h.at, a.name AS by, h.from_outcome AS "from", h.to_outcome AS "to", h.code, h.note
    FROM selection_change h JOIN selection_result r ON r.application_id = h.application_id
    JOIN call c ON c.id = h.call_id JOIN account a ON a.id = h.account_id
   WHERE h.call_id = $1 ORDER BY h.k`;

/** What a dossier became, as it was published and as it stands. */
export interface ResultRow {
  readonly id: string;
  readonly callId: string;
  readonly n: number;
  readonly callNumber: number;
  readonly personId: string;
  readonly firstOutcome: Outcome;
  readonly outcome: Outcome;
  readonly rank: number | null;
  readonly reserveRank: number | null;
  readonly points: number | null;
  readonly draw: string | null;
  readonly code: RefusalCode | null;
  readonly quota: string | null;
  readonly reasons: readonly Ineligibility[];
}

export type NewResult = Omit<ResultRow, 'firstOutcome' | 'callNumber' | 'callId' | 'personId'>;

/** A change after the publication. */
export interface ResultChange {
  /** 1, 2, … within the call. */
  readonly k: number;
  readonly id: string;
  readonly n: number;
  readonly callNumber: number;
  readonly at: Date;
  readonly by: string;
  readonly from: Outcome;
  readonly to: Outcome;
  readonly code: ChangeCode;
  /** For the staff only. */
  readonly note: string | null;
}

/** Results in the database: written once, changed only with a reason. */
@Injectable()
export class ResultStore {
  constructor(private readonly db: Database) {}

  async insert(callId: string, results: readonly NewResult[]): Promise<void> {
    await this.db.write('selectionResult.insert', INSERT, [callId, JSON.stringify(results)]);
  }

  ofDossiers(ids: readonly string[]): Promise<ResultRow[]> {
    return this.db.read('selectionResult.ofDossiers', OF_DOSSIERS, [ids]);
  }

  lock(id: string): Promise<ResultRow | undefined> {
    return this.db.readOne('selectionResult.lock', LOCK, [id]);
  }

  /** By their rank, then those without one by their number. */
  all(callId: string): Promise<ResultRow[]> {
    return this.db.read('selectionResult.all', ALL, [callId]);
  }

  /** By number; one more than `limit`. */
  list(callId: string, afterN: number, limit: number): Promise<ResultRow[]> {
    return this.db.read('selectionResult.list', LIST, [callId, afterN, limit + 1]);
  }

  async set(id: string, outcome: Outcome): Promise<void> {
    await this.db.write('selectionResult.set', SET, [id, outcome]);
  }

  async selected(callId: string): Promise<number> {
    return (await this.db.readOne<{ n: number }>('selectionResult.selected', COUNT, [callId]))?.n ?? 0;
  }

  firstOfReserve(callId: string): Promise<{ id: string; n: number } | undefined> {
    return this.db.readOne('selectionResult.firstOfReserve', FIRST_OF_RESERVE, [callId]);
  }

  /** @returns which change of the call it is */
  async note(
    callId: string,
    change: Omit<ResultChange, 'k' | 'n' | 'callNumber' | 'by'> & { accountId: string },
  ): Promise<number> {
    const { id, at, accountId, from, to, code, note } = change;
    const values = [callId, id, at, accountId, from, to, code, note];
    const row = await this.db.readOne<{ k: number }>('selectionResult.note', NOTE, values);
    if (!row) throw new Error('A change without a number');
    return row.k;
  }

  /** The oldest first. */
  changes(callId: string): Promise<ResultChange[]> {
    return this.db.read('selectionResult.changes', CHANGES, [callId]);
  }
}
