import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { JobState } from './job.js';

const STATUS = `
  SELECT id, kind, state, progress_done AS done, progress_total AS total, result, error, requested_by AS "requestedBy"
    FROM job
   WHERE id = $1`;

const LIVE = `
  SELECT id, progress_done AS done, progress_total AS total
    FROM job
   WHERE kind = $1 AND dedupe_key = $2 AND state IN ('queued', 'running')`;

// Ended jobs of a kind and key have no index of their own: asked by people, one page at a time.
const ENDED = `
  SELECT state, extract(epoch FROM now() - finished_at)::float8 AS "secondsAgo"
    FROM job
   WHERE kind = $1 AND dedupe_key = $2 AND state IN ('done', 'dead')
   ORDER BY finished_at DESC
   LIMIT 1`;

const COUNTS = `
  SELECT state, count(*)::int AS jobs
    FROM job
   WHERE state IN ('queued', 'running', 'dead')
   GROUP BY state`;

const LATEST = `
  SELECT id, kind, state, attempts, created_at AS "createdAt", finished_at AS "finishedAt", error
    FROM job
   ORDER BY created_at DESC
   LIMIT $1`;

export interface JobStatus {
  id: string;
  kind: string;
  state: JobState;
  done: number;
  total: number | null;
  result: Record<string, unknown> | null;
  error: string | null;
  requestedBy: string | null;
}

/** A job that waits or runs; `total` is null until it is known. */
export interface LiveJob {
  id: string;
  done: number;
  total: number | null;
}

/** How a job ended, and how many seconds ago by the clock of the database. */
export interface EndedJob {
  state: 'done' | 'dead';
  secondsAgo: number;
}

export interface JobLine {
  id: string;
  kind: string;
  state: JobState;
  attempts: number;
  createdAt: Date;
  finishedAt: Date | null;
  error: string | null;
}

/** What the job table says to progress bars, metrics and operators. */
@Injectable()
export class JobQuery {
  constructor(private readonly db: Database) {}

  status(id: string): Promise<JobStatus | undefined> {
    return this.db.readOne<JobStatus>('job.status', STATUS, [id]);
  }

  /** The job of a kind and key that waits or runs: there is at most one. */
  live(kind: string, dedupeKey: string): Promise<LiveJob | undefined> {
    return this.db.readOne<LiveJob>('job.liveOf', LIVE, [kind, dedupeKey]);
  }

  /** The job of a kind and key that ended last. */
  ended(kind: string, dedupeKey: string): Promise<EndedJob | undefined> {
    return this.db.readOne<EndedJob>('job.endedOf', ENDED, [kind, dedupeKey]);
  }

  counts(): Promise<Array<{ state: JobState; jobs: number }>> {
    return this.db.read('job.counts', COUNTS);
  }

  latest(limit = 50): Promise<JobLine[]> {
    return this.db.read<JobLine>('job.latest', LATEST, [limit]);
  }
}
