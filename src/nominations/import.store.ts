import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import type { ImportColumns } from './import-columns.js';
import type { Judged, Outcome } from './import-judge.js';
import type { ImportState } from './nominations.errors.js';

const COLUMNS = `
  id, organisation_id AS "organisationId", campaign_id AS "campaignId", account_id AS "accountId", state, header, columns,
  json_build_object('create', creates, 'update', updates, 'same', sames, 'error', errors) AS counts,
  created_at AS "createdAt", applied_at AS "appliedAt", undone_at AS "undoneAt"`;
const FIND = `SELECT ${COLUMNS} FROM people_import WHERE id = $1`;
const LOCK = `${FIND} FOR UPDATE`;
const RECENT = `SELECT ${COLUMNS} FROM people_import WHERE campaign_id = $1 ORDER BY created_at DESC, id DESC LIMIT 20`;
const INSERT = `
  INSERT INTO people_import (id, organisation_id, campaign_id, account_id, state, header, columns, creates, updates, sames, errors, created_at)
  VALUES ($1, $2, $3, $4, 'preview', $5, '[]', 0, 0, 0, 0, $6)`;
const INSERT_ROWS = `
  INSERT INTO people_import_row (import_id, n, cells, outcome, problems, notes)
  SELECT $1, x.n, x.cells, 'error', '[]', '[]' FROM jsonb_to_recordset($2::jsonb) AS x(n integer, cells jsonb)`;
const JUDGE_ROWS = `
  UPDATE people_import_row r SET outcome = x.outcome, problems = x.problems, notes = x.notes
    FROM jsonb_to_recordset($2::jsonb) AS x(n integer, outcome text, problems jsonb, notes jsonb)
   WHERE r.import_id = $1 AND r.n = x.n`;
const DONE_ROWS = `
  UPDATE people_import_row r SET done = x.done
    FROM jsonb_to_recordset($2::jsonb) AS x(n integer, done jsonb)
   WHERE r.import_id = $1 AND r.n = x.n`;
const COUNT = `
  UPDATE people_import SET columns = $2, creates = $3, updates = $4, sames = $5, errors = $6 WHERE id = $1`;
const SET_STATE = `
  UPDATE people_import
     SET state = $2, applied_at = CASE WHEN $2 = 'applied' THEN $3::timestamptz ELSE applied_at END,
         undone_at = CASE WHEN $2 = 'undone' THEN $3::timestamptz END,
         header = CASE WHEN $2 = 'undone' THEN '[]' ELSE header END, columns = CASE WHEN $2 = 'undone' THEN '[]' ELSE columns END
   WHERE id = $1`;
const CELLS = `SELECT n, cells FROM people_import_row WHERE import_id = $1 ORDER BY n`;
const DEEDS = `SELECT done FROM people_import_row WHERE import_id = $1 AND done IS NOT NULL ORDER BY n`;
const ROWS = `
  SELECT n, cells, outcome, problems, notes FROM people_import_row
   WHERE import_id = $1 AND ($2::text IS NULL OR outcome = $2) AND n > $3
   ORDER BY n
   LIMIT $4`;
const FORGET_ROWS = `DELETE FROM people_import_row WHERE import_id = ANY($1::uuid[])`;
const OLD = `
  UPDATE people_import
     SET state = CASE state WHEN 'preview' THEN 'lapsed' WHEN 'applied' THEN 'kept' ELSE state END, header = '[]', columns = '[]'
   WHERE (state = 'preview' AND created_at <= $1) OR (state = 'applied' AND applied_at <= $1)
  RETURNING id`;

/** An import: its file's headings while it is open, and counts for good. */
export interface ImportRecord {
  id: string;
  organisationId: string;
  campaignId: string;
  accountId: string | null;
  state: ImportState;
  header: string[];
  columns: ImportColumns;
  counts: Record<Outcome, number>;
  createdAt: Date;
  appliedAt: Date | null;
  undoneAt: Date | null;
}

/** A row as the preview shows it. */
export interface ImportRow {
  n: number;
  cells: string[];
  outcome: Outcome;
  problems: FieldError[];
  notes: FieldError[];
}

/** Imports and their rows. */
@Injectable()
export class ImportStore {
  constructor(private readonly db: Database) {}

  find(id: string): Promise<ImportRecord | undefined> {
    return this.db.readOne('import.find', FIND, [id]);
  }

  lock(id: string): Promise<ImportRecord | undefined> {
    return this.db.readOne('import.lock', LOCK, [id]);
  }

  recent(campaignId: string): Promise<ImportRecord[]> {
    return this.db.read('import.recent', RECENT, [campaignId]);
  }

  async insert(
    record: Pick<ImportRecord, 'id' | 'organisationId' | 'campaignId' | 'accountId' | 'header' | 'createdAt'>,
    rows: ReadonlyArray<Pick<ImportRow, 'n' | 'cells'>>,
  ): Promise<void> {
    const { id, organisationId, campaignId, accountId, header, createdAt } = record;
    await this.db.write('import.insert', INSERT, [
      ...[id, organisationId, campaignId, accountId, JSON.stringify(header), createdAt],
    ]);
    await this.db.write('import.insertRows', INSERT_ROWS, [id, JSON.stringify(rows)]);
  }

  /** Writes what each row would do, and how many of each there are. */
  async judged(id: string, columns: ImportColumns, rows: readonly Judged[]): Promise<void> {
    const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
    const lines = rows.map(({ n, outcome, problems, notes }) => ({ n, outcome, problems, notes }));
    await this.db.write('import.judgeRows', JUDGE_ROWS, [id, JSON.stringify(lines)]);
    const counts = [count('create'), count('update'), count('same'), count('error')];
    await this.db.write('import.count', COUNT, [id, JSON.stringify(columns), ...counts]);
  }

  cells(id: string): Promise<Array<Pick<ImportRow, 'n' | 'cells'>>> {
    return this.db.read('import.cells', CELLS, [id]);
  }

  /** @param after number of the row before the first, 0 for the start */
  rows(id: string, outcome: Outcome | undefined, after: number, limit: number): Promise<ImportRow[]> {
    return this.db.read('import.rows', ROWS, [id, outcome ?? null, after, limit]);
  }

  async setState(id: string, state: ImportState, at: Date): Promise<void> {
    await this.db.write('import.setState', SET_STATE, [id, state, at]);
  }

  /** Keeps what each row did, for undoing it. */
  async done(id: string, deeds: ReadonlyArray<{ n: number; done: object }>): Promise<void> {
    await this.db.write('import.doneRows', DONE_ROWS, [id, JSON.stringify(deeds)]);
  }

  async deeds<Deed>(id: string): Promise<Deed[]> {
    const rows = await this.db.read<{ done: Deed }>('import.deeds', DEEDS, [id]);
    return rows.map(({ done }) => done);
  }

  async forgetRows(ids: readonly string[]): Promise<void> {
    await this.db.write('import.forgetRows', FORGET_ROWS, [ids]);
  }

  /** Ends imports that nobody confirmed, and the time for undoing others. @returns their ids */
  async endOld(before: Date): Promise<string[]> {
    const rows = await this.db.read<{ id: string }>('import.endOld', OLD, [before]);
    return rows.map(({ id }) => id);
  }
}
