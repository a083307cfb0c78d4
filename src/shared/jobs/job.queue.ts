import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { newId } from '../new-id.js';
import { Bell } from './bell.js';
import type { JobPayload } from './job.js';

const INSERT = `
  INSERT INTO job (id, kind, payload, dedupe_key, max_attempts, run_after, requested_by)
  VALUES ($1, $2, $3, $4, $5, coalesce($6, now()), $7)
  ON CONFLICT (kind, dedupe_key) WHERE state IN ('queued', 'running') DO NOTHING`;

const LIVE = `SELECT id FROM job WHERE kind = $1 AND dedupe_key = $2 AND state IN ('queued', 'running')`;

export interface NewJob {
  kind: string;
  /** Ids and small values only: rows are read when the job runs. */
  payload?: JobPayload;
  /** At most one job of a kind and key is waiting or running; asking again returns that one. */
  dedupeKey?: string;
  runAfter?: Date;
  maxAttempts?: number;
  requestedBy?: string;
}

/** Writes jobs. The row is the truth and joins the transaction that is open; the bell only wakes a worker. */
@Injectable()
export class JobQueue {
  constructor(
    private readonly db: Database,
    private readonly bell: Bell,
  ) {}

  /** @returns the id of the job, an older one when the same is already waiting */
  async enqueue(job: NewJob): Promise<string> {
    return (await this.offer(job)).id;
  }

  /** As `enqueue`. @returns also whether the job is a new one, and not an older one that is waiting */
  async offer(job: NewJob): Promise<{ id: string; isNew: boolean }> {
    const id = newId();
    const written = await this.db.write('job.insert', INSERT, [
      id,
      job.kind,
      job.payload ?? {},
      job.dedupeKey ?? null,
      job.maxAttempts ?? 5,
      job.runAfter ?? null,
      job.requestedBy ?? null,
    ]);
    if (written === 0) {
      const live = await this.db.readOne<{ id: string }>('job.live', LIVE, [job.kind, job.dedupeKey]);
      // The other one ended between the two statements: nothing is waiting, so the new one is due.
      return live ? { id: live.id, isNew: false } : this.offer(job);
    }
    if (!job.runAfter) this.db.afterCommit(() => this.bell.ring(id));
    return { id, isNew: true };
  }
}
