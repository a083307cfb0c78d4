import { createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

/** What the demo says of 2021, without what another database chooses for itself (ids of modules, times of loading). */
const PARTS: Readonly<Record<string, string>> = {
  people: `SELECT p.*, ph.e164, pp.relation FROM person p JOIN person_phone pp ON pp.person_id = p.id JOIN phone ph ON ph.id = pp.phone_id`,
  consents: `SELECT * FROM consent`,
  seats: `SELECT * FROM enrolment`,
  units: `SELECT u.* FROM unit u JOIN session s ON s.id = u.session_id WHERE s.status = 'closed'`,
  rollCalls: `SELECT id, session_id, device_id, sent_at, received_at, body, review, person_id, unit_id, mark, correction, minutes, happened_at FROM attendance_event`,
  presence: `SELECT * FROM presence`,
  lessons: `SELECT v.person_id, m.slug, v.watched, v.claimed, v.position_ms, v.last_event_at FROM video_progress v JOIN module m ON m.video_id = v.video_id`,
  quizzes: `SELECT q.id, q.person_id, m.slug, q.answers, q.score, q.max, q.passed, q.at FROM quiz_attempt q JOIN module m ON m.id = q.module_id`,
  tests: `SELECT a.id, a.person_id, c.slug, a.session_id, a.phase, a.method, a.answers, a.score, a.max, a.at FROM test_attempt a JOIN course c ON c.id = a.course_id`,
  completions: `SELECT x.person_id, c.slug, x.completed_at, x.evidence FROM completion x JOIN course c ON c.id = x.course_id`,
  certificates: `SELECT x.person_id, c.slug, x.code, x.serial, x.status, x.issued_at, x.frozen FROM certificate x JOIN course c ON c.id = x.course_id`,
  figures: `SELECT person_id, session_id, city_slug, gender, birth_year, commune_code, category, sector, booked, units_attended, minutes_present,
                   completed_at, certified_at FROM participation`,
};

async function boot(at: string): Promise<TestApp> {
  const t = await createTestApp({
    clock: new TestClock(at),
    env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' },
    isFirstStart: true,
  });
  await t.runJobs();
  return t;
}

async function digests(t: TestApp): Promise<Record<string, { rows: number; digest: string | null }>> {
  const all: Record<string, { rows: number; digest: string | null }> = {};
  for (const [part, sql] of Object.entries(PARTS)) {
    const row = await t.db.readOne<{ rows: number; digest: string | null }>(
      `test.digest.${part}`,
      `SELECT count(*)::int AS rows, md5(string_agg(x::text, E'\\n' ORDER BY x::text COLLATE "C")) AS digest FROM (${sql}) x`,
    );
    all[part] = row ?? { rows: 0, digest: null };
  }
  return all;
}

describe('the demo of 2021', () => {
  let t: TestApp;
  beforeAll(async () => (t = await boot('2026-11-22T10:00:00Z')), 120_000);
  afterAll(() => t.close());

  const count = async (name: string, sql: string): Promise<Record<string, number>> =>
    (await t.db.readOne<Record<string, number>>(`test.${name}`, sql)) ?? {};

  it('is the same in another database made on another day, to the last certificate', async () => {
    const other = await boot('2026-12-20T08:30:00Z');
    const here = await digests(t);
    expect(await digests(other)).toEqual(here);
    expect(Object.entries(here).filter(([, { rows }]) => rows === 0)).toEqual([]);
    await other.close();
  }, 120_000);

  it('has women and men of every age, from towns and villages', async () => {
    const all = await count(
      'who',
      `SELECT count(*) FILTER (WHERE gender = 'female')::int AS women, count(*) FILTER (WHERE gender = 'male')::int AS men,
              count(*) FILTER (WHERE gender = 'unspecified')::int AS unsaid,
              count(*) FILTER (WHERE 2021 - birth_year < 18)::int AS children, count(*) FILTER (WHERE 2021 - birth_year < 25)::int AS young,
              count(*) FILTER (WHERE 2021 - birth_year >= 45)::int AS older, count(*) FILTER (WHERE c.milieu = 'rural')::int AS rural,
              count(DISTINCT commune_code)::int AS communes
         FROM person p JOIN commune c ON c.code = p.commune_code`,
    );
    expect(all['women']).toBeGreaterThan(140);
    expect(all['men']).toBeGreaterThan(110);
    expect(all['unsaid']).toBeGreaterThan(0);
    expect(all['children']).toBe(0);
    expect(all['young']).toBeGreaterThan(5);
    expect(all['older']).toBeGreaterThan(60);
    expect(all['rural']).toBeGreaterThan(60);
    expect(all['rural']).toBeLessThan(150);
    expect(all['communes']).toBeGreaterThan(50);
  });

  it('has trades as they are divided in the region: weaving and sewing with women, wood and metal with men', async () => {
    const trades = await count(
      'trades',
      `SELECT count(*) FILTER (WHERE sector IN ('tapis', 'textile', 'cosmetiques') AND gender = 'female')::int AS women_weave,
              count(*) FILTER (WHERE sector IN ('tapis', 'textile', 'cosmetiques') AND gender = 'male')::int AS men_weave,
              count(*) FILTER (WHERE sector IN ('bois', 'metaux', 'cuir') AND gender = 'female')::int AS women_carve,
              count(*) FILTER (WHERE sector IN ('bois', 'metaux', 'cuir') AND gender = 'male')::int AS men_carve,
              count(DISTINCT sector)::int AS sectors, count(DISTINCT category)::int AS categories
         FROM person`,
    );
    expect(trades['women_weave']).toBeGreaterThan(2 * (trades['men_weave'] ?? 0));
    expect(trades['men_carve']).toBeGreaterThan(2 * (trades['women_carve'] ?? 0));
    expect([trades['categories'], (trades['sectors'] ?? 0) >= 15]).toEqual([8, true]);
  });

  it('has phones that families and neighbours share, and names in one script only', async () => {
    const shared = await count(
      'shared',
      `SELECT count(*) FILTER (WHERE pp.relation = 'family')::int AS family, count(*) FILTER (WHERE pp.relation = 'relay')::int AS relay,
              count(*) FILTER (WHERE pp.relation = 'family' AND (a.family_fr = b.family_fr OR a.family_ar = b.family_ar))::int AS same_name
         FROM person_phone pp
         JOIN person_phone own ON own.phone_id = pp.phone_id AND own.relation = 'own'
         JOIN person a ON a.id = pp.person_id
         JOIN person b ON b.id = own.person_id
        WHERE pp.relation <> 'own'`,
    );
    expect(shared['family']).toBeGreaterThan(5);
    expect(shared['relay']).toBeGreaterThan(3);
    expect(shared['same_name']).toBeGreaterThan((shared['family'] ?? 0) / 3);
    const names = await count(
      'scripts',
      `SELECT count(*) FILTER (WHERE given_fr IS NULL)::int AS ar, count(*) FILTER (WHERE given_ar IS NULL)::int AS fr FROM person`,
    );
    expect([(names['ar'] ?? 0) > 20, (names['fr'] ?? 0) > 10]).toEqual([true, true]);
  });

  it('has absentees, half days, a mistake put right, lessons left, quizzes tried again, and certificates for most of the others', async () => {
    const room = await count(
      'room',
      `SELECT count(*) FILTER (WHERE units_attended = 0)::int AS absent, count(*) FILTER (WHERE units_attended = 1)::int AS half,
              count(*) FILTER (WHERE units_attended = 2)::int AS whole, count(completed_at)::int AS completed, count(certified_at)::int AS certified
         FROM participation WHERE booked`,
    );
    expect(room['absent']).toBeGreaterThan(20);
    expect(room['absent']).toBeLessThan(50);
    expect(room['half']).toBeGreaterThan(5);
    expect(room['completed']).toBeGreaterThan((room['whole'] ?? 0) * 0.7);
    expect(room['completed']).toBeLessThan(room['whole'] ?? 0);
    expect(room['certified']).toBeGreaterThan((room['completed'] ?? 0) * 0.9);
    expect(room['certified']).toBeLessThan(room['completed'] ?? 0);
    const events = await count(
      'kinds',
      `SELECT count(*) FILTER (WHERE body->>'kind' = 'correction')::int AS corrections, count(*) FILTER (WHERE body->>'kind' = 'partial')::int AS partial,
              count(*) FILTER (WHERE review IS NOT NULL)::int AS unclear FROM attendance_event`,
    );
    expect([events['corrections'], events['partial']].every((n) => n !== undefined && n > 0)).toBe(true);
    expect(events['unclear']).toBe(0);
    const learned = await count(
      'learned',
      `SELECT count(*) FILTER (WHERE NOT passed)::int AS failed, count(*) FILTER (WHERE at <= received_at AND at < '2021-12-20')::int AS in_time, count(*)::int AS all
         FROM quiz_attempt`,
    );
    expect(learned['failed']).toBeGreaterThan(0);
    expect(learned['in_time']).toBe(learned['all']);
  });

  it('has tests before and after on screens and read aloud, in which most people know more after than before', async () => {
    const rows = await t.db.read<{
      method: string;
      people: number;
      pairs: number;
      more: number;
      gain: number;
    }>(
      'test.gain',
      `SELECT method, count(*)::int AS people, count(*) FILTER (WHERE pre IS NOT NULL AND post IS NOT NULL)::int AS pairs,
              count(*) FILTER (WHERE post > pre)::int AS more,
              avg((post - pre)::float / (max - pre)) FILTER (WHERE pre < max) AS gain
         FROM (SELECT a.person_id, a.method, a.max, max(a.score) FILTER (WHERE a.phase = 'pre') AS pre,
                      max(a.score) FILTER (WHERE a.phase = 'post') AS post
                 FROM test_attempt a GROUP BY a.person_id, a.method, a.max) x
        GROUP BY method ORDER BY method`,
    );
    expect(rows.map(({ method }) => method)).toEqual(['read-aloud', 'screen']);
    for (const { people, pairs, more, gain } of rows) {
      expect(pairs).toBeGreaterThan(people * 0.7);
      expect(pairs).toBeLessThan(people);
      expect(more).toBeGreaterThan(pairs * 0.6);
      expect(more).toBeLessThan(pairs);
      expect(gain).toBeGreaterThan(0.15);
      expect(gain).toBeLessThan(0.7);
    }
    const early = await t.db.readOne<{ some: boolean }>(
      'test.earlyTests',
      `SELECT EXISTS (SELECT 1 FROM test_attempt a JOIN enrolment e ON e.person_id = a.person_id WHERE a.at < e.enrolled_at) AS some`,
    );
    expect(early).toEqual({ some: false });
  });

  it('has nobody who learned before they enrolled, and nobody in a room who had no seat', async () => {
    const wrong = await count(
      'order',
      `SELECT (SELECT count(*)::int FROM quiz_attempt q JOIN enrolment e ON e.person_id = q.person_id WHERE q.at < e.enrolled_at) AS quizzes,
              (SELECT count(*)::int FROM progress_event g JOIN enrolment e ON e.person_id = g.person_id WHERE g.at < e.enrolled_at) AS videos,
              (SELECT count(*)::int FROM presence p WHERE NOT EXISTS (
                 SELECT 1 FROM enrolment e WHERE e.person_id = p.person_id AND e.session_id = p.session_id AND e.status = 'booked')) AS seatless,
              (SELECT count(*)::int FROM enrolment e JOIN session s ON s.id = e.session_id WHERE e.status_at >= lower(s.during)) AS late`,
    );
    expect(wrong).toEqual({ quizzes: 0, videos: 0, seatless: 0, late: 0 });
  });
});
