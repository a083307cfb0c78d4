import pg from 'pg';
import { FileStore } from '../src/shared/files/file-store.js';
import { createTestApp, type TestApp } from './support/app.js';
import { createTestDatabase } from './support/database.js';
import { FaultyProxy } from './support/proxy.js';

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('applications that begin where one has started before', () => {
  it('find the same, and none sees what another does', async () => {
    const [one, other] = await Promise.all([createTestApp(), createTestApp()]);
    const courses = (t: TestApp) => t.db.read('test.courses', 'SELECT id, slug FROM course ORDER BY slug');
    expect((await courses(one)).length).toBeGreaterThan(2);
    expect(await courses(other)).toEqual(await courses(one));
    const { hash } = await one.app.get(FileStore).put(Buffer.from('of one alone'));
    await one.db.write('test.rename', `UPDATE course SET slug = slug || '-of-one'`);
    expect(await other.app.get(FileStore).stat(hash)).toBeUndefined();
    expect(await courses(other)).not.toEqual(await courses(one));
    await Promise.all([one.close(), other.close()]);
  }, 60_000);
});

describe('the ground of the tests', () => {
  it('gives every caller a migrated database of its own', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one.url).not.toBe(two.url);
    await query(one.url, 'CREATE TABLE only_here (id int)');
    const count = `SELECT count(*)::int AS n FROM pg_tables WHERE tablename IN ('only_here', 'person')`;
    expect(await query(one.url, count)).toEqual([{ n: 2 }]);
    expect(await query(two.url, count)).toEqual([{ n: 1 }]);
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('runs on the PostgreSQL it says', async () => {
    const server = `${process.env['TEST_DATABASE_SERVER']}/postgres`;
    const [row] = await query<{ v: string }>(server, 'SHOW server_version');
    expect(JSON.stringify(row)).toContain(`"${process.env['QAFILA_TEST_PG'] ?? '18'}.`);
  });
});

describe('the faulty proxy', () => {
  let proxy: FaultyProxy;
  beforeAll(async () => (proxy = await FaultyProxy.to(`${process.env['TEST_DATABASE_SERVER']}/postgres`)));
  afterAll(() => proxy.close());

  it('passes, slows, hangs, refuses and recovers', async () => {
    const server = `${process.env['TEST_DATABASE_SERVER']}/postgres`;
    const url = proxy.through(server);
    const timed = async (): Promise<number> => {
      const started = performance.now();
      await query(url, 'SELECT 1');
      return performance.now() - started;
    };
    expect(await timed()).toBeLessThan(400);
    proxy.delayMs = 100;
    await proxy.set('slow');
    expect(await timed()).toBeGreaterThan(400);
    await proxy.set('hang');
    await expect(timed()).rejects.toThrow('timeout');
    await proxy.set('refuse');
    await expect(timed()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.set('pass');
    expect(await timed()).toBeLessThan(400);
  }, 20_000);
});
