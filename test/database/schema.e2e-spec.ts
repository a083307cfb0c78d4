import pg from 'pg';
import { createDataSource } from '../../src/data-source.js';
import { expectCommitted } from '../support/committed.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { schemaText } from '../support/schema-text.js';

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()), 60_000);
  afterAll(() => database.drop());

  async function read(): Promise<string> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return schemaText(client).finally(() => client.end());
  }

  it('is the committed one', async () => {
    await expectCommitted('migrations/schema.sql', await read());
  });

  it('can be undone and made again, migration by migration', async () => {
    const before = await read();
    const dataSource = await createDataSource(database.url).initialize();
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration({ transaction: 'none' });
    const [left] = await dataSource.query<Array<{ tables: number }>>(
      `SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'`,
    );
    expect(left).toEqual({ tables: 0 });
    const redone = await dataSource.runMigrations();
    expect(redone).toHaveLength(dataSource.migrations.length);
    await dataSource.destroy();
    expect(await read()).toBe(before);
  });
});
