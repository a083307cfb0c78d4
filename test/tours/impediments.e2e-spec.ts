import { UnansweredService } from '../../src/tours/impediments/unanswered.service.js';
import { createToldWorld, json, type ToldWorld } from '../enrolment/support/told-world.js';
import type { TestPerson } from '../enrolment/support/world.js';

interface Impediment {
  id: string;
  dueAt: string;
  answer: string | null;
}
interface Trainer {
  id: string;
  token: string;
}

const MINUTE_MS = 60_000;
const NOW = '2027-01-15T09:00:00Z';
const TEACHES = `
  INSERT INTO unit_resource (unit_id, resource_id, resource_kind, during, live)
  SELECT id, $2, 'trainer', during, true FROM unit WHERE session_id = $1`;

describe('a trainer who cannot come', () => {
  let w: ToldWorld;
  let trainer: Trainer;
  let other: Trainer;
  let day = 0;
  beforeAll(async () => {
    w = await createToldWorld();
    [trainer, other] = [await newTrainer(), await newTrainer()];
  }, 60_000);
  afterAll(() => w.close());
  beforeEach(() => w.t.clock.set(new Date(NOW)));

  async function newTrainer(): Promise<Trainer> {
    const token = await w.world.staff('trainer', 'organisation', w.world.organisationId);
    const [row] = await w.sql<{ id: string }>(
      `SELECT a.id FROM account a JOIN role_grant g ON g.account_id = a.id WHERE g.role = 'trainer' ORDER BY g.id DESC LIMIT 1`,
    );
    return { id: row?.id ?? '', token };
  }
  /** A session on a Monday of its own, taught by these. */
  async function taught(by: Trainer[] = [trainer], capacity = 2): Promise<string> {
    day += 1;
    const date = new Date(Date.UTC(2027, 0, 11 + 7 * day)).toISOString().slice(0, 10);
    const session = await w.world.session({ capacity, date });
    for (const { id } of by) await w.sql(TEACHES, [session, id]);
    return session;
  }
  async function filled(people: number): Promise<{ session: string; people: TestPerson[] }> {
    const session = await taught();
    const all = await w.world.persons(people);
    for (const person of all) await w.enrol(session, person);
    await w.tell();
    return { session, people: all };
  }
  const report = (session: string, { token } = trainer, body: object = { reason: 'health' }) =>
    w.as(`/sessions/${session}/impediments`, { token, body });
  const reported = async (session: string, by = trainer): Promise<Impediment> => {
    const answer = await report(session, by);
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return json(answer);
  };
  const statusOf = async (session: string): Promise<string> =>
    json<{ status: string }>(await w.as(`/sessions/${session}`)).status;
  const pass = async (minutes: number): Promise<void> => {
    w.t.clock.advance(minutes * MINUTE_MS);
    await w.t.app.get(UnansweredService).postponeDue();
  };
  const lastText = async (person: TestPerson): Promise<string> =>
    (w.texts.get(await w.numberOf(person)) ?? []).at(-1) ?? '';
  const countTexts = async (person: TestPerson): Promise<number> =>
    (w.texts.get(await w.numberOf(person)) ?? []).length;
  const mails = (template: string, session: string) =>
    w.sql<{ recipient: string; body: string }>(
      `SELECT recipient, body FROM message WHERE template = $1 AND body LIKE '%' || $2 || '%'`,
      [template, session],
    );

  it('is a matter of those who plan, at once, and of everybody after 15 minutes without an answer; nothing is deleted', async () => {
    const { session, people } = await filled(4);
    const rows = await w.world.rows(session);
    const impediment = await reported(session);
    expect(new Date(impediment.dueAt).getTime() - new Date(NOW).getTime()).toBe(15 * MINUTE_MS);
    // Saying it twice is saying it once.
    expect(json<Impediment>(await report(session)).id).toBe(impediment.id);
    expect(await mails('tours:impeded.text', session)).toHaveLength(1);
    expect(json<{ items: Impediment[] }>(await w.as('/impediments')).items.map(({ id }) => id)).toEqual([
      impediment.id,
    ]);

    const before = await Promise.all(people.map(countTexts));
    await pass(14.99);
    expect(await statusOf(session)).toBe('planned');
    w.t.clock.advance(MINUTE_MS);
    const unanswered = w.t.app.get(UnansweredService);
    const postponed = await Promise.all([1, 2, 3].map(() => unanswered.postponeDue()));
    expect(postponed.toSorted()).toEqual([0, 0, 1]);
    expect(await statusOf(session)).toBe('postponed');
    await w.tell();
    expect(await Promise.all(people.map(countTexts))).toEqual(before.map((n) => n + 1));
    for (const person of people) expect(await lastText(person)).toContain('reportée');
    expect(await w.world.rows(session)).toEqual(rows);
    expect(await mails('tours:unanswered.text', session)).toHaveLength(1);
    const [found] = json<{ items: Impediment[] }>(await w.as(`/sessions/${session}/impediments`)).items;
    expect(found).toMatchObject({ id: impediment.id, answer: 'unanswered' });
    expect(json(await w.as('/impediments'))).toEqual({ items: [], next: null });
  });

  it.each([
    ['held', (id: string) => w.as(`/impediments/${id}/hold`, { method: 'POST' })],
    [
      'withdrawn',
      (id: string) => w.as(`/impediments/${id}/withdraw`, { method: 'POST', token: trainer.token }),
    ],
    [
      'replaced',
      (_: string, session: string) =>
        w.as(`/sessions/${session}/replacements`, {
          body: { trainerId: trainer.id, replacementId: other.id },
        }),
    ],
    [
      'moved',
      (_: string, session: string) =>
        w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate: '2027-05-11' } }),
    ],
    [
      'postponed',
      (_: string, session: string) => w.as(`/sessions/${session}/postpone`, { body: { reason: 'Malade' } }),
    ],
    [
      'called-off',
      (_: string, session: string) => w.as(`/sessions/${session}/cancel`, { body: { reason: 'Malade' } }),
    ],
  ])('is answered in time: %s', async (answer, act) => {
    const session = await taught();
    const { id } = await reported(session);
    const done = await act(id, session);
    expect([done.statusCode, done.body]).toEqual([200, expect.any(String)]);
    const status = await statusOf(session);
    await pass(16);
    expect(await statusOf(session)).toBe(status);
    const { items } = json<{ items: Impediment[] }>(await w.as(`/sessions/${session}/impediments`));
    expect(items).toMatchObject([{ id, answer }]);
    expect(await mails('tours:unanswered.text', session)).toEqual([]);
    // Who is too late learns what was answered.
    const late = await w.as(`/impediments/${id}/hold`, { method: 'POST' });
    expect(late.statusCode).toBe(answer === 'held' ? 200 : 409);
  });

  it('holds nothing up where somebody else teaches too, unless they cannot come either', async () => {
    const [alone, both] = [await taught([trainer, other]), await taught([trainer, other])];
    await reported(alone);
    await reported(both);
    await reported(both, other);
    await pass(16);
    expect([await statusOf(alone), await statusOf(both)]).toEqual(['planned', 'postponed']);
    const { items } = json<{ items: Impediment[] }>(await w.as(`/sessions/${alone}/impediments`));
    expect(items).toMatchObject([{ answer: 'held' }]);
  });

  it('still counts when it was held without them: the next one who cannot come leaves nobody', async () => {
    const session = await taught([trainer, other]);
    await reported(session);
    await pass(16);
    expect(await statusOf(session)).toBe('planned');
    await reported(session, other);
    await pass(16);
    expect(await statusOf(session)).toBe('postponed');
  });

  it('keeps them from other sessions of those days, and of no others when the session has a new day', async () => {
    const [session, same] = [await taught(), await taught([other])];
    const dayOf = async (id: string): Promise<string> =>
      json<{ units: Array<{ localDate: string }> }>(await w.as(`/sessions/${id}`)).units[0]?.localDate ?? '';
    const [old, later] = [await dayOf(session), await dayOf(same)];
    const whyNot = async (): Promise<string[]> => {
      const path = `/sessions/${same}/replacements?trainer=${other.id}`;
      const { notListed } = json<{ notListed: Array<{ id: string; why: Array<{ code: string }> }> }>(
        await w.as(path),
      );
      return notListed.find(({ id }) => id === trainer.id)?.why.map(({ code }) => code) ?? [];
    };
    const move = async (id: string, body: object): Promise<void> => {
      const answer = await w.as(`/sessions/${id}`, { method: 'PATCH', body });
      expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
    };
    await reported(session);
    await pass(16);
    // Somebody else teaches it on the day of the other one.
    const third = await newTrainer();
    await move(session, { localDate: later, trainerIds: [third.id] });
    expect(await whyNot()).not.toContain('day-off');
    await move(same, { localDate: old });
    expect(await whyNot()).toContain('day-off');
  });

  it('is answered by exactly one of a coordinator and the clock', async () => {
    for (let round = 0; round < 4; round++) {
      const session = await taught();
      const { id } = await reported(session);
      w.t.clock.advance(15 * MINUTE_MS);
      const [held] = await Promise.all([
        w.as(`/impediments/${id}/hold`, { method: 'POST' }),
        w.t.app.get(UnansweredService).postponeDue(),
      ]);
      const isHeld = held.statusCode === 200;
      expect([held.statusCode, await statusOf(session)]).toEqual(
        isHeld ? [200, 'planned'] : [409, 'postponed'],
      );
    }
  });

  it('is said by whoever teaches the session, and answered by whoever plans it', async () => {
    const session = await taught();
    expect((await report(session, other)).statusCode).toBe(404);
    expect((await report(session, { id: '', token: w.desk })).statusCode).toBe(404);
    expect((await report(session, trainer, { reason: 'sun' })).statusCode).toBe(422);
    const { id } = await reported(session);
    const press = (deed: string, token: string) =>
      w.as(`/impediments/${id}/${deed}`, { method: 'POST', token });
    const stranger = await w.world.staff('coordinator', 'organisation', w.world.otherOrganisationId);
    expect((await press('hold', stranger)).statusCode).toBe(404);
    expect((await press('hold', trainer.token)).statusCode).toBe(403);
    expect((await press('withdraw', other.token)).statusCode).toBe(404);
    expect((await w.as(`/sessions/${session}/impediments`, { token: stranger })).statusCode).toBe(404);
    expect(json(await w.as('/impediments', { token: stranger }))).toEqual({ items: [], next: null });
    expect((await w.as(`/sessions/${session}/cancel`, { body: { reason: 'Assez' } })).statusCode).toBe(200);
    expect((await report(session)).statusCode).toBe(409);
  });
});
