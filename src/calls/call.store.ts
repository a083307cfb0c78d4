import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { isUuid } from '../shared/new-id.js';
import type { Position } from '../shared/paging/cursor.js';
import type { Call, CallDesign } from './call.js';

const moment = (name: string): string =>
  `json_build_object('date', to_char(${name}_date, 'YYYY-MM-DD'), 'time', to_char(${name}_time, 'HH24:MI')) AS ${name}`;
const COLUMNS = `
  SELECT id, organisation_id AS "organisationId", campaign_id AS "campaignId", number, slug, state, title, body, fields, zone,
         ${moment('opens')}, ${moment('closes')}, opens_at AS "opensAt", closes_at AS "closesAt", revision, applications,
         created_at AS "createdAt", published_at AS "publishedAt"
    FROM call`;
const BY_ID = `${COLUMNS} WHERE id = $1`;
const BY_SLUG = `${COLUMNS} WHERE slug = $1`;
const LOCK = `${COLUMNS} WHERE id = $1 FOR NO KEY UPDATE`;
const OF_CAMPAIGN = `
  ${COLUMNS}
   WHERE campaign_id = $1 AND ($2 OR state = 'published') AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
   ORDER BY created_at DESC, id DESC LIMIT $5`;
const INSERT = `
  INSERT INTO call (id, organisation_id, campaign_id, slug, state, title, body, fields, opens_date, opens_time, closes_date,
                    closes_time, zone, opens_at, closes_at, revision, created_at, changed_at)
  VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, $15, $15)
  ON CONFLICT (slug) DO NOTHING`;
const REWRITE = `
  UPDATE call SET title = $2, body = $3, fields = $4, opens_date = $5, opens_time = $6, closes_date = $7, closes_time = $8,
                  opens_at = $9, closes_at = $10, changed_at = $11, revision = revision + 1
   WHERE id = $1`;
const PUBLISH = `UPDATE call SET state = 'published', published_at = $2, changed_at = $2, revision = revision + 1 WHERE id = $1`;
const CLOSING = `
  UPDATE call SET closes_date = $2, closes_time = $3, closes_at = $4, changed_at = $5, revision = revision + 1 WHERE id = $1`;
const NOTE_CLOSING = `
  INSERT INTO call_closing (call_id, n, at, from_at, to_at, reason, account_id)
  VALUES ($1, (SELECT coalesce(max(n), 0) + 1 FROM call_closing WHERE call_id = $1), $2, $3, $4, $5, $6)`;
const CLOSINGS = `
  SELECT k.at, k.from_at AS "from", k.to_at AS "to", k.reason, a.name AS by
    FROM call_closing k JOIN account a ON a.id = k.account_id
   WHERE k.call_id = $1 ORDER BY k.n`;
const COUNT = `UPDATE call SET applications = applications + 1 WHERE id = $1 RETURNING applications AS n`;

/** A closing that was moved, by whom and why. */
export interface ClosingChange {
  readonly at: Date;
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
  readonly by: string;
}

/** A call to be written, with the instants of its dates. */
export interface DatedDesign extends CallDesign {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** Calls in the database; changes are part of the caller's transaction. */
@Injectable()
export class CallStore {
  constructor(private readonly db: Database) {}

  /** By id or slug. */
  find(key: string): Promise<Call | undefined> {
    return isUuid(key)
      ? this.db.readOne('call.byId', BY_ID, [key])
      : this.db.readOne('call.bySlug', BY_SLUG, [key]);
  }

  /** Holds the row: closing a call and taking an application come one after another. */
  lock(id: string): Promise<Call | undefined> {
    return this.db.readOne('call.lock', LOCK, [id]);
  }

  /** The newest first; one more than `limit`. */
  ofCampaign(
    campaignId: string,
    withDrafts: boolean,
    after: Position | undefined,
    limit: number,
  ): Promise<Call[]> {
    return this.db.read('call.ofCampaign', OF_CAMPAIGN, [
      ...[campaignId, withDrafts, after?.at ?? null, after?.id ?? null, limit + 1],
    ]);
  }

  /** @returns false when the slug is taken */
  async insert(
    call: DatedDesign & Pick<Call, 'id' | 'organisationId' | 'campaignId' | 'slug' | 'zone'>,
    now: Date,
  ): Promise<boolean> {
    const { id, organisationId, campaignId, slug, zone } = call;
    const [title, body, fields, ...dates] = valuesOf(call);
    const values = [
      ...[id, organisationId, campaignId, slug],
      title,
      body,
      fields,
      ...dates.slice(0, 4),
      zone,
      ...dates.slice(4),
    ];
    return (await this.db.write('call.insert', INSERT, [...values, now])) > 0;
  }

  async rewrite(id: string, design: DatedDesign, now: Date): Promise<void> {
    await this.db.write('call.rewrite', REWRITE, [id, ...valuesOf(design), now]);
  }

  async publish(id: string, now: Date): Promise<void> {
    await this.db.write('call.publish', PUBLISH, [id, now]);
  }

  async setClosing(id: string, local: { date: string; time: string }, at: Date, now: Date): Promise<void> {
    await this.db.write('call.closing', CLOSING, [id, local.date, local.time, at, now]);
  }

  async noteClosing(id: string, change: Omit<ClosingChange, 'by'> & { accountId: string }): Promise<void> {
    const { at, from, to, reason, accountId } = change;
    await this.db.write('call.noteClosing', NOTE_CLOSING, [id, at, from, to, reason, accountId]);
  }

  /** The oldest first. */
  closings(id: string): Promise<ClosingChange[]> {
    return this.db.read('call.closings', CLOSINGS, [id]);
  }

  /** @returns the number of the next dossier: 1, 2, … without a hole */
  async nextNumber(id: string): Promise<number> {
    const row = await this.db.readOne<{ n: number }>('call.count', COUNT, [id]);
    if (!row) throw new Error(`No call ${id}`);
    return row.n;
  }
}

function valuesOf({ title, body, fields, opens, closes, opensAt, closesAt }: DatedDesign): unknown[] {
  const texts = [title, body, fields].map((value) => JSON.stringify(value));
  return [...texts, opens.date, opens.time, closes.date, closes.time, opensAt, closesAt];
}
