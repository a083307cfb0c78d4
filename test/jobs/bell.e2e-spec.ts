import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobQuery } from '../../src/shared/jobs/job.query.js';
import { JobQueue } from '../../src/shared/jobs/job.queue.js';
import { JobRunner } from '../../src/shared/jobs/job.runner.js';
import { createTestApp, type TestApp } from '../support/app.js';

jest.setTimeout(90_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startRedis(port: number, dir: string): Promise<ChildProcess> {
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const chunk of redis.stdout) if (String(chunk).includes('Ready to accept connections')) break;
  return redis;
}

async function settled(t: TestApp, ids: string[], withinMs: number): Promise<number> {
  const query = t.app.get(JobQuery);
  const deadline = Date.now() + withinMs;
  for (;;) {
    const states = await Promise.all(ids.map(async (id) => (await query.status(id))?.state));
    const done = states.filter((state) => state === 'done').length;
    if (done === ids.length || Date.now() > deadline) return done;
    await sleep(100);
  }
}

const ring = (t: TestApp, n: number) =>
  Promise.all(Array.from({ length: n }, () => t.app.get(JobQueue).enqueue({ kind: 'ring' })));

describe.each(['PostgreSQL', 'Redis'])('the bell over %s', (kind) => {
  let t: TestApp;
  let redis: ChildProcess | undefined;
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'qafila-bell-'));
    const port = await freePort();
    if (kind === 'Redis') redis = await startRedis(port, dir);
    const env = { QAFILA_ROLE: 'all', ...(redis ? { REDIS_URL: `redis://127.0.0.1:${port}` } : {}) };
    t = await createTestApp({ env });
    t.app.get(JobRunner).register({ kind: 'ring', run: async () => undefined });
    await sleep(500);
  });
  afterAll(async () => {
    redis?.kill('SIGCONT');
    await t.close();
    if (redis && redis.signalCode === null) {
      redis.kill('SIGKILL');
      await once(redis, 'exit');
    }
    await rm(dir, { recursive: true, force: true });
  });

  it('wakes a worker at once', async () => {
    const ids = await ring(t, 10);
    // The next look at the table would come only after 5 s.
    expect(await settled(t, ids, 3000)).toBe(10);
  });

  if (kind === 'Redis') {
    it('never holds up a writer while Redis hangs, and loses no job', async () => {
      redis?.kill('SIGSTOP');
      const started = performance.now();
      const ids = await ring(t, 100);
      expect(performance.now() - started).toBeLessThan(5000);
      expect(await settled(t, ids, 40_000)).toBe(100);
      redis?.kill('SIGCONT');
    });

    it('goes on after Redis was killed', async () => {
      redis?.kill('SIGKILL');
      const ids = await ring(t, 20);
      expect(await settled(t, ids, 30_000)).toBe(20);
    });
  }
});
