import { OfferExpiryService } from '../../src/enrolment/offer-expiry.service.js';
import { SeatReminderService } from '../../src/enrolment/seat-reminder.service.js';
import { createToldWorld, json, type Told, type ToldWorld } from '../enrolment/support/told-world.js';

const NOW = '2027-01-15T09:00:00Z';

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

  it('asks for its new day in the form, and does not begin with the old one', async () => {
    const session = await w.world.session({ capacity: 3, date: '2027-05-24' });
    await postpone(session);
    const url = `/fr/staff/sessions/${session}/edit`;
    const headers = { authorization: `Bearer ${w.desk}`, accept: 'text/html' };
    const page = await w.t.inject({ url, headers });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('2027-05-24');
    await w.sql(`INSERT INTO campaign_course (campaign_id, course_id, position) VALUES ($1, $2, 1)`, [
      w.world.campaignId,
      w.world.courseId,
    ]);
    const { units, course } = json<{ units: Array<{ id: string }>; course: { slug: string } }>(
      await w.as(`/sessions/${session}`),
    );
    const save = (date: string) =>
      w.t.inject({
        ...{ method: 'POST', url },
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          ...{ course: course.slug, language: 'fr', capacity: '4', unit1Id: units[0]?.id ?? '' },
          ...{ unit1Date: date, unit1Start: '09:00', unit1End: '12:00' },
        }).toString(),
      });
    const refused = await save('');
    expect([refused.statusCode, refused.body.includes('id="field-unit1Date-error"')]).toEqual([422, true]);
    expect(refused.body).not.toContain('id="field-course-error"');
    expect((await save('2027-05-31')).statusCode).toBe(303);
    expect(json<{ status: string }>(await w.as(`/sessions/${session}`)).status).toBe('planned');
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
