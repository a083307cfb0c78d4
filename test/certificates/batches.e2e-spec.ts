import { CertificateBatchHandler } from '../../src/certificates/jobs/certificate-batch.handler.js';
import { JobRunner } from '../../src/shared/jobs/job.runner.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(180_000);

interface JobAnswer {
  state: string;
  done: number;
  total: number;
  failures: Array<{ personId: string; code: string; params: object; detail: string }>;
}

describe('certificates in bulk', () => {
  let t: TestApp;
  let world: World;
  let manager: string;

  beforeAll(async () => {
    t = await createTestApp();
  });
  afterAll(() => t.close());
  beforeEach(async () => {
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
  });

  const start = async (body: object = { sessionId: world.sessionId }, token = manager): Promise<string> => {
    const answer = await t.api(`/campaigns/${world.slug}/certificates`, { token, body });
    expect([answer.statusCode, answer.json()]).toEqual([202, { jobId: expect.any(String) }]);
    return answer.json<{ jobId: string }>().jobId;
  };
  const job = async (id: string, token = manager): Promise<JobAnswer> =>
    (await t.api(`/jobs/${id}`, { token })).json<JobAnswer>();
  const holders = async (): Promise<string[]> =>
    (
      await t.db.read<{ personId: string }>(
        'test.holders',
        `SELECT person_id AS "personId" FROM certificate WHERE campaign_id = $1 AND status = 'valid' ORDER BY issued_at, id`,
        [world.campaignId],
      )
    ).map(({ personId }) => personId);
  const countOf = async (): Promise<number> =>
    (
      await t.db.readOne<{ n: number }>(
        'test.count',
        `SELECT count(*)::int AS n FROM certificate WHERE campaign_id = $1`,
        [world.campaignId],
      )
    )?.n ?? 0;
  const givenTrainees = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) ids.push(await givenTrainee(t, world, { fr: [`P${i}`, 'Bulk'] }));
    return ids;
  };
  /** Waits until the table says so; the work goes on meanwhile. */
  const until = async (reached: () => Promise<boolean>): Promise<void> => {
    while (!(await reached())) await new Promise((done) => setTimeout(done, 2));
  };

  it('go to everybody who completed; the others are listed with the reason in the reader’s language', async () => {
    const done = await givenTrainees(3);
    const absent = await givenTrainee(t, world, { attended: 0 });
    const unnamed = await givenTrainee(t, world, { signedUpAlone: false });
    const strange = await givenTrainee(t, world, { fr: ['😀', 'X'] });
    const id = await start();
    expect(await job(id)).toEqual({ state: 'queued', done: 0, total: 0, failures: [] });
    await t.runJobs();
    const answer = (
      await t.api(`/jobs/${id}`, { token: manager, headers: { 'accept-language': 'ar' } })
    ).json<JobAnswer>();
    expect(answer).toMatchObject({ state: 'done', done: 6, total: 6 });
    const reasons = new Map(answer.failures.map(({ personId, ...rest }) => [personId, rest]));
    expect([...reasons.keys()].sort()).toEqual([absent, unnamed, strange].sort());
    expect(reasons.get(absent)).toMatchObject({
      code: 'not-completed-attendance',
      params: { have: 0, need: 2 },
      detail: expect.stringContaining('الحضور'),
    });
    expect(reasons.get(unnamed)).toMatchObject({ code: 'name-not-confirmed' });
    expect(reasons.get(strange)).toMatchObject({ code: 'not-printable', params: { letters: '😀' } });
    expect((await holders()).sort()).toEqual([...done].sort());

    const again = await start({ courseId: `vente-${world.slug}`, confirmNames: true });
    await t.runJobs();
    expect((await job(again)).failures.map(({ code }) => code).sort()).toEqual([
      'not-completed-attendance',
      'not-printable',
    ]);
    expect((await holders()).sort()).toEqual([...done, unnamed].sort());
  });

  it('pass over whoever was revoked: only a person of the staff undoes that', async () => {
    const [personId] = await givenTrainees(1);
    await start();
    await t.runJobs();
    const { items } = (await t.api(`/campaigns/${world.slug}/certificates`, { token: manager })).json<{
      items: Array<{ code: string }>;
    }>();
    await t.api(`/certificates/${items[0]?.code}/revoke`, {
      token: manager,
      body: { reason: 'erreur de saisie' },
    });
    const id = await start({});
    await t.runJobs();
    expect((await job(id)).failures).toMatchObject([{ personId, code: 'certificate-revoked-before' }]);
    expect(await holders()).toEqual([]);
  });

  it('never give two to one person: two batches at once, and a single issue between them', async () => {
    const people = await givenTrainees(20);
    const second = (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
    const ids = [await start(), await start({ courseId: world.courseId }), await start({}, second)];
    expect(new Set(ids).size).toBe(3);
    const runner = t.app.get(JobRunner);
    const singles = people
      .slice(5, 15)
      .map((personId) =>
        t.api(`/sessions/${world.sessionId}/certificates`, { token: manager, body: { personId } }),
      );
    await Promise.all([...ids.map((id) => runner.runJob(id)), ...singles]);
    expect(
      (await Promise.all(singles)).every(({ statusCode }) => statusCode === 201 || statusCode === 409),
    ).toBe(true);
    for (const id of ids)
      expect(await job(id, second)).toMatchObject({ state: 'done', done: 20, total: 20, failures: [] });
    expect([await countOf(), new Set(await holders()).size]).toEqual([20, 20]);
    const told = await t.db.readOne<{ n: number }>(
      'test.files',
      `SELECT count(DISTINCT pdf_hash)::int AS n FROM certificate WHERE campaign_id = $1`,
      [world.campaignId],
    );
    expect(told?.n).toBe(20);
  });

  it('ask once while the same batch waits', async () => {
    expect(await start()).toBe(await start());
    expect(await start({ sessionId: world.sessionId, confirmNames: true })).not.toBe(await start());
    await t.runJobs();
  });

  it('go on where a stopped worker left them', async () => {
    const people = await givenTrainees(12);
    const id = await start();
    const dying = new JobRunner(t.db);
    dying.register(t.app.get(CertificateBatchHandler));
    const first = dying.runJob(id);
    await until(async () => (await countOf()) >= 3);
    dying.stop();
    await first;
    const left = await countOf();
    expect(left).toBeGreaterThanOrEqual(3);
    expect(left).toBeLessThan(12);
    expect(await job(id)).toMatchObject({ state: 'queued', total: 12 });
    const before = await holders();
    await t.db.write('test.dueNow', `UPDATE job SET run_after = now() WHERE id = $1`, [id]);
    await t.runJobs();
    expect(await job(id)).toMatchObject({ state: 'done', done: 12, failures: [] });
    expect((await holders()).slice(0, left)).toEqual(before);
    expect((await holders()).sort()).toEqual([...people].sort());
  });

  it('go on where a killed worker left them: what it still does publishes nothing', async () => {
    const people = await givenTrainees(12);
    const id = await start();
    const dead = new JobRunner(t.db);
    dead.register(t.app.get(CertificateBatchHandler));
    const first = dead.runJob(id);
    await until(async () => (await countOf()) >= 3);
    // As when another worker took the job: from here on the first one holds nothing.
    await t.db.write(
      'test.loseLease',
      `UPDATE job SET lease_token = gen_random_uuid(), lease_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    const left = await countOf();
    await first;
    expect(await countOf()).toBe(left);
    expect(left).toBeLessThan(12);
    await t.app.get(JobRunner).runJob(id);
    expect(await job(id)).toMatchObject({ state: 'done', done: 12, failures: [] });
    expect([(await holders()).sort(), await countOf()]).toEqual([[...people].sort(), 12]);
  });

  it('name somebody who breaks for another reason only when the last attempt breaks too', async () => {
    const [good, bad] = await givenTrainees(2);
    await t.db.write(
      'test.breakOne',
      `ALTER TABLE certificate ADD CONSTRAINT test_broken CHECK (person_id <> '${bad}')`,
    );
    try {
      const id = await start();
      for (let attempt = 1; attempt <= 5; attempt++) {
        await t.db.write('test.dueNow', `UPDATE job SET run_after = now() WHERE id = $1`, [id]);
        await t.app.get(JobRunner).runJob(id);
        expect(await holders()).toEqual([good]);
      }
      expect(await job(id)).toMatchObject({
        state: 'done',
        failures: [{ personId: bad, code: 'internal-error' }],
      });
    } finally {
      await t.db.write('test.mend', `ALTER TABLE certificate DROP CONSTRAINT test_broken`);
    }
  });

  it('are seen by whoever asked and by administrators, by nobody else', async () => {
    const id = await start();
    const sameCampaign = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
    const orgAdmin = (await givenStaff(t, 'admin', { kind: 'organisation', id: world.organisationId })).token;
    const admin = (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
    const seen = async (token?: string) => (await t.api(`/jobs/${id}`, { token })).statusCode;
    expect([
      await seen(manager),
      await seen(admin),
      await seen(sameCampaign),
      await seen(orgAdmin),
      await seen(),
    ]).toEqual([200, 200, 404, 404, 401]);
    for (const wrong of ['x', '0199aaaa-0000-7000-8000-000000000000'])
      expect((await t.api(`/jobs/${wrong}`, { token: admin })).statusCode).toBe(404);
    await t.runJobs();
  });

  it('answer bad input with its status', async () => {
    const other = await givenWorld(t);
    const cases: Array<[object, number]> = [
      [{ sessionId: world.sessionId, courseId: world.courseId }, 422],
      [{ sessionId: 'x' }, 422],
      [{ sessionId: 7 }, 422],
      [{ sessionId: other.sessionId }, 404],
      [{ sessionId: '0199aaaa-0000-7000-8000-000000000000' }, 404],
      [{ courseId: 'no-such-course' }, 404],
      [{ courseId: 'a\u0000b' }, 422],
      [{ confirmNames: 'yes' }, 422],
      [{ extra: true }, 422],
    ];
    for (const [body, status] of cases) {
      const answer = await t.api(`/campaigns/${world.slug}/certificates`, { token: manager, body });
      expect([body, answer.statusCode]).toEqual([body, status]);
    }
    expect((await t.api(`/campaigns/nowhere/certificates`, { token: manager, body: {} })).statusCode).toBe(
      404,
    );
    expect(
      (await t.api(`/campaigns/${other.slug}/certificates`, { token: manager, body: {} })).statusCode,
    ).toBe(404);
  });
});
