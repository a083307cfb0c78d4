import { OfferExpiryService } from '../../src/enrolment/offer-expiry.service.js';
import { SeatReminderService } from '../../src/enrolment/seat-reminder.service.js';
import { UnansweredService } from '../../src/tours/impediments/unanswered.service.js';
import { createToldWorld, json, type Told, type ToldWorld } from '../enrolment/support/told-world.js';
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

describe('a postponed session', () => {
  let w: ToldWorld;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());
  beforeEach(() => w.t.clock.set(new Date(NOW)));

  const postpone = async (session: string): Promise<void> => {
    const answer = await w.as(`/sessions/${session}/postpone`, { body: { reason: 'Route coupée' } });
    expect([answer.statusCode, json<{ status: string }>(answer).status]).toEqual([200, 'postponed']);
  };
  const codeOf = (answer: { json(): unknown }): string => json<{ code: string }>(answer).code;
  const newDay = (session: string, localDate: string, token = w.desk) =>
    w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate }, token });

  it('shows who will be told before, and tells the same people', async () => {
    const session = await w.world.session({ capacity: 1, date: '2027-02-01' });
    const [one, two] = await w.world.persons(2);
    if (!one || !two) throw new Error('Nobody');
    await w.enrol(session, one);
    await w.enrol(session, two);
    await w.tell();
    const seen = await w.as(`/sessions/${session}/preview`, { body: { postpone: true } });
    expect(json<Told>(seen)).toMatchObject({ people: 2, booked: 1, waiting: 1 });
    expect(json<Told>(seen).languages[0]?.text).toContain('reportée');
    const both = await w.as(`/sessions/${session}/preview`, { body: { postpone: true, cancel: true } });
    expect(both.statusCode).toBe(422);
    await postpone(session);
    const again = await w.as(`/sessions/${session}/postpone`, { body: { reason: 'Encore' } });
    expect([again.statusCode, codeOf(again)]).toEqual([409, 'session-postponed']);
    await w.tell();
    const texts = w.texts.get(await w.numberOf(two)) ?? [];
    expect(texts.filter((text) => text === json<Told>(seen).languages[0]?.text)).toHaveLength(1);
  });

  it('gives no seat, ends no offer and reminds nobody; what one has can be given back, and its time is free', async () => {
    const session = await w.world.session({ capacity: 1, date: '2027-02-03' });
    const same = await w.world.session({ capacity: 5, date: '2027-02-03' });
    const [booked, waits, late] = await w.world.persons(3);
    if (!booked || !waits || !late) throw new Error('Nobody');
    const seat = await w.enrol(session, booked);
    const place = await w.enrol(session, waits);
    await w.t.api(`/enrolments/${seat}/cancel`, { method: 'POST', token: booked.token });
    expect(await w.world.rows(session)).toEqual({ cancelled: 1, offered: 1 });
    await postpone(session);

    const refused = await w.t.api(`/sessions/${session}/enrolments`, { token: late.token, body: {} });
    expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'enrolment-session-postponed']);
    const accepted = await w.t.api(`/enrolments/${place}/accept`, { method: 'POST', token: waits.token });
    expect([accepted.statusCode, codeOf(accepted)]).toEqual([409, 'enrolment-session-postponed']);
    // The day that it had is free for something else, and no reminder comes.
    expect((await w.t.api(`/sessions/${same}/enrolments`, { token: waits.token, body: {} })).statusCode).toBe(
      201,
    );
    w.t.clock.set(new Date('2027-02-02T10:00:00Z'));
    await w.t.app.get(OfferExpiryService).expireDue();
    await w.t.app.get(SeatReminderService).remindAll();
    expect(await w.world.rows(session)).toEqual({ cancelled: 1, offered: 1 });
    const reminders = await w.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM message WHERE template LIKE 'enrolment:sms.remind%' AND dedupe_key LIKE '%' || $1 || '%'`,
      [place],
    );
    expect(reminders).toEqual([{ n: 0 }]);

    // Its day is over: a new one may still be given, and the offer is made anew.
    w.t.clock.set(new Date('2027-02-10T10:00:00Z'));
    await w.tell();
    const desk = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    expect((await newDay(session, '2027-02-01', desk)).statusCode).toBe(422);
    expect((await newDay(session, '2027-03-01', desk)).statusCode).toBe(200);
    await w.tell();
    const text = (w.texts.get(await w.numberOf(waits)) ?? []).at(-1) ?? '';
    expect(text).toContain('lundi 1er mars');
    expect(
      (await w.t.api(`/enrolments/${place}/accept`, { method: 'POST', token: waits.token })).statusCode,
    ).toBe(200);
  });

  it('is planned again by a new day: seats are kept, everybody is told the day, what it needs is taken again', async () => {
    const session = await w.world.session({ capacity: 3, date: '2027-02-15' });
    const people = await w.world.persons(3);
    for (const person of people) await w.enrol(session, person);
    await w.tell();
    await postpone(session);
    await w.tell();
    expect((await w.as(`/sessions/${session}`, { method: 'PATCH', body: { capacity: 4 } })).statusCode).toBe(
      200,
    );
    const trainer = await w.world.staff('trainer', 'organisation', w.world.organisationId);
    const [{ id = '' } = {}] = await w.sql<{ id: string }>(
      `SELECT account_id AS id FROM role_grant WHERE role = 'trainer' ORDER BY id DESC LIMIT 1`,
    );
    expect(trainer).not.toBe('');
    const given = await w.as(`/sessions/${session}`, { method: 'PATCH', body: { trainerIds: [id] } });
    expect(given.statusCode).toBe(200);
    // What changes while it has no date takes no time and is told to nobody.
    const before = await w.sql(
      `SELECT s.during::text, (SELECT count(*)::int FROM enrolment e WHERE e.session_id = s.id AND e.untold IS NOT NULL) AS untold
         FROM session s WHERE s.id = $1`,
      [session],
    );
    expect(before).toEqual([{ during: '{}', untold: 0 }]);
    expect(json<{ status: string }>(await w.as(`/sessions/${session}`)).status).toBe('postponed');
    expect((await newDay(session, '2027-02-22')).statusCode).toBe(200);
    await w.tell();
    expect(await w.world.counters(session)).toMatchObject({ booked: 3, waiting: 0 });
    for (const person of people)
      expect((w.texts.get(await w.numberOf(person)) ?? []).at(-1)).toContain('lundi 22 février');
    const [first] = people;
    if (!first) throw new Error('Nobody');
    const other = await w.world.session({ capacity: 3, date: '2027-02-22' });
    const clash = await w.t.api(`/sessions/${other}/enrolments`, { token: first.token, body: {} });
    expect(clash.statusCode).toBe(409);
    const units = await w.sql<{ live: boolean }>(`SELECT live FROM unit WHERE session_id = $1`, [session]);
    expect(units).toEqual([{ live: true }]);
  });

  /** The morning's look at what was held back by night. */
  const wake = async (): Promise<void> => {
    await w.sql(`INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'messages.sweep')`);
    await w.t.runJobs();
    await w.tell();
  };

  it('tells one word of the day when the night lies between, and nobody at night', async () => {
    const session = await w.world.session({ capacity: 3, date: '2027-05-10' });
    const [person] = await w.world.persons(1);
    if (!person) throw new Error('Nobody');
    await w.enrol(session, person);
    await w.tell();
    const texts = async () => w.texts.get(await w.numberOf(person)) ?? [];
    const before = (await texts()).length;
    w.t.clock.set(new Date('2027-01-15T21:00:00Z'));
    await postpone(session);
    await w.tell();
    expect((await newDay(session, '2027-05-17')).statusCode).toBe(200);
    await w.tell();
    expect(await texts()).toHaveLength(before);
    w.t.clock.set(new Date('2027-01-16T10:00:00Z'));
    await wake();
    expect((await texts()).slice(before)).toEqual([expect.stringContaining('lundi 17 mai')]);
  });

  it('is called off after its old day, and everybody hears of it; at night it waits', async () => {
    const session = await w.world.session({ capacity: 3, date: '2027-01-25' });
    const [person] = await w.world.persons(1);
    if (!person) throw new Error('Nobody');
    await w.enrol(session, person);
    await postpone(session);
    await w.tell();
    w.t.clock.set(new Date('2027-02-10T22:00:00Z'));
    const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    const off = await w.as(`/sessions/${session}/cancel`, { body: { reason: 'Plus de salle' }, token });
    expect(off.statusCode).toBe(200);
    await w.tell();
    const last = async () => (w.texts.get(await w.numberOf(person)) ?? []).at(-1);
    expect(await last()).toContain('reportée');
    w.t.clock.set(new Date('2027-02-11T10:00:00Z'));
    await wake();
    expect(await last()).toContain('annulée');
  });

  it('does not take its new day where one of its people sits elsewhere', async () => {
    const session = await w.world.session({ capacity: 3, date: '2027-04-05' });
    const other = await w.world.session({ capacity: 3, date: '2027-04-12' });
    const [person] = await w.world.persons(1);
    if (!person) throw new Error('Nobody');
    await w.enrol(session, person);
    await postpone(session);
    await w.enrol(other, person);
    const clash = await newDay(session, '2027-04-12');
    expect([clash.statusCode, codeOf(clash)]).toEqual([409, 'session-clash']);
    expect(json<{ status: string }>(await w.as(`/sessions/${session}`)).status).toBe('postponed');
  });

  it('lets its people go to another session', async () => {
    const from = await w.world.session({ capacity: 3, date: '2027-04-19' });
    const to = await w.world.session({ capacity: 3, date: '2027-04-20' });
    const people = await w.world.persons(2);
    for (const person of people) await w.enrol(from, person);
    await postpone(from);
    const back = await w.as(`/sessions/${to}/moves`, { body: { to: from } });
    expect([back.statusCode, codeOf(back)]).toEqual([409, 'enrolment-session-postponed']);
    expect((await w.as(`/sessions/${from}/moves`, { body: { to } })).statusCode).toBe(200);
    expect(await w.world.counters(to)).toMatchObject({ booked: 2 });
  });
});
