import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { DrawPromise } from './draw-secret.js';
import type { Selection, SelectionDesign } from './selection.js';

const COLUMNS = `
  SELECT call_id AS "callId", organisation_id AS "organisationId", state, design, revision, hash, secret,
         announced_at AS "announcedAt", closed_at AS "closedAt", published_at AS "publishedAt"
    FROM selection`;
const OF = `${COLUMNS} WHERE call_id = $1`;
const LOCK = `${OF} FOR UPDATE`;
/** Scores are written beside each other; closing waits for them, and they for it. */
const SHARE = `${OF} FOR SHARE`;
const INSERT = `
  INSERT INTO selection (call_id, organisation_id, state, design, revision, created_at, changed_at)
  VALUES ($1, $2, 'draft', $3, 1, $4, $4) ON CONFLICT (call_id) DO NOTHING`;
const REWRITE = `UPDATE selection SET design = $2, revision = revision + 1, changed_at = $3 WHERE call_id = $1`;
const ANNOUNCE = `
  UPDATE selection SET state = 'announced', hash = $2, sealed = $3, announced_at = $4, announced_before = $5, changed_at = $4
   WHERE call_id = $1`;
const SEALED = `SELECT sealed FROM selection WHERE call_id = $1`;
const CLOSE = `UPDATE selection SET state = 'closed', closed_at = $2, changed_at = $2 WHERE call_id = $1`;
const PUBLISH = `UPDATE selection SET state = 'published', secret = $2, published_at = $3, changed_at = $3 WHERE call_id = $1`;

/** Selections in the database; changes are part of the caller's transaction. */
@Injectable()
export class SelectionStore {
  constructor(private readonly db: Database) {}

  of(callId: string): Promise<Selection | undefined> {
    return this.db.readOne('selection.of', OF, [callId]);
  }

  lock(callId: string): Promise<Selection | undefined> {
    return this.db.readOne('selection.lock', LOCK, [callId]);
  }

  share(callId: string): Promise<Selection | undefined> {
    return this.db.readOne('selection.share', SHARE, [callId]);
  }

  /** @returns false when there is one already */
  async insert(
    call: { id: string; organisationId: string },
    design: SelectionDesign,
    now: Date,
  ): Promise<boolean> {
    const values = [call.id, call.organisationId, JSON.stringify(design), now];
    return (await this.db.write('selection.insert', INSERT, values)) > 0;
  }

  async rewrite(callId: string, design: SelectionDesign, now: Date): Promise<void> {
    await this.db.write('selection.rewrite', REWRITE, [callId, JSON.stringify(design), now]);
  }

  async announce(callId: string, { hash, sealed }: DrawPromise, now: Date, before: Date): Promise<void> {
    await this.db.write('selection.announce', ANNOUNCE, [callId, hash, sealed, now, before]);
  }

  /** The secret as it is sealed; only who ranks asks for it. */
  async sealed(callId: string): Promise<string> {
    const row = await this.db.readOne<{ sealed: string | null }>('selection.sealed', SEALED, [callId]);
    if (!row?.sealed) throw new Error(`No secret of ${callId}`);
    return row.sealed;
  }

  async close(callId: string, now: Date): Promise<void> {
    await this.db.write('selection.close', CLOSE, [callId, now]);
  }

  async publish(callId: string, secret: string, now: Date): Promise<void> {
    await this.db.write('selection.publish', PUBLISH, [callId, secret, now]);
  }
}
