import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkerDied, WorkerPool, WorkFailed } from '../../src/shared/workers/worker-pool.js';

/** A thread that adds, fails, dies, waits, or says who it is. */
const SCRIPT = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ id, input }) => {
  if (input === 'die') process.exit(3);
  if (input === 'fail') return parentPort.postMessage({ id, failure: { message: 'no such number' } });
  if (input === 'who') return setTimeout(() => parentPort.postMessage({ id, output: threadId }), 30);
  parentPort.postMessage({ id, output: input + 1 });
});`;

describe('threads for work', () => {
  let folder: string;
  let pool: WorkerPool<number | string, number>;

  const open = (options: { threads?: number; idleMs?: number } = {}) =>
    new WorkerPool<number | string, number>({
      script: join(folder, 'thread.mjs'),
      threads: 2,
      idleMs: 60_000,
      heapMb: 64,
      ...options,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qafila-threads-'));
    await writeFile(join(folder, 'thread.mjs'), SCRIPT);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => pool.close());

  it('do each piece of work once, never on more threads than allowed', async () => {
    pool = open();
    expect(await Promise.all(Array.from({ length: 50 }, (_, n) => pool.run(n)))).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    expect(new Set(await Promise.all(Array.from({ length: 8 }, () => pool.run('who')))).size).toBe(2);
  });

  it('go on after work that fails and after a thread that dies', async () => {
    pool = open({ threads: 1 });
    const all = await Promise.allSettled([pool.run(1), pool.run('fail'), pool.run('die'), pool.run(2)]);
    expect(all[0]).toEqual({ status: 'fulfilled', value: 2 });
    expect(all[1]).toMatchObject({ reason: expect.any(WorkFailed) });
    expect(all[2]).toMatchObject({ reason: expect.any(WorkerDied) });
    expect(all[3]).toEqual({ status: 'fulfilled', value: 3 });
  });

  it('end when nothing comes, and start again when something does', async () => {
    pool = open({ threads: 1, idleMs: 20 });
    const first = await pool.run('who');
    await new Promise((done) => setTimeout(done, 300));
    expect(await pool.run('who')).not.toBe(first);
  });

  it('refuse what is not done when they are closed', async () => {
    pool = open({ threads: 1 });
    const waiting = Promise.allSettled([pool.run('who'), pool.run('who')]);
    await pool.close();
    for (const one of await waiting) expect(one).toMatchObject({ reason: expect.any(WorkerDied) });
    await expect(pool.run(1)).rejects.toThrow(WorkerDied);
  });
});
