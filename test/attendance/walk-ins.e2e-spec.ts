import { randomUUID } from 'node:crypto';
import { PresenceRebuildService } from '../../src/attendance/public.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { send } from './events.js';
import { type GivenSession, givenEnrolment, givenGround, givenSession } from './factories.js';

const DOOR = `
  SELECT e.person_id AS "personId", e.status, e.at_door AS "atDoor", p.given_fr AS given, p.status AS "personStatus",
         s.booked, s.waiting, s.capacity, c.channel, c.witness, c.in_force_at IS NOT NULL AS "inForce",
         (SELECT count(*)::int FROM presence r WHERE r.session_id = s.id AND r.person_id = p.id) AS units
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
    JOIN person p ON p.id = e.person_id
    LEFT JOIN consent c ON c.person_id = p.id AND c.purpose = 'training' AND c.withdrawn_at IS NULL
   WHERE e.session_id = $1
   ORDER BY e.id`;
const FIGURES = `SELECT count(*)::int AS people, sum(units_attended)::int AS units, bool_and(booked) AS booked FROM participation WHERE session_id = $1`;
const PERSONS = `SELECT count(*)::int AS n FROM person`;

interface DoorRow {
  personId: string;
  status: string;
  given: string;
  units: number;
  booked: number;
  capacity: number;
}

describe('people who come without enrolling', () => {
  let t: TestApp;
  let phones = 0;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  const walkIn = (session: GivenSession, unit: number, visitor: Record<string, unknown> = {}) => ({
    id: randomUUID(),
    unit,
    at: session.units[unit - 1]?.startsAt.toISOString(),
    kind: 'walkIn',
    walkIn: { name: { given: 'Hakima', family: 'Bennis' }, consent: 'heard', ...visitor },
  });
  const door = (session: GivenSession) => t.db.read<DoorRow>('test.door', DOOR, [session.id]);
  const newPhone = () => `06 71 00 ${String(10 + ++phones)} 01`;
  const answerOf = async (session: GivenSession, events: object[]) =>
    (await send(t, session, events as Record<string, unknown>[])).json<{
      accepted: number;
      review: Array<{ why: string }>;
    }>();

  it('have a record, a seat and a presence at once, with the witness of their consent', async () => {
    const session = await givenSession(t);
    expect(await answerOf(session, [walkIn(session, 1, { phone: newPhone() })])).toMatchObject({
      accepted: 1,
      review: [],
    });
    expect(await door(session)).toEqual([
      expect.objectContaining({
        ...{ status: 'booked', atDoor: true, given: 'Hakima', personStatus: 'active', booked: 1, units: 1 },
        ...{ channel: 'spoken', witness: session.trainer.id, inForce: true },
      }),
    ]);
    expect(await t.db.readOne('test.figures', FIGURES, [session.id])).toEqual({
      people: 1,
      units: 1,
      booked: true,
    });
  });

  it('have no seat in a session that was postponed', async () => {
    const session = await givenSession(t);
    const body = { reason: 'Route coupée' };
    const postponed = await t.api(`/sessions/${session.id}/postpone`, {
      token: session.coordinator.token,
      body,
    });
    expect([postponed.statusCode, postponed.body]).toEqual([200, expect.any(String)]);
    const answer = await answerOf(session, [walkIn(session, 1, { phone: newPhone() })]);
    expect(answer.review).toMatchObject([{ why: 'session-cancelled', counted: false }]);
    expect(await door(session)).toEqual([]);
  });

  it('are seated beyond the capacity, which is recorded', async () => {
    const session = await givenSession(t, { capacity: 1 });
    await givenEnrolment(t, session);
    const answer = await answerOf(session, [walkIn(session, 1, { phone: newPhone(), consent: 'read' })]);
    expect(answer).toMatchObject({ accepted: 1, review: [{ why: 'over-capacity', counted: true }] });
    expect(await door(session)).toMatchObject([{ booked: 2, capacity: 1 }, { channel: 'form' }]);
  });

  it('are one person in the morning and in the afternoon, by name and phone or by name alone', async () => {
    const session = await givenSession(t);
    const phone = newPhone();
    await answerOf(session, [walkIn(session, 1, { phone }), walkIn(session, 1, { name: 'Ali Amrani' })]);
    await answerOf(session, [walkIn(session, 2, { phone }), walkIn(session, 2, { name: 'Ali Amrani' })]);
    await answerOf(session, [walkIn(session, 2, { phone, name: 'Omar Bennis' })]);
    expect((await door(session)).map(({ given, units }) => [given, units]).sort()).toEqual([
      ['Ali', 2],
      ['Hakima', 2],
      ['Omar', 1],
    ]);
  });

  it('are seated once by the same event, by three devices at once and by a rebuild', async () => {
    const session = await givenSession(t);
    const event = walkIn(session, 1, { phone: newPhone() });
    const same = [event, { ...event }, { ...event, id: randomUUID() }];
    const answers = await Promise.all(same.map((one) => answerOf(session, [one])));
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2);
    const before = await door(session);
    const persons = await t.db.readOne('test.persons', PERSONS);
    await t.app.get(PresenceRebuildService).rebuild(session.id);
    expect(await door(session)).toEqual(before);
    expect(await t.db.readOne('test.persons', PERSONS)).toEqual(persons);
    expect(before).toHaveLength(1);
  });

  it('take the seat they waited for, and stay who they are', async () => {
    const session = await givenSession(t, { capacity: 1 });
    const waiting = await givenEnrolment(t, session, { status: 'waiting', name: ['Hakima', 'Bennis'] });
    await t.db.write('test.waits', `UPDATE session SET waiting = 1 WHERE id = $1`, [session.id]);
    const { e164 } = (await t.db.readOne<{ e164: string }>(
      'test.phoneOf',
      `SELECT p.e164 FROM phone p JOIN person_phone pp ON pp.phone_id = p.id WHERE pp.person_id = $1`,
      [waiting.personId],
    )) ?? { e164: '' };
    expect(e164).not.toBe('');
    expect(await answerOf(session, [walkIn(session, 1, { phone: e164 })])).toMatchObject({ accepted: 1 });
    expect(await door(session)).toMatchObject([
      { personId: waiting.personId, status: 'booked', units: 1, booked: 1, waiting: 0 },
    ]);
  });

  it('are left to the coordinator when they have a seat elsewhere at that hour', async () => {
    const ground = await givenGround(t);
    const [here, there] = [
      await givenSession(t, { ground }),
      await givenSession(t, { ground, city: 'mdiq' }),
    ];
    const phone = newPhone();
    await answerOf(there, [walkIn(there, 1, { phone })]);
    expect(await answerOf(here, [walkIn(here, 1, { phone })])).toMatchObject({
      accepted: 0,
      review: [
        {
          why: 'walk-in-seated-elsewhere',
          counted: false,
          detail: expect.stringMatching(/M.diq.*15 janvier/),
        },
      ],
    });
    expect(await door(here)).toEqual([]);
  });

  it('need a name and a consent; what counts beside them counts', async () => {
    const session = await givenSession(t);
    const events = [
      walkIn(session, 1, { consent: undefined }),
      walkIn(session, 1, { name: 'Hakima' }),
      { ...walkIn(session, 1), unit: 9 },
      walkIn(session, 1, { phone: 'none', name: 'سعاد العلوي' }),
    ];
    const answer = await answerOf(session, events);
    expect(answer.accepted).toBe(1);
    expect(answer.review.map(({ why }) => why).sort()).toEqual([
      ...['unit-unknown', 'walk-in-incomplete', 'walk-in-without-consent'],
    ]);
    expect(await door(session)).toHaveLength(1);
  });
});
