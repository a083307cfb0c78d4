import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import type { FeedRow } from './feed.query.js';

// Whoever asks at the same time gets one address after the other; the last one stands.
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) AS locked`;
const END = `
  DELETE FROM calendar_feed
   WHERE (kind = 'trainer' AND account_id = $1 AND $2::uuid IS NULL) OR tour_id = $2
  RETURNING id`;
const REMOVE = `DELETE FROM calendar_feed WHERE id = $1`;
const INSERT = `
  INSERT INTO calendar_feed (id, organisation_id, kind, account_id, tour_id, language, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** A feed as it is written. */
export interface NewFeed extends Omit<FeedRow, 'accountName' | 'tourName'> {
  organisationId: string;
}

/** Writes of feeds, inside a transaction. */
@Injectable()
export class FeedStore {
  constructor(private readonly db: Database) {}

  /** Ends the address of a tour, or of an account's own half-days where no tour is named. @returns its id, if there was one */
  async end(accountId: string, tourId: string | null): Promise<string[]> {
    await this.db.read('calendar.lock', LOCK, [`calendar:${tourId ?? accountId}`]);
    const ended = await this.db.read<{ id: string }>('calendar.end', END, [accountId, tourId]);
    return ended.map(({ id }) => id);
  }

  async insert({ id, organisationId, kind, accountId, tourId, language, createdAt }: NewFeed): Promise<void> {
    const values = [id, organisationId, kind, accountId, tourId, language, createdAt];
    await this.db.write('calendar.make', INSERT, values);
  }

  async remove(id: string): Promise<void> {
    await this.db.write('calendar.stop', REMOVE, [id]);
  }
}
