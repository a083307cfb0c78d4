import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmptyDatabase, testServer } from '../support/database.js';

jest.setTimeout(90_000);

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../scripts/cli.mjs', import.meta.url));

interface Started {
  child: ChildProcess;
  output: () => string;
  errors: () => string;
  url: string;
}

/** Starts Qafila with nothing in its environment but what is given. */
function run(script: string, env: Record<string, string>, args: string[] = []): Started {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (err += String(chunk)));
  return { child, output: () => out, errors: () => err, url: '' };
}

async function start(env: Record<string, string>): Promise<Started> {
  const started = run(START, { PORT: '0', LOG_LEVEL: 'error', ...env });
  for (;;) {
    const address = /ready at (http:\S+)/.exec(started.output())?.[1];
    if (address) return { ...started, url: address };
    if (started.child.exitCode !== null)
      throw new Error(`exit ${started.child.exitCode}: ${started.errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('a process', () => {
  let varDir: string;
  /** Settings of a start that loads little, where what is loaded is not what is tested: the courses are most of it. */
  let bare: { QAFILA_DEMO: string; QAFILA_COURSES: string };
  beforeEach(async () => {
    varDir = await mkdtemp(join(tmpdir(), 'qafila-process-'));
    bare = { QAFILA_DEMO: '0', QAFILA_COURSES: join(varDir, 'no-courses') };
  });
  afterEach(() => rm(varDir, { recursive: true, force: true }));

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

  it('refuses a var/ that another process holds, a taken port, and says so in one line', async () => {
    const first = await start({ QAFILA_VAR: varDir, ...bare });
    const second = run(START, { QAFILA_VAR: varDir, PORT: '0' });
    expect(await ended(second)).toBe(1);
    expect(second.errors().trim().split('\n')).toHaveLength(1);
    expect(second.errors()).toContain(String(first.child.pid));
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const database = await createEmptyDatabase();
    const other = await mkdtemp(join(tmpdir(), 'qafila-process-'));
    const third = run(START, {
      QAFILA_VAR: other,
      PORT: String(port),
      DATABASE_URL: database.url,
      ...bare,
      LOG_LEVEL: 'silent',
    });
    expect(await ended(third)).toBe(1);
    expect(third.errors().trim()).toBe(`qafila: Port ${port} is taken: stop the other program or set PORT`);
    taken.close();
    await database.drop();
    await rm(other, { recursive: true, force: true });
    first.child.kill('SIGTERM');
    expect(await ended(first)).toBe(0);
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

  it('answers operators beside a server that runs, and leaves it running', async () => {
    const server = await start({ QAFILA_VAR: varDir, ...bare });
    const doctor = run(CLI, { QAFILA_VAR: varDir }, ['doctor']);
    expect(await ended(doctor)).toBe(0);
    expect(doctor.output()).toMatch(/database +ready/);
    expect(doctor.output()).toContain('Bundled zone data');
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await ended(server)).toBe(0);
  });

  it('makes staff accounts from the command line, whose password opens the door', async () => {
    const args = [
      'user',
      'create',
      'Amina@Example.ma',
      '--name',
      'Amina',
      '--organisation',
      'cri',
      '--role',
      'admin',
    ];
    const made = run(CLI, { QAFILA_VAR: varDir }, args);
    expect(await ended(made)).toBe(0);
    const password = /password (\S+)/.exec(made.output())?.[1];
    const again = run(CLI, { QAFILA_VAR: varDir }, args);
    expect(await ended(again)).toBe(1);
    const wrong = run(CLI, { QAFILA_VAR: varDir }, [...args.slice(0, -1), 'queen']);
    expect(await ended(wrong)).toBe(1);
    expect(wrong.errors()).toContain('--role must be one of');
    const server = await start({ QAFILA_VAR: varDir, ...bare });
    const answer = await fetch(`${server.url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'amina@example.ma', password }),
    });
    expect(answer.status).toBe(200);
    server.child.kill('SIGTERM');
    await ended(server);
  });

  it('keeps its secrets readable by its owner only, and out of the log', async () => {
    const server = await start({ QAFILA_VAR: varDir, ...bare, LOG_LEVEL: 'trace' });
    const secret = (await readFile(join(varDir, 'secret'), 'utf8')).trim();
    expect(`${server.output()}${server.errors()}`).not.toContain(secret);
    expect(`${server.output()}${server.errors()}`).not.toContain(testServer());
    server.child.kill('SIGTERM');
    await ended(server);
  });
});
