import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { TooMany } from '../errors/domain-error.js';
import { JobRunner } from '../jobs/job.runner.js';
import { JobWorker } from '../jobs/job.worker.js';

const HIT = `
  INSERT INTO rate_limit AS r (bucket, window_start, hits) VALUES ($1, $2, 1)
  ON CONFLICT (bucket, window_start) DO UPDATE SET hits = r.hits + 1
  RETURNING hits`;

const GIVE_BACK = `UPDATE rate_limit SET hits = hits - 1 WHERE bucket = $1 AND window_start = $2 AND hits > 0`;

const PURGE = `DELETE FROM rate_limit WHERE window_start < $1`;
const PURGE_KIND = 'limits.purge';
const KEEP_MS = 2 * 24 * 3600 * 1000;

export interface Limit {
  /** What is counted, with the key that counts apart: `otp.phone:+2126…` hashed by the caller where it is personal. */
  bucket: string;
  max: number;
  windowSeconds: number;
}

/** Counts in the database, so that every process sees the same limit. Windows start at whole multiples of their length. */
@Injectable()
export class RateLimiter implements OnModuleInit {
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

  /** @throws TooMany once `max` calls were counted in this window, with the seconds until the next one */
  async hit({ bucket, max, windowSeconds }: Limit): Promise<void> {
    const now = this.clock.now().getTime();
    const windowMs = windowSeconds * 1000;
    const start = this.windowStart(windowSeconds);
    const row = await this.db.readOne<{ hits: number }>('limits.hit', HIT, [bucket, new Date(start)]);
    if ((row?.hits ?? 0) > max) throw new TooMany(Math.ceil((start + windowMs - now) / 1000));
  }

  /** Takes a hit back: it turned out to be none of those the limit is for. */
  async giveBack({ bucket, windowSeconds }: Limit): Promise<void> {
    await this.db.write('limits.giveBack', GIVE_BACK, [bucket, new Date(this.windowStart(windowSeconds))]);
  }

  private windowStart(windowSeconds: number): number {
    const now = this.clock.now().getTime();
    return now - (now % (windowSeconds * 1000));
  }

  private purge(): Promise<number> {
    return this.db.write('limits.purge', PURGE, [new Date(this.clock.now().getTime() - KEEP_MS)]);
  }
}
