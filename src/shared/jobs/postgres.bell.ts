import { Logger } from '@nestjs/common';
import pg from 'pg';
import { Bell } from './bell.js';

const CHANNEL = 'qafila_job';
const RECONNECT_MS = 2000;

/** The bell without Redis: LISTEN and NOTIFY of PostgreSQL itself. */
export class PostgresBell extends Bell {
  private readonly logger = new Logger(PostgresBell.name);
  private listener: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly pool: pg.Pool,
  ) {
    super();
  }

  ring(jobId: string): void {
    this.pool
      .query('SELECT pg_notify($1, $2)', [CHANNEL, jobId])
      .catch((error: Error) => this.logger.warn(`Ring lost: ${error.message}`));
  }

  async listen(wake: (jobId: string) => Promise<void>): Promise<void> {
    if (this.closed) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'qafila-bell',
      keepAlive: true,
    });
    const again = (): void => {
      if (this.closed || this.listener !== client) return;
      this.listener = undefined;
      this.retry = setTimeout(() => void this.listen(wake), RECONNECT_MS);
    };
    this.listener = client;
    client.on('error', again).on('end', again);
    client.on('notification', ({ payload }) => {
      if (payload) wake(payload).catch((error: Error) => this.logger.error(error.stack));
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      again();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.listener?.end().catch(() => undefined);
  }
}
