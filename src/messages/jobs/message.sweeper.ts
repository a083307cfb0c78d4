import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { MessageGateway } from '../message-gateway.js';
import { SEND_ATTEMPTS, SEND_KIND } from '../message.queue.js';

const SWEEP_KIND = 'messages.sweep';
const EVERY_SECONDS = 60;
/** A message younger than this has a job of its own that is still to come, in milliseconds. */
const YOUNG_MS = 60_000;
const AT_ONCE = 500;

const FORGOTTEN = `
  SELECT m.id
    FROM message m
   WHERE m.state IN ('queued', 'handed')
     AND m.channel = ANY($1)
     AND m.created_at < $2
     AND (m.send_after IS NULL OR m.send_after < $4)
     AND NOT EXISTS (SELECT 1 FROM job j
                      WHERE j.kind = $3 AND j.dedupe_key = m.id::text AND j.state IN ('queued', 'running'))
   ORDER BY m.created_at
   LIMIT ${AT_ONCE}`;

/** Messages whose job is gone, or that waited for a gateway, get a new job: the row is the truth. */
@Injectable()
export class MessageSweeper implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly gateway: MessageGateway,
    private readonly jobs: JobQueue,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: SWEEP_KIND, run: async () => ({ found: await this.sweep() }) });
    this.worker.every({ kind: SWEEP_KIND, everySeconds: EVERY_SECONDS });
  }

  /** @returns how many messages got a new job */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - YOUNG_MS);
    const rows = await this.db.read<{ id: string }>('message.forgotten', FORGOTTEN, [
      this.gateway.channels,
      before,
      SEND_KIND,
      now,
    ]);
    for (const { id } of rows) {
      await this.jobs.enqueue({
        kind: SEND_KIND,
        payload: { messageId: id },
        dedupeKey: id,
        maxAttempts: SEND_ATTEMPTS,
      });
    }
    return rows.length;
  }
}
