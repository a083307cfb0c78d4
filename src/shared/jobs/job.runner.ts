import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import {
  backoffSeconds,
  HEARTBEAT_MS,
  type JobControl,
  type JobHandler,
  JobImpossible,
  type JobPayload,
  LEASE_SECONDS,
  LeaseLost,
} from './job.js';
import { newId } from '../new-id.js';

const LEASE = `
  UPDATE job
     SET state = 'running', attempts = attempts + 1, lease_token = $2, lease_until = now() + $3 * interval '1 second'
   WHERE id = (SELECT id FROM job
                WHERE id = $1
                  AND attempts < max_attempts
                  AND ((state = 'queued' AND run_after <= now()) OR (state = 'running' AND lease_until < now()))
                  FOR UPDATE SKIP LOCKED)
  RETURNING kind, payload, attempts, max_attempts AS "maxAttempts"`;

const RENEW = `
  UPDATE job SET lease_until = now() + $3 * interval '1 second' WHERE id = $1 AND lease_token = $2`;

const HOLDS = `SELECT 1 AS held FROM job WHERE id = $1 AND lease_token = $2 FOR UPDATE`;

const FINISH = `
  UPDATE job
     SET state = 'done', finished_at = now(), result = $3, error = NULL, lease_token = NULL, lease_until = NULL
   WHERE id = $1 AND lease_token = $2`;

const RETRY = `
  UPDATE job
     SET state = 'queued', run_after = now() + $3 * interval '1 second', error = $4, lease_token = NULL, lease_until = NULL
   WHERE id = $1 AND lease_token = $2`;

// What the process broke off itself is no failure: the try is given back, and the next process takes it at once.
const GIVE_BACK = `
  UPDATE job
     SET state = 'queued', attempts = attempts - 1, run_after = now(), lease_token = NULL, lease_until = NULL
   WHERE id = $1 AND lease_token = $2`;

const BURY = `
  UPDATE job
     SET state = 'dead', finished_at = now(), error = $3, lease_token = NULL, lease_until = NULL
   WHERE id = $1 AND lease_token = $2`;

const BURY_ABANDONED = `
  UPDATE job
     SET state = 'dead', finished_at = now(), lease_token = NULL, lease_until = NULL,
         error = coalesce(error, 'The worker stopped in every attempt')
   WHERE state = 'running' AND lease_until < now() AND attempts >= max_attempts`;

const DUE = `
  SELECT id FROM job
   WHERE attempts < max_attempts
     AND ((state = 'queued' AND run_after <= now()) OR (state = 'running' AND lease_until < now()))
   ORDER BY run_after
   LIMIT 20`;

const PROGRESS = `UPDATE job SET progress_done = $3, progress_total = $4 WHERE id = $1 AND lease_token = $2`;

interface Leased {
  kind: string;
  payload: JobPayload;
  attempts: number;
  maxAttempts: number;
}

/** Runs jobs under a lease: a worker that dies loses it, and another takes the job within the lease's time. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);
  private readonly handlers = new Map<string, JobHandler>();
  private readonly stopping = new AbortController();

  constructor(private readonly db: Database) {}

  register(handler: JobHandler): void {
    if (this.handlers.has(handler.kind)) throw new Error(`Two handlers for jobs of kind ${handler.kind}`);
    this.handlers.set(handler.kind, handler);
  }

  /** Ids of jobs that are due, abandoned ones included; those that failed too often are buried on the way. */
  async due(): Promise<string[]> {
    return this.db.on('jobs', async () => {
      await this.db.write('job.buryAbandoned', BURY_ABANDONED);
      return (await this.db.read<{ id: string }>('job.due', DUE)).map(({ id }) => id);
    });
  }

  /** Runs one job if nobody else does. @returns whether this call ran it */
  async runJob(id: string): Promise<boolean> {
    if (this.stopping.signal.aborted) return false;
    return this.db.on('jobs', async () => {
      const token = newId();
      const job = await this.db.readOne<Leased>('job.lease', LEASE, [id, token, LEASE_SECONDS]);
      if (!job) return false;
      await this.attempt(id, token, job);
      return true;
    });
  }

  /** No new work; what runs is told to end, and loses no attempt by it. */
  stop(): void {
    this.stopping.abort();
  }

  private async attempt(id: string, token: string, job: Leased): Promise<void> {
    const lost = new AbortController();
    const renew = async (): Promise<void> => {
      if ((await this.db.write('job.renew', RENEW, [id, token, LEASE_SECONDS])) === 0) lost.abort();
    };
    const heartbeat = setInterval(() => void renew().catch(() => undefined), HEARTBEAT_MS);
    try {
      const handler = this.handlers.get(job.kind);
      if (!handler) throw new JobImpossible(`Nothing here handles jobs of kind ${job.kind}`);
      const result = await handler.run(job.payload, this.control(id, token, job.attempts, lost.signal));
      await this.db.write('job.finish', FINISH, [id, token, result ?? null]);
    } catch (error) {
      await this.failed(id, token, job, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private control(id: string, token: string, attempt: number, lost: AbortSignal): JobControl {
    // One after the other: written side by side, what was said first could stay as the last word.
    let said: Promise<unknown> = Promise.resolve();
    return {
      jobId: id,
      attempt,
      signal: AbortSignal.any([lost, this.stopping.signal]),
      isStopping: () => this.stopping.signal.aborted,
      progress: (done, total) => {
        const saying = said.then(async () => {
          await this.db.write('job.progress', PROGRESS, [id, token, done, total]);
        });
        said = saying.catch(() => undefined);
        return saying;
      },
      commit: (work) =>
        this.db.transaction(async () => {
          if (!(await this.db.readOne('job.holds', HOLDS, [id, token]))) throw new LeaseLost(id);
          return work();
        }),
    };
  }

  private async failed(id: string, token: string, job: Leased, error: unknown): Promise<void> {
    if (error instanceof LeaseLost) return;
    if (this.stopping.signal.aborted && !(error instanceof JobImpossible)) {
      this.logger.log(`Job ${id} (${job.kind}) is left to the next process`);
      await this.db.write('job.giveBack', GIVE_BACK, [id, token]);
      return;
    }
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
    const final = error instanceof JobImpossible || job.attempts >= job.maxAttempts;
    if (final) {
      this.logger.error(`Job ${id} (${job.kind}) is given up after ${job.attempts} attempts: ${reason}`);
      await this.db.write('job.bury', BURY, [id, token, reason]);
    } else {
      this.logger.warn(`Job ${id} (${job.kind}) failed in attempt ${job.attempts}: ${reason}`);
      await this.db.write('job.retry', RETRY, [id, token, backoffSeconds(job.attempts), reason]);
    }
  }
}
