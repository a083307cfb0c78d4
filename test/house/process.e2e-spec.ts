import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, testServer } from '../support/database.js';
import { CLI, endAll, ended, run, START, start, type Started } from '../support/process.js';
import { newVarFolder, removeVarFolder } from '../support/var-folder.js';

jest.setTimeout(90_000);

/** Preloaded by Node: the package of zone data as it was before the release that knows of 2026-09-20. */
const OLD_ZONE_DATA = `--import=data:text/javascript,${encodeURIComponent(
  `import moment from '${import.meta.resolve('moment-timezone')}'; moment.tz.dataVersion = '2026b';`,
)}`;

/** Messages of the log of one level, by pino's number. */
function logged(errors: string, level: number): string[] {
  return errors
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .flatMap((line) => (line.level === level ? [line.msg] : []));
}
const WARN = 40;
const ERROR = 50;

/** Settings of a start that loads little, where what is loaded is not what is tested: the courses are most of it. */
const bareIn = (varDir: string): Record<'QAFILA_DEMO' | 'QAFILA_COURSES', string> => ({
  QAFILA_DEMO: '0',
  QAFILA_COURSES: join(varDir, 'no-courses'),
});

describe('a process', () => {
  let varDir: string;
  let bare: ReturnType<typeof bareIn>;
  beforeEach(async () => {
    varDir = await newVarFolder('qafila-process-');
    bare = bareIn(varDir);
  });
  afterEach(async () => {
    await endAll();
    await removeVarFolder(varDir);
  });

  it('starts from nothing, adopts its database after kill -9, ends at SIGTERM with 0', async () => {
    const first = await start({ QAFILA_VAR: varDir });
    expect(first.output()).toMatch(/admin@qafila\.test {3}\S{12}/);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    first.child.kill('SIGKILL');
    await ended(first);
    const second = await start({ QAFILA_VAR: varDir });
    expect(second.output()).toContain('adopted');
    expect(/admin@qafila\.test {3}(\S+)/.exec(second.output())?.[1]).toBe(
      /admin@qafila\.test {3}(\S+)/.exec(first.output())?.[1],
    );
    const before = performance.now();
    second.child.kill('SIGTERM');
    expect(await ended(second)).toBe(0);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('refuses a var/ that another process holds, also on its port, and says so in one line', async () => {
    const first = await start({ QAFILA_VAR: varDir, ...bare });
    for (const PORT of ['0', new URL(first.url).port]) {
      const second = run(START, { QAFILA_VAR: varDir, PORT });
      expect(await ended(second)).toBe(1);
      expect(second.errors().trim().split('\n')).toHaveLength(1);
      expect(second.errors()).toContain(`in use by another Qafila (process ${first.child.pid})`);
    }
    first.child.kill('SIGTERM');
    expect(await ended(first)).toBe(0);
  });

  it('refuses a port that another program holds before it sets up a database, in one line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = run(START, { QAFILA_VAR: varDir, PORT: String(port), ...bare });
    expect(await ended(refused)).toBe(1);
    expect(refused.errors().trim()).toBe(`qafila: Port ${port} is taken: stop the other program or set PORT`);
    expect(existsSync(join(varDir, 'postgres'))).toBe(false);
    taken.close();
  });

  it.each([
    ['cannot be made', '/proc/media', 'ENOENT'],
    ['is a file', '', 'EEXIST'],
  ])('names STORAGE_URL when its folder %s, before it sets up a database', async (_, given, reason) => {
    const folder = given || join(varDir, 'a-file');
    if (!given) await writeFile(folder, '');
    const refused = run(START, { QAFILA_VAR: varDir, PORT: '0', ...bare, STORAGE_URL: `file:${folder}` });
    expect(await ended(refused)).toBe(1);
    expect(refused.errors()).toBe(
      `qafila: STORAGE_URL cannot be used: ${folder} cannot be written (${reason}); ` +
        'make it writable or set STORAGE_URL to another folder.\n',
    );
    expect(refused.output()).toBe('');
    expect(existsSync(join(varDir, 'postgres'))).toBe(false);
  });

  it.each([
    [
      'production without a secret',
      { QAFILA_MODE: 'production', PUBLIC_URL: 'https://q.example' },
      'QAFILA_SECRET',
    ],
    ['a database that refuses', { DATABASE_URL: 'postgres://nobody:wrong@127.0.0.1:1/none' }, 'DATABASE_URL'],
    [
      'a bucket that does not answer',
      { STORAGE_URL: 's3://key:wrong@media?endpoint=http://127.0.0.1:1' },
      'STORAGE_URL',
    ],
    ['a setting that does not exist', { QAFILA_COLOUR: 'blue' }, 'QAFILA_COLOUR'],
    ['a var/ that cannot be written', { QAFILA_VAR: '/proc/qafila' }, '/proc/qafila'],
  ])('does not start with %s', async (_, env, words) => {
    const started = run(START, { QAFILA_VAR: varDir, PORT: '0', ...(env as Record<string, string>) });
    expect(await ended(started)).toBe(1);
    expect(started.errors().trim().split('\n')).toHaveLength(1);
    expect(started.errors()).toContain(words);
    expect(started.errors()).not.toContain('wrong');
  });

  it('says at its start, as an error, that its own zone data are too old and hours are wrong', async () => {
    const database = await createTestDatabase();
    const server = await start({
      ...{ QAFILA_VAR: varDir, ...bare, DATABASE_URL: database.url, NODE_OPTIONS: OLD_ZONE_DATA },
    });
    expect(logged(server.errors(), ERROR)).toEqual([
      expect.stringMatching(
        /^Bundled zone data \(tz 2026b\) are older than 2026c .*: hours are wrong, update moment-timezone\.$/,
      ),
    ]);
    server.child.kill('SIGTERM');
    expect(await ended(server)).toBe(0);
    await database.drop();
  });
});

describe('operators, before a server and beside it', () => {
  let varDir: string;
  let made: Started;
  let server: Started;
  const account = [
    'user',
    'create',
    'Amina@Example.ma',
    '--name',
    'Amina',
    '--organisation',
    'cri',
    '--role',
  ];
  const cli = (...args: string[]): Started => run(CLI, { QAFILA_VAR: varDir }, args);

  beforeAll(async () => {
    varDir = await newVarFolder('qafila-process-');
    made = cli(...account, 'admin');
    await ended(made);
    server = await start({ QAFILA_VAR: varDir, ...bareIn(varDir), LOG_LEVEL: 'trace' });
  });
  afterAll(async () => {
    await endAll();
    await removeVarFolder(varDir);
  });

  it('make staff accounts from the command line, whose password opens the door', async () => {
    expect(await ended(made)).toBe(0);
    const password = /password (\S+)/.exec(made.output())?.[1];
    const answer = await fetch(`${server.url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'amina@example.ma', password }),
    });
    expect(answer.status).toBe(200);
    const again = cli(...account, 'admin');
    expect(await ended(again)).toBe(1);
    const wrong = cli(...account, 'queen');
    expect(await ended(wrong)).toBe(1);
    expect(wrong.errors()).toContain('--role must be one of');
  });

  it('are answered beside a server that runs, and leave it running', async () => {
    const doctor = cli('doctor');
    expect(await ended(doctor)).toBe(0);
    expect(doctor.output()).toMatch(/database +ready/);
    expect(doctor.output()).toContain('Bundled zone data');
    // At its start the server said which keepers of zone data disagree, in the words of the doctor, and no error.
    const told = [...doctor.output().matchAll(/^zone data +(.*harmless\.)$/gm)].map(([, line]) => line);
    expect(logged(server.errors(), WARN).filter((line) => line.includes('Casablanca'))).toEqual(told);
    expect(logged(server.errors(), ERROR)).toEqual([]);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  });

  it('find no secret in the log, and the secrets readable by their owner only', async () => {
    const file = join(varDir, 'secret');
    const secret = (await readFile(file, 'utf8')).trim();
    expect((await stat(file)).mode & 0o077).toBe(0);
    server.child.kill('SIGTERM');
    expect(await ended(server)).toBe(0);
    expect(`${server.output()}${server.errors()}`).not.toContain(secret);
    expect(`${server.output()}${server.errors()}`).not.toContain(testServer());
  });
});
