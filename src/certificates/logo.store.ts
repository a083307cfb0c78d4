import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { PrintedLogo } from './certificate.js';
import { LOCK_CAMPAIGN } from './campaign-print.js';

/** A logo of a campaign. */
export interface LogoRow extends PrintedLogo {
  id: string;
  /** 1 to 3, from the start of the line; null when it was taken away. */
  position: number | null;
}

const COLUMNS = `
  SELECT id, position, hash, width, height, json_build_object('fr', alt_fr, 'ar', alt_ar) AS alt
    FROM certificate_logo
   WHERE campaign_id = $1`;
const SHOWN = `${COLUMNS} AND position IS NOT NULL ORDER BY position`;
const REMOVED = `${COLUMNS} AND position IS NULL ORDER BY removed_at DESC, id LIMIT $2`;
const FIND = `${COLUMNS} AND id = $2`;
const INSERT = `
  INSERT INTO certificate_logo (id, campaign_id, position, hash, width, height, alt_fr, alt_ar, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const DESCRIBE = `UPDATE certificate_logo SET alt_fr = $2, alt_ar = $3 WHERE id = $1`;
const REMOVE = `UPDATE certificate_logo SET position = NULL, removed_at = $2 WHERE id = $1`;
// The uniqueness of places is judged when the statement is done, so that two may change theirs.
const ARRANGE = `
  UPDATE certificate_logo l SET position = o.n, removed_at = NULL
    FROM unnest($2::uuid[]) WITH ORDINALITY AS o(id, n)
   WHERE l.campaign_id = $1 AND l.id = o.id`;

/** The rows of logos; writes belong to a transaction of the caller, after `lock`. */
@Injectable()
export class LogoStore {
  constructor(private readonly db: Database) {}

  /** Those that are printed, in their order. */
  shown(campaignId: string): Promise<LogoRow[]> {
    return this.db.read<LogoRow>('certificateLogo.shown', SHOWN, [campaignId]);
  }

  /** Those taken away last. */
  removed(campaignId: string, limit: number): Promise<LogoRow[]> {
    return this.db.read<LogoRow>('certificateLogo.removed', REMOVED, [campaignId, limit]);
  }

  /** @returns undefined when the campaign has no such logo */
  find(campaignId: string, id: string): Promise<LogoRow | undefined> {
    return this.db.readOne<LogoRow>('certificateLogo.find', FIND, [campaignId, id]);
  }

  /** Holds the campaign: nobody else changes its logos until the transaction ends. */
  async lock(campaignId: string): Promise<void> {
    await this.db.read('certificateLogo.lock', LOCK_CAMPAIGN, [campaignId]);
  }

  async insert(
    campaignId: string,
    { id, position, hash, width, height, alt }: LogoRow,
    at: Date,
  ): Promise<void> {
    const values = [id, campaignId, position, hash, width, height, alt.fr, alt.ar, at];
    await this.db.write('certificateLogo.insert', INSERT, values);
  }

  async describe(id: string, alt: PrintedLogo['alt']): Promise<void> {
    await this.db.write('certificateLogo.describe', DESCRIBE, [id, alt.fr, alt.ar]);
  }

  async remove(id: string, at: Date): Promise<void> {
    await this.db.write('certificateLogo.remove', REMOVE, [id, at]);
  }

  /** Gives these their places, first to last; one that was taken away comes back. */
  async arrange(campaignId: string, ids: readonly string[]): Promise<void> {
    await this.db.write('certificateLogo.arrange', ARRANGE, [campaignId, ids]);
  }
}
