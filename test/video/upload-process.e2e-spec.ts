import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hashPassword } from '../../src/identity/password.js';
import { API, clip, givenSender, sendAndBreakOff, sha256 } from './sender.js';

jest.setTimeout(120_000);

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const MEGABYTE = 1024 * 1024;
const PASSWORD = 'an-upload-password-1';
/** What a process may grow by while it takes in a file that is far larger. */
const GROWTH_MB = 70;
const FILE_MB = 200;

interface Server {
  child: ChildProcess;
  url: string;
}

describe('a server that takes videos in', () => {
  let s: Awaited<ReturnType<typeof givenSender>>;
  let varDir: string;
  let server: Server;

  /** A server of its own on the database of the test, as it is started in earnest. */
  async function start(): Promise<Server> {
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'error', QAFILA_DEMO: '0' },
      ...{ QAFILA_VAR: varDir, DATABASE_URL: s.t.databaseUrl, QAFILA_COURSES: s.courses.path },
    };
    const child = spawn(process.execPath, [START], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    for (;;) {
      const url = /ready at (http:\S+)/.exec(said)?.[1];
      if (url) return { child, url };
      if (child.exitCode !== null) throw new Error(said);
      await pause(50);
    }
  }

  async function kill({ child }: Server): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function signIn(): Promise<string> {
    const answer = await fetch(`${server.url}/api/v1/auth/token`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ email: 'uploads@qafila.test', password: PASSWORD }),
    });
    return ((await answer.json()) as { token: string }).token;
  }

  const headersOf = (token: string, more: Record<string, string> = {}) => ({
    ...{ 'tus-resumable': '1.0.0', authorization: `Bearer ${token}` },
    ...more,
  });

  async function begin(token: string, bytes: number): Promise<string> {
    const told = { ...s.place, spoken: 'rif', filename: 'a.webm' };
    const metadata = Object.entries(told).map(
      ([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`,
    );
    const answer = await fetch(server.url + API, {
      method: 'POST',
      headers: headersOf(token, { 'upload-length': String(bytes), 'upload-metadata': metadata.join(',') }),
    });
    expect(answer.status).toBe(201);
    return answer.headers.get('location') ?? '';
  }

  const patch = (token: string, path: string, offset: number, bytes: Buffer) =>
    fetch(server.url + path, {
      ...{ method: 'PATCH', body: new Uint8Array(bytes) },
      headers: headersOf(token, {
        ...{ 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      }),
    });

  beforeAll(async () => {
    s = await givenSender();
    varDir = await mkdtemp(join(tmpdir(), 'qafila-uploads-'));
    await s.t.db.manager.query(
      `UPDATE account SET email = 'uploads@qafila.test', password_hash = $2 WHERE id = $1`,
      [s.accountId, await hashPassword(PASSWORD)],
    );
    server = await start();
  });
  afterAll(async () => {
    await kill(server);
    await s.close();
    await rm(varDir, { recursive: true, force: true });
  });

  it('loses nothing of an upload to kill -9: the next start goes on where the bytes end', async () => {
    const content = clip(6 * MEGABYTE, 51);
    let token = await signIn();
    const path = await begin(token, content.length);
    expect((await patch(token, path, 0, content.subarray(0, MEGABYTE))).status).toBe(204);
    const hanging = sendAndBreakOff(server.url + path, {
      ...{ token, offset: MEGABYTE, whole: 4 * MEGABYTE },
      bytes: content.subarray(MEGABYTE, 3 * MEGABYTE),
    });
    await pause(150);
    await kill(server);
    await hanging;
    server = await start();
    token = await signIn();
    const { headers, status } = await fetch(server.url + path, { method: 'HEAD', headers: headersOf(token) });
    const offset = Number(headers.get('upload-offset'));
    expect([status, offset >= MEGABYTE, offset <= 3 * MEGABYTE]).toEqual([200, true, true]);
    expect((await patch(token, path, offset, content.subarray(offset))).status).toBe(204);
    expect(await s.row(path)).toMatchObject({ state: 'received', sha256: sha256(content) });
  });

  it('does not grow by what it takes in', async () => {
    const token = await signIn();
    const piece = clip(MEGABYTE, 52);
    const whole = FILE_MB * MEGABYTE;
    const path = await begin(token, whole);
    const before = await peakMegabytes();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        server.url + path,
        {
          method: 'PATCH',
          headers: headersOf(token, {
            ...{ 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
            ...{ 'content-length': String(whole) },
          }),
        },
        (response) => resolve(response.statusCode),
      );
      request.on('error', reject);
      Readable.from(Array.from({ length: FILE_MB }, () => piece)).pipe(request);
    });
    const growth = (await peakMegabytes()) - before;
    process.stdout.write(`${FILE_MB} MB taken in, the process grew by ${growth} MB at most\n`);
    expect(status).toBe(204);
    expect((await s.row(path)).state).toBe('received');
    expect(growth).toBeLessThan(GROWTH_MB);
  });

  /** The most that the process has held so far. */
  async function peakMegabytes(): Promise<number> {
    const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
  }
});
