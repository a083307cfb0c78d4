import type { DataSource } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { createDataSource } from '../data-source.js';

const OLDEST_VERSION = 150_000;
const MIGRATION_LOCK = 20_261_122;

/** DATABASE_URL leads nowhere, or to something that cannot serve. One sentence, without the address: it holds a password. */
export class DatabaseUnusable extends Error {}

/** Connects, checks version and encoding, and brings the schema up to date; several processes may do so at once. */
export async function prepareDatabase(config: AppConfig, log: (line: string) => void): Promise<void> {
  const dataSource = await connect(config);
  try {
    await check(dataSource);
    const runner = dataSource.createQueryRunner();
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const applied = await dataSource.runMigrations();
      if (applied.length > 0) log(`Applied ${applied.length} migrations`);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

async function connect(config: AppConfig): Promise<DataSource> {
  try {
    return await createDataSource(config.DATABASE_URL ?? '').initialize();
  } catch (error) {
    throw new DatabaseUnusable(`DATABASE_URL cannot be used: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const errors = error instanceof AggregateError ? (error.errors as Error[]) : [error as Error];
  return errors.map(({ message }) => message.split('\n')[0]).join('; ');
}

async function check(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<Array<{ version: number; encoding: string }>>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  );
  if (!row || row.version < OLDEST_VERSION)
    throw new DatabaseUnusable('DATABASE_URL cannot be used: PostgreSQL 15 or later is needed');
  if (row.encoding !== 'UTF8')
    throw new DatabaseUnusable(
      `DATABASE_URL cannot be used: its encoding is ${row.encoding}, UTF8 is needed`,
    );
}
