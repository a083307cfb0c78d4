import { Logger } from '@nestjs/common';
import Bull from 'bull';
import { Bell } from './bell.js';

const QUEUE = 'qafila-bell';
const RETRY_MS = 2000;
const CLOSE_MS = 2000;

interface Ring {
  jobId: string;
}

/** Address of Redis in the words of Bull's client. */
function redisOptions(url: string): Bull.QueueOptions['redis'] {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
    retryStrategy: () => RETRY_MS,
  };
}

/**
 * The bell over Redis: one Bull queue that carries ids. Ringing and listening have queues of their own, because the
 * one that rings must fail at once while Redis is away: with Bull's defaults `add` waits for ever.
 */
export class BullBell extends Bell {
  private readonly logger = new Logger(BullBell.name);
  private readonly producer: Bull.Queue<Ring>;
  private consumer: Bull.Queue<Ring> | undefined;

  constructor(private readonly url: string) {
    super();
    this.producer = new Bull<Ring>(QUEUE, {
      redis: { ...(redisOptions(url) as object), enableOfflineQueue: false, maxRetriesPerRequest: 1 },
    });
    this.producer.on('error', (error) => this.logger.debug(`Redis: ${error.message}`));
  }

  ring(jobId: string): void {
    // Not connected: the workers' own look at the table finds the row within seconds.
    if (this.producer.client.status !== 'ready') return;
    this.producer
      .add({ jobId }, { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true })
      .catch((error: Error) => this.logger.warn(`Ring lost: ${error.message}`));
  }

  async listen(wake: (jobId: string) => Promise<void>): Promise<void> {
    this.consumer = new Bull<Ring>(QUEUE, { redis: redisOptions(this.url) ?? {} });
    this.consumer.on('error', (error) => this.logger.debug(`Redis: ${error.message}`));
    void this.consumer
      .process(2, async ({ data }) => wake(data.jobId))
      .catch((error: Error) => this.logger.debug(error.message));
  }

  async close(): Promise<void> {
    // `close` waits for Redis, which may be the very thing that is away.
    const open = [this.producer, this.consumer].filter((queue) => queue !== undefined);
    const closing = open.map((queue) => queue.close(true).catch(() => undefined));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([Promise.all(closing), new Promise((done) => (timer = setTimeout(done, CLOSE_MS)))]);
    clearTimeout(timer);
    for (const queue of open) queue.client.disconnect();
  }
}
