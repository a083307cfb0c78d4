import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { JobRunner } from '../jobs/job.runner.js';
import { JobWorker } from '../jobs/job.worker.js';
import { IdempotencyKeyReused, RequestInFlight } from './idempotency.errors.js';

const HOUR_MS = 3600 * 1000;
const KEEP_MS = 48 * HOUR_MS;
/** A request without an answer after this long died with its process: the next one may try again. */
const ABANDONED_MS = 60_000;
const PURGE_KIND = 'idempotency.purge';

const CLAIM = `
  INSERT INTO idempotency_key AS k (owner, route, key, body_hash, created_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner, route, key) DO UPDATE SET body_hash = EXCLUDED.body_hash, created_at = EXCLUDED.created_at, status = NULL, media_type = NULL, response = NULL
   WHERE k.created_at < $6 OR (k.status IS NULL AND k.created_at < $7)`;

const KNOWN = `
  SELECT body_hash AS "bodyHash", status, media_type AS "mediaType", response
    FROM idempotency_key
   WHERE owner = $1 AND route = $2 AND key = $3`;

const ANSWER = `
  UPDATE idempotency_key SET status = $4, media_type = $5, response = $6
   WHERE owner = $1 AND route = $2 AND key = $3`;

const FORGET = `DELETE FROM idempotency_key WHERE owner = $1 AND route = $2 AND key = $3`;
const PURGE = `DELETE FROM idempotency_key WHERE created_at < $1`;

/** One repeated request: who asks, what for, and the key they chose. */
export interface RequestKey {
  owner: string;
  route: string;
  key: string;
}

export interface FirstAnswer {
  status: number;
  mediaType: string;
  response: string;
}

interface KnownRow {
  bodyHash: string;
  status: number | null;
  mediaType: string | null;
  response: string | null;
}

/**
 * What a body is told from another by. Undefined for one that is too deep to be written again: no form of ours is, and
 * what sends facts repeats them by ids of their own.
 */
export function bodyDigest(body: unknown): string | undefined {
  try {
    return createHash('sha256')
      .update(JSON.stringify(body ?? {}))
      .digest('hex');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Remembers the first answer to a request for 48 h, per account and route. */
@Injectable()
export class IdempotencyStore implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: PURGE_KIND, run: async () => ({ purged: await this.purge() }) });
    this.worker.every({ kind: PURGE_KIND, everySeconds: 3600 });
  }

  /**
   * @param bodyHash see `bodyDigest`
   * @returns the first answer when there is one; undefined when this request is the first
   * @throws IdempotencyKeyReused for another body, RequestInFlight while the first has no answer
   */
  async claim(id: RequestKey, bodyHash: string): Promise<FirstAnswer | undefined> {
    const now = this.clock.now().getTime();
    const limits = [new Date(now), new Date(now - KEEP_MS), new Date(now - ABANDONED_MS)];
    const claimed = await this.db.write('idempotency.claim', CLAIM, [
      id.owner,
      id.route,
      id.key,
      bodyHash,
      ...limits,
    ]);
    if (claimed === 1) return undefined;
    const known = await this.db.readOne<KnownRow>('idempotency.known', KNOWN, [id.owner, id.route, id.key]);
    if (known && known.bodyHash !== bodyHash) throw new IdempotencyKeyReused();
    if (!known || known.status === null) throw new RequestInFlight();
    return {
      status: known.status,
      mediaType: known.mediaType ?? 'application/json',
      response: known.response ?? '',
    };
  }

  async answer(id: RequestKey, answer: FirstAnswer): Promise<void> {
    await this.db.write('idempotency.answer', ANSWER, [
      id.owner,
      id.route,
      id.key,
      answer.status,
      answer.mediaType,
      answer.response,
    ]);
  }

  /** The request failed in a way that another try may mend. */
  async forget(id: RequestKey): Promise<void> {
    await this.db.write('idempotency.forget', FORGET, [id.owner, id.route, id.key]);
  }

  private purge(): Promise<number> {
    return this.db.write('idempotency.purge', PURGE, [new Date(this.clock.now().getTime() - KEEP_MS)]);
  }
}
