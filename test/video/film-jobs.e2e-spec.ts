import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AppConfig } from '../../src/config/app-config.js';
import { JobRunner } from '../../src/shared/jobs/job.runner.js';
import { givenStaff } from '../support/actors.js';
import { IS_LONG, SEED } from '../support/turns.js';
import { type FilmSet, givenFilmSet, givenStage, pictures, type Stage, tone, X264 } from './films.js';

jest.setTimeout(300_000);

const run = promisify(execFile);
const WORKER = fileURLToPath(new URL('../../dist/server/worker.js', import.meta.url));
const KILLS = IS_LONG ? 10 : 1;
/** Seconds of the film that takes a while to make. */
const LONG_SECONDS = IS_LONG ? 12 : 8;
const DUE_NOW = `UPDATE job SET run_after = now() WHERE kind = 'video.film' AND state = 'queued'`;
const LEASE_OVER = `UPDATE job SET lease_until = now() - interval '1 second' WHERE kind = 'video.film' AND state = 'running'`;
const JOB = `SELECT state, attempts FROM job WHERE kind = 'video.film' ORDER BY created_at DESC LIMIT 1`;
const NEEDED = `
  SELECT sha256 FROM course_draft_file WHERE sha256 IS NOT NULL
  UNION SELECT sha256 FROM media_file
  UNION SELECT sha256 FROM video_upload WHERE sha256 IS NOT NULL
  UNION SELECT hash FROM stored_file`;

/** The same numbers in every run of that seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Command lines of living processes that work below a folder. */
async function workingIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(`${folder}/qafila-film-`));
}

describe('the job of a film', () => {
  let stage: Stage;
  let set: FilmSet;
  let long: string;
  let short: string;
  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    await mkdir(join(stage.folder, 'none'));
    const busy = ['-vf', 'noise=alls=30:allf=t'];
    const moving = [...pictures('640x360', LONG_SECONDS), ...tone(LONG_SECONDS)];
    long = await stage.shoot('long.mp4', ...moving, ...busy, ...X264);
    short = await stage.shoot('short.mp4', ...pictures('320x240', 2), ...tone(2), ...X264);
  });
  afterAll(async () => {
    await set.close();
    await stage.clear();
  });

  /** Everything in the store is needed by somebody. */
  async function expectNoOrphans(): Promise<void> {
    const rows = await set.a.t.db.read<{ sha256: string }>('test.needed', NEEDED);
    const needed = new Set(rows.map(({ sha256 }) => sha256));
    expect((await set.stored()).filter((name) => !needed.has(name))).toEqual([]);
  }

  it('puts nothing over a film that was sent after it, in whatever order they are made', async () => {
    const [earlier, later] = [await set.send(short), await set.send(short)];
    const sql = 'SELECT job_id AS "jobId" FROM film WHERE upload_id = $1';
    const [{ jobId }] = (await set.a.t.db.manager.query(sql, [later])) as [{ jobId: string }];
    expect(await set.a.t.app.get(JobRunner).runJob(jobId)).toBe(true);
    expect((await set.state(later)).state).toBe('placed');
    const revisions = await set.revisions();
    await set.a.t.runJobs();
    expect(await set.state(earlier)).toMatchObject({ state: 'failed', failure: { code: 'film-superseded' } });
    expect(await set.revisions()).toBe(revisions);
  });

  it('puts the film into its block once, counts its milliseconds, and leaves nothing behind', async () => {
    const before = await set.revisions();
    const state = await set.film(short);
    expect(state).toMatchObject({ state: 'placed', done: 2000, total: 2000 });
    expect(await set.revisions()).toBe(before + 1);
    expect(await stage.scratch()).toEqual([]);
    await expectNoOrphans();
  });

  it('is published once and leaves no file behind, whenever its worker is killed', async () => {
    const random = seeded(SEED);
    const { t } = set.a;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await set.revisions();
      const uploadId = await set.send(long);
      const worker = startWorker();
      while ((await t.db.readOne<{ state: string }>('test.job', JOB))?.state !== 'running') await sleep(20);
      await sleep((random() * LONG_SECONDS * 2000) / 3);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      // Its ffmpeg ends with it, without being told.
      for (let tries = 0; (await workingIn(stage.folder)).length > 0; tries++) {
        expect(tries).toBeLessThan(100);
        await sleep(50);
      }
      await t.db.write('test.leaseOver', LEASE_OVER);
      await t.db.write('test.dueNow', DUE_NOW);
      await t.runJobs();
      expect(await set.state(uploadId)).toMatchObject({ state: 'placed' });
      expect(await set.revisions()).toBe(before + 1);
      await set.film(short);
      expect(await stage.scratch()).toEqual([]);
      await expectNoOrphans();
    }
  });

  it('says that the disk is full, keeps no half of a film, and is made when there is room', async () => {
    const { t } = set.a;
    const full = join(stage.folder, 'full');
    await mkdir(full);
    // What was sent fits, what is made of it does not.
    const size = Math.ceil((await stat(long)).size / 1024) + 150;
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size}k,mode=755`, 'none', full]);
    process.env['TMPDIR'] = full;
    let uploadId: string;
    try {
      uploadId = await set.send(long);
      for (let attempt = 0; attempt < 3; attempt++) {
        expect((await set.state(uploadId)).state).toBe('working');
        await t.db.write('test.dueNow', DUE_NOW);
        await t.runJobs();
      }
      expect(await set.state(uploadId)).toMatchObject({ state: 'failed', failure: { code: 'film-no-room' } });
      expect(await readdir(full)).toEqual([]);
    } finally {
      process.env['TMPDIR'] = stage.folder;
      await run('umount', [full]);
    }
    await expectNoOrphans();
    const { token } = set.a;
    const detail = (await t.api(`/films/${uploadId}`, { token })).json<{ failure: object }>().failure;
    expect(detail).toMatchObject({ again: true, title: 'Il n’y a plus de place sur le serveur' });
    const again = await Promise.all(
      Array.from({ length: 4 }, () => t.api(`/films/${uploadId}/again`, { token, body: {} })),
    );
    expect(again.map(({ statusCode }) => statusCode).sort()).toEqual([202, 409, 409, 409]);
    await t.runJobs();
    expect(await set.state(uploadId)).toMatchObject({ state: 'placed' });
  });

  it('ends at once when it is told to, and is tried again', async () => {
    const { t } = set.a;
    const uploadId = await set.send(long);
    const runner = t.app.get(JobRunner);
    const [id = ''] = await runner.due();
    const work = runner.runJob(id);
    while ((await workingIn(stage.folder)).length === 0) await sleep(20);
    // Another worker has taken the lease: the next heartbeat tells, and nothing is published.
    await t.db.write('test.steal', `UPDATE job SET lease_token = gen_random_uuid() WHERE id = $1`, [id]);
    const started = performance.now();
    await work;
    expect(performance.now() - started).toBeLessThan(25_000);
    expect(await workingIn(stage.folder)).toEqual([]);
    expect(await set.state(uploadId)).toMatchObject({ state: 'working' });
    await t.db.write('test.leaseOver', LEASE_OVER);
    await t.runJobs();
    expect(await set.state(uploadId)).toMatchObject({ state: 'placed' });
  });

  it('has failed when every worker of it died, and can be begun again', async () => {
    const { t } = set.a;
    const uploadId = await set.send(short);
    const dead = `UPDATE job SET state = 'dead', finished_at = now() WHERE payload ->> 'filmId' = $1`;
    await t.db.write('test.dead', dead, [(await set.state(uploadId)).filmId]);
    expect(await set.state(uploadId)).toMatchObject({
      state: 'failed',
      failure: { code: 'film-interrupted' },
    });
    const page = await t.inject({
      ...{ method: 'POST', url: `/fr/staff/films/${uploadId}/again` },
      headers: {
        authorization: `Bearer ${set.a.token}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(page.statusCode).toBe(303);
    await t.runJobs();
    expect(await set.state(uploadId)).toMatchObject({ state: 'placed' });
  });

  it('is refused when its block is gone, and its files with it', async () => {
    const { t } = set.a;
    const uploadId = await set.send(short);
    await t.db.write('test.gone', `UPDATE video_upload SET part = 'video-99' WHERE id = $1`, [uploadId]);
    await t.runJobs();
    expect(await set.state(uploadId)).toMatchObject({
      state: 'failed',
      failure: { code: 'film-place-gone' },
    });
    await expectNoOrphans();
  });

  it('is told live to those who may see it, and to nobody else', async () => {
    const { t, token } = set.a;
    const stranger = await givenStaff(t, 'trainer');
    const uploadId = await set.send(long);
    for (const path of ['', '/events']) {
      const answer = await t.api(`/films/${uploadId}${path}`, { token: stranger.token });
      expect(answer.statusCode).toBe(404);
      expect((await t.api(`/films/${uploadId}${path}`)).statusCode).toBe(401);
    }
    expect((await t.api(`/films/${uploadId}/again`, { token: stranger.token, body: {} })).statusCode).toBe(
      404,
    );
    expect((await t.api(`/films/${uploadId}/again`, { token, body: {} })).statusCode).toBe(409);
    await t.app.listen(0, '127.0.0.1');
    const { port } = t.app.getHttpServer().address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/films/${uploadId}/events`, {
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' },
    });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    const work = t.runJobs();
    // The stream ends by itself: the text is complete.
    const told = [...(await answer.text()).matchAll(/^event: film\ndata: (.*)$/gm)].map(
      ([, data = '']) => JSON.parse(data) as { state: string; done: number; total: number },
    );
    await work;
    // How long it is may be known already when the stream looks for the first time.
    expect(told[0]).toMatchObject({ state: 'working', done: 0 });
    const whole = LONG_SECONDS * 1000;
    expect(told.at(-1)).toMatchObject({ state: 'placed', done: whole, total: whole });
    const between = told.filter(({ done }) => done > 0 && done < whole);
    expect(between.length).toBeGreaterThan(0);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
  });

  // The last test: this process takes no work afterwards.
  it('has not failed when the process stops in its last try: the next one has that try still', async () => {
    const { t } = set.a;
    const uploadId = await set.send(long);
    const { filmId } = await set.state(uploadId);
    await t.db.write('test.lastTry', `UPDATE job SET attempts = 2 WHERE payload ->> 'filmId' = $1`, [filmId]);
    const runner = t.app.get(JobRunner);
    const [id = ''] = await runner.due();
    const work = runner.runJob(id);
    while ((await workingIn(stage.folder)).length === 0) await sleep(20);
    runner.stop();
    await work;
    expect(await workingIn(stage.folder)).toEqual([]);
    expect(await set.state(uploadId)).toMatchObject({ state: 'working' });
    expect(await t.db.readOne('test.job', JOB)).toEqual({ state: 'queued', attempts: 2 });
  });

  function startWorker(): ChildProcess {
    const { t } = set.a;
    return spawn(process.execPath, [WORKER], {
      env: {
        ...{ PATH: process.env['PATH'] ?? '', TMPDIR: stage.folder, LOG_LEVEL: 'silent', PORT: '0' },
        ...{ DATABASE_URL: t.databaseUrl, QAFILA_DEMO: '0', QAFILA_VAR: join(stage.folder, 'worker') },
        QAFILA_COURSES: join(stage.folder, 'none'),
        STORAGE_URL: `file:${t.app.get(AppConfig).storageDir}`,
      },
      stdio: 'ignore',
    });
  }
});
