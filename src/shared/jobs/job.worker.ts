import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { Bell } from './bell.js';
import { JobQueue } from './job.queue.js';
import { JobRunner } from './job.runner.js';

/** A job that comes back: `everySeconds` after the last look, never twice at once. */
export interface RecurringJob {
  kind: string;
  everySeconds: number;
}

export const POLL_MS = Symbol('milliseconds between two looks at the job table');
const DEFAULT_POLL_MS = 5000;
const STOP_WAIT_MS = 8000;
const CONCURRENCY = 2;
/** A look waits so long for what it began: work of an hour, such as a film, does not keep everything else waiting. */
const LOOK_WAIT_MS = 30_000;

/** Wakes for rings and looks at the table itself, so that nothing waits longer than one look when a ring is lost. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(JobWorker.name);
  private readonly running = new Set<Promise<unknown>>();
  private readonly recurring: Array<RecurringJob & { nextAt: number }> = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly bell: Bell,
    private readonly runner: JobRunner,
    private readonly queue: JobQueue,
    @Inject(POLL_MS) private readonly pollMs: number,
  ) {}

  every(job: RecurringJob): void {
    this.recurring.push({ ...job, nextAt: 0 });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.runsJobs) return;
    await this.bell.listen((jobId) => this.take(jobId));
    this.schedule(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.runner.stop();
    await this.bell.close();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(this.running),
      new Promise((done) => (timer = setTimeout(done, STOP_WAIT_MS))),
    ]);
    clearTimeout(timer);
  }

  /** One look at the table: rings for recurring jobs whose time has come, then everything that is due. */
  async look(): Promise<void> {
    const now = Date.now();
    for (const job of this.recurring.filter(({ nextAt }) => nextAt <= now)) {
      job.nextAt = now + job.everySeconds * 1000;
      await this.queue.enqueue({ kind: job.kind, dedupeKey: job.kind, maxAttempts: 3 });
    }
    const due = await this.runner.due();
    const lanes = Array.from({ length: CONCURRENCY }, async () => {
      for (let id = due.shift(); id !== undefined && !this.stopped; id = due.shift()) await this.take(id);
    });
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise((done) => (timer = setTimeout(done, LOOK_WAIT_MS)));
    await Promise.race([Promise.all(lanes), enough]).finally(() => clearTimeout(timer));
  }

  private async take(jobId: string): Promise<void> {
    const work = this.runner.runJob(jobId);
    this.running.add(work);
    try {
      await work;
    } finally {
      this.running.delete(work);
    }
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.look()
        .catch((error: Error) => this.logger.warn(`The job table could not be read: ${error.message}`))
        .finally(() => this.schedule(this.pollMs));
    }, delayMs);
  }
}

export const DEFAULT_POLL = { provide: POLL_MS, useValue: DEFAULT_POLL_MS };
