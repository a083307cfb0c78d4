import { SeatReminderService } from '../../src/enrolment/seat-reminder.service.js';
import { createToldWorld, type ToldWorld } from './support/told-world.js';
import type { TestPerson } from './support/world.js';

const DAY = '2027-03-10';
const LINK = /\/((?:ar|fr|en)\/r\/([0-9a-z]{12}))/;

describe('the link of an SMS', () => {
  let w: ToldWorld;
  beforeEach(async () => (w = await createToldWorld()), 60_000);
  afterEach(() => w.close());

  /** The last link that a number got. */
  const linkOf = async (person: TestPerson): Promise<string> => {
    const text = (w.texts.get(await w.numberOf(person)) ?? []).findLast((one) => LINK.test(one)) ?? '';
    return `/${LINK.exec(text)?.[1] ?? 'none'}`;
  };
  const open = (url: string, method: 'GET' | 'HEAD' = 'GET') =>
    w.t.inject({ method, url, headers: { accept: 'text/html' } });
  const answer = (url: string, given: string) =>
    w.t.inject({
      ...{ method: 'POST', url, payload: `answer=${given}` },
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    });
  const seats = () =>
    w.sql<{ personId: string; status: string; confirmed: boolean }>(
      `SELECT person_id AS "personId", status, confirmed_at IS NOT NULL AS confirmed FROM enrolment ORDER BY enrolled_at, id`,
    );
  const statusOf = async ({ id }: TestPerson) =>
    (await seats()).find(({ personId }) => personId === id)?.status;

  /** A room of one: its seat was given back, the next is offered it. */
  async function offered(): Promise<{
    first: TestPerson;
    next: TestPerson;
    last: TestPerson;
    session: string;
  }> {
    const session = await w.world.session({ date: DAY, capacity: 1 });
    const [first, next, last] = [
      await w.world.person(),
      await w.world.person({ language: 'ar' }),
      await w.world.person(),
    ];
    const id = await w.enrol(session, first);
    await w.enrol(session, next);
    await w.enrol(session, last);
    await w.t.api(`/enrolments/${id}/cancel`, { token: first.token, body: {} });
    await w.tell();
    return { first, next, last, session };
  }

  /** Somebody with a seat who was asked three days before. */
  async function asked(): Promise<{ person: TestPerson; session: string }> {
    const session = await w.world.session({ date: DAY });
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    w.t.clock.set('2027-03-07T09:30:00Z');
    await w.t.app.get(SeatReminderService).remindAll();
    await w.t.runJobs();
    return { person, session };
  }

  it('changes nothing when it is opened, however often and by whatever robot', async () => {
    const { next } = await offered();
    const url = await linkOf(next);
    const before = await seats();
    const pages = await Promise.all(Array.from({ length: 40 }, (_, i) => open(url, i % 2 ? 'HEAD' : 'GET')));
    expect([...new Set(pages.map(({ statusCode }) => statusCode))]).toEqual([200]);
    expect(pages[0]?.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(await seats()).toEqual(before);
  });

  it('says yes to an offer without a sign-in, in the person’s language, once and for this person only', async () => {
    const { next, last } = await offered();
    const url = await linkOf(next);
    expect(url).toMatch(/^\/ar\/r\//);
    const page = await open(url);
    expect(page.body).toContain('توفر مكان في تطوان');
    expect(page.body).not.toContain(await w.numberOf(next));
    const answers = await Promise.all([answer(url, 'yes'), answer(url, 'yes'), answer(url, 'yes')]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect([await statusOf(next), await statusOf(last)]).toEqual(['booked', 'waiting']);
    expect((await open(url)).body).toContain('المكان لك');
  });

  it('says no to an offer, which passes on; what comes later is told so', async () => {
    const { next, last } = await offered();
    const url = await linkOf(next);
    await answer(url, 'no');
    expect([await statusOf(next), await statusOf(last)]).toEqual(['declined', 'offered']);
    await answer(url, 'yes');
    expect([await statusOf(next), await statusOf(last)]).toEqual(['declined', 'offered']);
    await w.tell();
    const late = await linkOf(last);
    w.t.clock.advance(4 * 24 * 3600 * 1000);
    expect((await open(late)).body).toContain('Trop tard');
    await answer(late, 'yes');
    expect(await statusOf(last)).toBe('expired');
  });

  it('says that one comes, and asks once more before it gives a seat back', async () => {
    const { person, session } = await asked();
    const url = await linkOf(person);
    expect((await open(url)).body).toContain('Vous venez à Tétouan');
    expect((await answer(url, 'yes')).statusCode).toBe(303);
    expect((await seats())[0]).toMatchObject({ status: 'booked', confirmed: true });
    expect((await open(url)).body).toContain('C’est noté');
    const sure = await answer(url, 'no');
    expect([sure.statusCode, sure.body.includes('Rendre votre place')]).toEqual([200, true]);
    expect(await statusOf(person)).toBe('booked');
    await answer(url, 'surely-no');
    expect(await statusOf(person)).toBe('cancelled');
    expect((await open(url)).body).toContain('merci d’avoir prévenu');
    expect(session).not.toBe('');
  });

  it('without an answer the day before, one is to be confirmed; a session that moves asks anew', async () => {
    const { person, session } = await asked();
    const confirmation = async () => {
      const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
      const list = await w.t.api(`/sessions/${session}/concerned`, { token });
      return list
        .json<{ items: Array<{ confirmation: string | null }> }>()
        .items.map((one) => one.confirmation);
    };
    expect(await confirmation()).toEqual([null]);
    w.t.clock.set('2027-03-09T09:30:00Z');
    expect(await confirmation()).toEqual(['to-confirm']);
    await answer(await linkOf(person), 'yes');
    expect(await confirmation()).toEqual(['confirmed']);
    const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    await w.as(`/sessions/${session}`, { method: 'PATCH', token, body: { localDate: '2027-03-11' } });
    expect((await seats())[0]?.confirmed).toBe(false);
  });

  it('is in no table in clear, and forgotten when the session is over', async () => {
    const { next } = await offered();
    const code = (await linkOf(next)).slice(-12);
    expect(code).toHaveLength(12);
    const tables = await w.sql<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const held: string[] = [];
    for (const { name } of tables) {
      const found = await w.sql(`SELECT 1 FROM "${name}" AS one WHERE one::text LIKE $1 LIMIT 1`, [
        `%${code}%`,
      ]);
      if (found.length > 0) held.push(name);
    }
    expect(held).toEqual([]);
    w.t.clock.set('2027-03-12T09:00:00Z');
    expect((await open(`/fr/r/${code}`)).statusCode).toBe(404);
    await w.t.db.write(
      'test.forget',
      `INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'enrolment.forget-links')`,
    );
    await w.t.runJobs();
    expect(await w.sql(`SELECT 1 FROM personal_link`)).toEqual([]);
  });

  it('is not guessed: unknown ones are the same 404, and too many of them are turned away', async () => {
    const answers = [];
    for (let i = 0; i < 32; i += 1) answers.push((await open(`/fr/r/${'0'.repeat(10)}${10 + i}`)).statusCode);
    expect([...new Set(answers.slice(0, 30))]).toEqual([404]);
    expect(answers.slice(30)).toEqual([429, 429]);
  });
});
