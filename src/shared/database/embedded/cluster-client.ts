import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresFailed } from './embedded.errors.js';
import { SUPERUSER } from './pg-cluster.js';
import type { Postmaster } from './postmaster.js';

/** The application's database in the cluster. */
export const DATABASE = 'qafila';

/** Address of a database over the server's unix socket, as the `pg` package reads it. */
export function databaseUrl({ socketDir, port }: Postmaster, secret: string, database = DATABASE): string {
  return `postgres://${SUPERUSER}:${secret}@/${database}?host=${encodeURIComponent(socketDir)}&port=${port}`;
}

/** Version of the running server, such as `18.4`; proves at the same time that the password opens it. */
export async function serverVersion(url: string): Promise<string> {
  return withClient(inPostgres(url), async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version') AS version`,
    );
    return rows[0]?.version ?? '';
  });
}

/** Creates the application's database when it is missing and checks that readers' collations exist. */
export async function ensureDatabase(url: string): Promise<void> {
  await withClient(inPostgres(url), async (client) => {
    const { rows } = await client.query<{ present: boolean; collations: string }>(
      `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS present,
              (SELECT count(*) FROM pg_collation WHERE collname IN ('ar-x-icu', 'fr-x-icu')) AS collations`,
      [DATABASE],
    );
    if (Number(rows[0]?.collations) !== 2)
      throw new EmbeddedPostgresFailed('has no collations for Arabic and French');
    if (!rows[0]?.present) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

function inPostgres(url: string): string {
  return url.replace(`/${DATABASE}?`, '/postgres?');
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Connects; a server that is ready by its pid file may still say for a moment that it is starting up (57P03). */
async function connect(url: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if ((error as { code?: string }).code !== '57P03' || attempt === 50) throw error;
      await sleep(100);
    }
  }
}
