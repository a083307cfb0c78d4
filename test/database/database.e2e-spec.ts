import { newId } from '../../src/shared/new-id.js';
import { violates } from '../../src/shared/database/database.errors.js';
import { createTestApp, type TestApp } from '../support/app.js';

const INSERT = `INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES ($1, $2, 'agency', 'x', 'x')`;
const COUNT = `SELECT count(*)::int AS n FROM organisation WHERE slug = $1`;

describe('Database', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  const insert = (slug: string) => t.db.write('test.insert', INSERT, [newId(), slug]);
  const count = async (slug: string) => (await t.db.readOne<{ n: number }>('test.count', COUNT, [slug]))?.n;

  it('rolls everything back, nested work included, and rings no bell', async () => {
    const rung: string[] = [];
    const failing = t.db.transaction(async () => {
      await t.db.transaction(() => insert('rolled-back'));
      t.db.afterCommit(() => void rung.push('bell'));
      throw new Error('boom');
    });
    await expect(failing).rejects.toThrow('boom');
    expect(await count('rolled-back')).toBe(0);
    expect(rung).toEqual([]);
  });

  it('rings after the commit, and keeps the result when the ring fails', async () => {
    let seen: Promise<number | undefined> | undefined;
    const result = await t.db.transaction(async () => {
      await insert('rung');
      t.db.afterCommit(() => {
        seen = count('rung');
        throw new Error('redis is away');
      });
      return 'done';
    });
    expect(result).toBe('done');
    expect(await seen).toBe(1);
  });

  it('shows nobody else what is not committed', async () => {
    let openDoor: () => void = () => undefined;
    const door = new Promise<void>((resolve) => (openDoor = resolve));
    let inside: number | undefined;
    const writer = t.db.transaction(async () => {
      await insert('private');
      inside = await count('private');
      await door;
    });
    expect(await count('private')).toBe(0);
    openDoor();
    await writer;
    expect(inside).toBe(1);
    expect(await count('private')).toBe(1);
  });

  it('runs the work again after a deadlock', async () => {
    await insert('left');
    await insert('right');
    const LOCK = `SELECT id FROM organisation WHERE slug = $1 FOR UPDATE`;
    let meet = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    const cross = (first: string, second: string) =>
      t.db.transaction(async () => {
        await t.db.read('test.lock', LOCK, [first]);
        if (++meet === 2) open();
        await both;
        await t.db.read('test.lock', LOCK, [second]);
        return `${first}-${second}`;
      });
    const results = await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    expect(results).toEqual(['left-right', 'right-left']);
    expect(meet).toBeGreaterThan(2);
  }, 20_000);

  it('names the constraint that was violated', async () => {
    await insert('once');
    const again = await insert('once').catch((error: unknown) => error);
    expect(violates(again, 'organisation_slug_key')).toBe(true);
    expect(violates(again, 'organisation_pkey')).toBe(false);
  });

  it('reads on although a migration changed what a prepared statement returns', async () => {
    const READ = `SELECT * FROM changing`;
    await t.db.write('test.make', `CREATE TABLE changing (a integer)`);
    // Every pooled connection prepares the statement before the table changes.
    await Promise.all(Array.from({ length: 10 }, () => t.db.read('test.changing', READ)));
    await t.db.write('test.alter', `ALTER TABLE changing ADD COLUMN b integer DEFAULT 7`);
    await t.db.write('test.fill', `INSERT INTO changing (a) VALUES (1)`);
    expect(await t.db.read('test.changing', READ)).toEqual([{ a: 1, b: 7 }]);
  });

  it('gives bare dates and big counts as they are', async () => {
    const [row] = await t.db.read(
      `test.types`,
      `SELECT DATE '2026-12-14' AS day, 9007199254740991::int8 AS big`,
    );
    expect(row).toEqual({ day: '2026-12-14', big: 9007199254740991 });
  });
});
