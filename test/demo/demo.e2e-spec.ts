import { firstMonday } from '../../src/demo/caravane-2027.demo.js';
import { demoId } from '../../src/demo/demo-id.js';
import { StartupTasks } from '../../src/shared/operations/startup-tasks.js';
import { isOwnId } from '../../src/shared/new-id.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

const TABLES = [
  'organisation', 'course', 'venue', 'room', 'role_grant', 'campaign', 'campaign_course', 'agreement', 'tour', 'team', 'team_trainer',
  'stop', 'session', 'unit', 'unit_resource', 'person', 'phone', 'person_phone', 'consent', 'enrolment', 'participation',
  'practice_shop', 'practice_action', 'certificate_logo', 'certificate_text',
] as const; // prettier-ignore
const AT = '2026-11-22T10:00:00Z';

const boot = (at = AT): Promise<TestApp> =>
  createTestApp({
    clock: new TestClock(at),
    env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' },
    isFirstStart: true,
  });

/** Every demo row as text, table by table; a course stands as its slug, because the catalogue chose its id. */
async function contents(t: TestApp, table: string): Promise<string[]> {
  const rows = await t.db.read<{ line: string }>(
    `test.all.${table}`,
    `SELECT (to_jsonb(x))::text AS line FROM ${table} x`,
  );
  const courses = await t.db.read<{ id: string; slug: string }>(
    'test.courses',
    `SELECT id, slug FROM course`,
  );
  const named = (line: string): string =>
    courses.reduce((text, { id, slug }) => text.replaceAll(id, slug), line);
  return rows.map(({ line }) => named(line)).sort();
}

const one = async <T extends object>(t: TestApp, name: string, sql: string): Promise<T | undefined> =>
  t.db.readOne<T>(`test.${name}`, sql);

describe('the demo campaigns', () => {
  let t: TestApp;
  beforeAll(async () => (t = await boot()), 60_000);
  afterAll(() => t.close());

  it('are the same in every database, row by row', async () => {
    const other = await boot();
    for (const table of TABLES) {
      const rows = await contents(t, table);
      expect([table, rows.length > 0, await contents(other, table)]).toEqual([table, true, rows]);
    }
    await other.close();
  }, 60_000);

  it('are loaded once: a second start changes nothing', async () => {
    const before = await Promise.all(TABLES.map((table) => contents(t, table)));
    const passwords = await contents(t, 'account');
    await t.app.get(StartupTasks).run();
    expect(await Promise.all(TABLES.map((table) => contents(t, table)))).toEqual(before);
    expect(await contents(t, 'account')).toEqual(passwords);
  });

  it('hold practice shops in which a trainer sees where the group is stuck', async () => {
    const session = await one<{ id: string }>(
      t,
      'tetouan',
      `SELECT s.id FROM session s JOIN stop st ON st.id = s.stop_id WHERE st.city_slug = 'tetouan' AND s.status = 'closed'`,
    );
    const { token } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    const answer = await t.api(`/sessions/${session?.id}/practice`, { token });
    const { seats, scenarios } = answer.json<{
      seats: number;
      scenarios: { scenario: string; players: number; exercises: { wrong: number; done: number }[] }[];
    }>();
    const week = scenarios.find(({ scenario }) => scenario === 'semaine-de-commandes');
    expect(week?.players).toBeGreaterThan(seats / 2);
    const most = (what: 'wrong' | 'done'): number => Math.max(...(week?.exercises ?? []).map((x) => x[what]));
    expect([most('wrong') > 5, most('done') > 5]).toEqual([true, true]);
    expect(scenarios.filter(({ players }) => players > 0)).toHaveLength(1);
  });

  it('hold the case of 2021 as the contract tells it', async () => {
    const campaign = (await t.api('/campaigns/apdn-2021?lang=fr')).json() as Record<string, unknown>;
    expect(campaign).toMatchObject({
      operator: { slug: 'cri-tta' },
      funders: [{ slug: 'apdn' }],
      enrolment: { open: false },
    });
    expect((campaign['courses'] as unknown[]).length).toBe(3);
    const facts = await one(
      t,
      'facts2021',
      `SELECT (SELECT amount_centimes FROM agreement WHERE campaign_id = c.id) AS amount,
              (SELECT count(*)::int FROM tour WHERE campaign_id = c.id) AS tours,
              (SELECT count(*)::int FROM team te JOIN tour t ON t.id = te.tour_id WHERE t.campaign_id = c.id) AS teams,
              (SELECT count(DISTINCT city_slug)::int FROM stop st JOIN tour t ON t.id = st.tour_id WHERE t.campaign_id = c.id) AS cities,
              (SELECT min(local_date) FROM stop st JOIN tour t ON t.id = st.tour_id WHERE t.campaign_id = c.id) AS first,
              (SELECT max(local_date) FROM stop st JOIN tour t ON t.id = st.tour_id WHERE t.campaign_id = c.id) AS last,
              (SELECT count(*)::int FROM session WHERE campaign_id = c.id AND status = 'closed') AS closed,
              (SELECT count(*)::int FROM unit u JOIN session s ON s.id = u.session_id WHERE s.campaign_id = c.id) AS units,
              (SELECT count(DISTINCT course_id)::int FROM session WHERE campaign_id = c.id) AS courses
         FROM campaign c WHERE c.slug = 'apdn-2021'`,
    );
    expect(facts).toEqual({
      amount: 50_000_000,
      tours: 1,
      teams: 2,
      cities: 10,
      first: '2021-12-13',
      last: '2021-12-20',
      closed: 10,
      units: 20,
      courses: 3,
    });
  });

  it('hold 300 people of every kind, with seats that add up', async () => {
    const people = await one<Record<string, number>>(
      t,
      'people',
      `SELECT count(*)::int AS people, count(*) FILTER (WHERE gender = 'female')::int AS women, count(*) FILTER (WHERE gender = 'unspecified')::int AS unsaid,
              count(*) FILTER (WHERE given_fr IS NULL)::int AS arabic_only, count(*) FILTER (WHERE given_ar IS NULL)::int AS latin_only,
              count(DISTINCT category)::int AS categories, count(DISTINCT sector)::int AS sectors, count(DISTINCT birth_year)::int AS years,
              count(*) FILTER (WHERE c.milieu = 'rural')::int AS rural FROM person p JOIN commune c ON c.code = p.commune_code`,
    );
    expect(people).toMatchObject({ people: 300, categories: 8 });
    expect(people?.['women']).toBeGreaterThan(130);
    expect(people?.['women']).toBeLessThan(190);
    for (const kind of ['unsaid', 'arabic_only', 'latin_only'])
      expect([kind, (people?.[kind] ?? 0) > 0]).toEqual([kind, true]);
    expect(people?.['sectors']).toBeGreaterThan(12);
    expect(people?.['years']).toBeGreaterThan(25);
    expect(people?.['rural']).toBeGreaterThan(50);
    const shared = await one<{ phones: number; most: number }>(
      t,
      'shared',
      `SELECT count(*)::int AS phones, max(n)::int AS most FROM (SELECT count(*) AS n FROM person_phone GROUP BY phone_id HAVING count(*) > 1) x`,
    );
    expect(shared?.phones).toBeGreaterThan(10);
    expect(shared?.most).toBeLessThanOrEqual(5);
    expect(
      await one(t, 'block', `SELECT count(*)::int AS n FROM phone WHERE e164 !~ '^\\+2126000[0-9]{5}$'`),
    ).toEqual({ n: 0 });
    const wrong = await t.db.read(
      'test.counters',
      `SELECT s.id FROM session s
         LEFT JOIN enrolment e ON e.session_id = s.id
        GROUP BY s.id
       HAVING s.booked <> count(e.id) FILTER (WHERE e.status = 'booked') OR s.waiting <> count(e.id) FILTER (WHERE e.status = 'waiting')
           OR s.last_waiting_no <> coalesce(max(e.waiting_no), 0) OR (s.waiting > 0 AND s.booked < s.capacity)`,
    );
    expect(wrong).toEqual([]);
    const rows = await one(
      t,
      'participation',
      `SELECT count(*)::int AS n, count(*) FILTER (WHERE p.booked IS DISTINCT FROM (e.status = 'booked'))::int AS wrong
         FROM participation p JOIN enrolment e USING (person_id, session_id) JOIN session s ON s.id = p.session_id AND s.course_id = p.course_id`,
    );
    expect(rows).toEqual({ n: 300, wrong: 0 });
    const statuses = await t.db.read<{ status: string; n: number }>(
      'test.statuses',
      `SELECT status, count(*)::int AS n FROM enrolment GROUP BY status ORDER BY status`,
    );
    expect(statuses).toEqual([
      { status: 'booked', n: 264 },
      { status: 'cancelled', n: 22 },
      { status: 'waiting', n: 14 },
    ]);
  });

  it('hold a campaign to come, open, in rooms of 40 and more, with nothing unusual about its plan', async () => {
    const answer = await t.api('/campaigns/caravane-2027/sessions');
    const { items } = answer.json() as {
      items: Array<{ localDate: string; capacity: number; seatsLeft: number; status: string }>;
    };
    expect(items).toHaveLength(10);
    expect(
      items.every(
        ({ capacity, seatsLeft, status }) => capacity >= 40 && seatsLeft === capacity && status === 'planned',
      ),
    ).toBe(true);
    expect(items[0]?.localDate).toBe('2027-01-12');
    expect((await t.api('/campaigns/caravane-2027')).json()).toMatchObject({ enrolment: { open: true } });
  });

  it('shift by whole weeks when they are made later, and never into the past', () => {
    expect(firstMonday('2026-11-22')).toBe('2027-01-11');
    expect(firstMonday('2027-01-04')).toBe('2027-01-11');
    expect(firstMonday('2027-01-05')).toBe('2027-01-18');
    expect(firstMonday('2031-06-15')).toBe('2031-06-23');
  });

  it('give ids that look like all others and never change', () => {
    expect(isOwnId(demoId('organisation apdn'))).toBe(true);
    expect(demoId('campaign apdn-2021')).toBe(demoId('campaign apdn-2021'));
    expect(demoId('a')).not.toBe(demoId('b'));
  });

  it('take another password at the next start', async () => {
    const hash = () =>
      one<{ password_hash: string }>(
        t,
        'hash',
        `SELECT password_hash FROM account WHERE email = 'manager@qafila.test'`,
      );
    const before = await hash();
    expect(before?.password_hash).toMatch(/^\$argon2id\$/);
    await t.db.write(
      'test.forget',
      `UPDATE reference_load SET digest = 'of another password' WHERE name = 'demo.password'`,
    );
    await t.app.get(StartupTasks).run();
    expect(await hash()).not.toEqual(before);
  });
});

describe('without demo data', () => {
  it('there is not one invented row', async () => {
    const bare = await createTestApp({ isFirstStart: true });
    for (const table of ['organisation', 'campaign', 'person', 'account'])
      expect([table, await contents(bare, table)]).toEqual([table, []]);
    expect((await one<{ n: number }>(bare, 'cities', 'SELECT count(*)::int AS n FROM city'))?.n).toBe(15);
    await bare.close();
  }, 60_000);
});
