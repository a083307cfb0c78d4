import pg from 'pg';
import { backoffSeconds, type JobHandler, JobImpossible, LeaseLost } from '../../src/shared/jobs/job.js';
import { JobQuery } from '../../src/shared/jobs/job.query.js';
import { JobQueue } from '../../src/shared/jobs/job.queue.js';
import { JobRunner } from '../../src/shared/jobs/job.runner.js';
import { createTestApp, type TestApp } from '../support/app.js';

jest.setTimeout(60_000);

describe('jobs', () => {
  let t: TestApp;
  let queue: JobQueue;
  let runner: JobRunner;
  const status = (id: string) => t.app.get(JobQuery).status(id);
  const handle = (kind: string, run: JobHandler['run']) => runner.register({ kind, run });
  const sql = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: t.databaseUrl });
    await client.connect();
    return client.query(text, values).finally(() => client.end());
  };

  beforeAll(async () => {
    t = await createTestApp();
    queue = t.app.get(JobQueue);
    runner = t.app.get(JobRunner);
  });
  afterAll(() => t.close());

  it('runs once, however many workers are woken', async () => {
    let runs = 0;
    handle('count', async () => void (runs += 1));
    const id = await queue.enqueue({ kind: 'count' });
    const results = await Promise.all(Array.from({ length: 8 }, () => runner.runJob(id)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(runs).toBe(1);
    expect(await status(id)).toMatchObject({ state: 'done' });
  });

  it('is written with the business transaction, or not at all', async () => {
    const failing = t.db.transaction(async () => {
      await queue.enqueue({ kind: 'count', dedupeKey: 'rolled-back' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { rowCount } = await sql(`SELECT 1 FROM job WHERE dedupe_key = 'rolled-back'`);
    expect(rowCount).toBe(0);
  });

  it('is asked for twice and waits once', async () => {
    const ask = () =>
      queue.enqueue({ kind: 'count', dedupeKey: 'same', runAfter: new Date(Date.now() + 3_600_000) });
    const ids = await Promise.all(Array.from({ length: 5 }, ask));
    expect(new Set(ids).size).toBe(1);
  });

  it('comes back after a failure, later each time, and dies with its reason', async () => {
    handle('fail', () => Promise.reject(new Error('the printer is away')));
    const id = await queue.enqueue({ kind: 'fail', maxAttempts: 2 });
    await runner.runJob(id);
    expect(await status(id)).toMatchObject({ state: 'queued', error: 'the printer is away' });
    expect(await runner.runJob(id)).toBe(false);
    await sql(`UPDATE job SET run_after = now() WHERE id = $1`, [id]);
    await runner.runJob(id);
    expect(await status(id)).toMatchObject({ state: 'dead', error: 'the printer is away' });
    expect([1, 2, 3, 20].map(backoffSeconds)).toEqual([5, 10, 20, 3600]);
  });

  it('is not tried again when no repetition can mend it', async () => {
    handle('impossible', () => Promise.reject(new JobImpossible('the file is no video')));
    const id = await queue.enqueue({ kind: 'impossible' });
    await runner.runJob(id);
    expect(await status(id)).toMatchObject({ state: 'dead', error: 'the file is no video' });
  });

  it('is taken over when its worker died, and the dead worker publishes nothing', async () => {
    let lateWrite: Promise<unknown> = Promise.resolve();
    let attempts = 0;
    handle('slow', async (_, control) => {
      attempts += 1;
      if (attempts > 1) return { by: 'second' };
      await sql(`UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1`, [control.jobId]);
      await runner.runJob(control.jobId);
      lateWrite = control.commit(async () => 'published');
      await expect(lateWrite).rejects.toThrow(LeaseLost);
      return { by: 'first' };
    });
    const id = await queue.enqueue({ kind: 'slow' });
    await runner.runJob(id);
    expect(attempts).toBe(2);
    expect(await status(id)).toMatchObject({ state: 'done', result: { by: 'second' } });
  });

  it('shows its progress', async () => {
    handle('steps', async (_, control) => {
      await control.progress(3, 10);
      throw new Error('stop');
    });
    const id = await queue.enqueue({ kind: 'steps' });
    await runner.runJob(id);
    expect(await status(id)).toMatchObject({ done: 3, total: 10 });
  });

  it('keeps what was said last of its progress, said by several at once', async () => {
    const left: unknown[] = [];
    handle('lanes', async (_, control) => {
      await Promise.all(Array.from({ length: 24 }, (__, n) => control.progress(n + 1, 24)));
    });
    for (let round = 0; round < 10; round += 1) {
      const id = await queue.enqueue({ kind: 'lanes' });
      await runner.runJob(id);
      left.push((await status(id))?.done);
    }
    expect(left).toEqual(Array.from({ length: 10 }, () => 24));
  });

  it('is buried when every attempt lost its worker', async () => {
    const id = await queue.enqueue({ kind: 'count', maxAttempts: 1, runAfter: new Date(0) });
    await sql(
      `UPDATE job SET state = 'running', attempts = 1, lease_token = $2, lease_until = now() - interval '1 minute' WHERE id = $1`,
      [id, id],
    );
    await runner.due();
    expect(await status(id)).toMatchObject({ state: 'dead', error: 'The worker stopped in every attempt' });
  });

  // The last test: this process takes no work afterwards.
  it('loses no attempt to a process that stops, and waits for the next one', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const seen: boolean[] = [];
    handle('long', async (_, control) => {
      seen.push(control.isStopping());
      begin();
      await new Promise((resolve) => control.signal.addEventListener('abort', resolve));
      seen.push(control.isStopping());
      throw new Error('broken off');
    });
    const id = await queue.enqueue({ kind: 'long', maxAttempts: 1 });
    const work = runner.runJob(id);
    await begun;
    runner.stop();
    await work;
    const { rows } = await sql(
      `SELECT state, attempts, error, run_after <= now() AS due, lease_token FROM job WHERE id = $1`,
      [id],
    );
    expect(rows).toEqual([{ state: 'queued', attempts: 0, error: null, due: true, lease_token: null }]);
    expect(seen).toEqual([false, true]);
  });
});
