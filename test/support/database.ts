import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createDataSource, migrations } from '../../src/data-source.js';

/** A private, migrated, empty database. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Any number; all workers of a run agree on it. */
const TEMPLATE_LOCK = 20_261_105;

/** Address of the test server without a database, set by the global set-up. */
export function testServer(): string {
  const server = process.env['TEST_DATABASE_SERVER'];
  if (server === undefined)
    throw new Error('TEST_DATABASE_SERVER is not set: run the tests of the project e2e');
  return server;
}

/** Changes whenever a migration does, so a stale template is never reused. */
function templateName(): string {
  const digest = createHash('sha256').update(migrations.map(String).join('\n')).digest('hex');
  return `template_${digest.slice(0, 12)}`;
}

export async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: `${testServer()}/postgres` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes a database once, to be cloned; the advisory lock, which ends with the connection, makes the other workers wait.
 *
 * @param make fills a database, which nobody may be connected to any more when it is done
 */
export async function ensureTemplate(
  template: string,
  lock: number,
  make: (url: string) => Promise<void>,
  from = 'template1',
): Promise<void> {
  await onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount !== 0) return;
    const building = `${template}_building`;
    await client.query(`DROP DATABASE IF EXISTS ${building} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${building} TEMPLATE ${from}`);
    await make(`${testServer()}/${building}`);
    await client.query(`ALTER DATABASE ${building} RENAME TO ${template}`);
  });
}

async function migrate(url: string): Promise<void> {
  const dataSource = createDataSource(url);
  await dataSource.initialize();
  await dataSource.runMigrations().finally(() => dataSource.destroy());
}

/** The name of a migrated database without any row, for clones. */
export async function migratedTemplate(): Promise<string> {
  const template = templateName();
  await ensureTemplate(template, TEMPLATE_LOCK, migrate);
  return template;
}

/** An empty database without migrations, for tests of the migrations themselves. */
export async function createEmptyDatabase(template = 'template0'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: `${testServer()}/${name}`,
    drop: () => onServer(async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

/** A private, migrated, empty database for one test file: a clone, which takes a tenth of the time of migrating. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createEmptyDatabase(await migratedTemplate());
}
