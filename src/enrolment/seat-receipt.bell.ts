import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import { SEND_RECEIPTS } from './job-kinds.js';

/** Rings are gathered for this long, in milliseconds: a rush of seats asks for one job, not for one each. */
const GATHER_MS = 250;

/** Wakes the job that sends receipts. The rows say what is untold, so a ring that is lost costs a minute and no receipt. */
@Injectable()
export class SeatReceiptBell implements OnModuleDestroy {
  private readonly logger = new Logger(SeatReceiptBell.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
  ) {}

  /** Call it in the transaction of the change: nothing is asked for before that has committed. */
  ring(): void {
    this.db.afterCommit(() => {
      this.timer ??= setTimeout(() => this.ask(), GATHER_MS).unref();
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  private ask(): void {
    this.timer = undefined;
    this.jobs
      .enqueue({ kind: SEND_RECEIPTS, dedupeKey: SEND_RECEIPTS, maxAttempts: 3 })
      .catch((error: Error) => {
        this.logger.warn(`Receipts wait for the next minute: ${error.message}`);
      });
  }
}
