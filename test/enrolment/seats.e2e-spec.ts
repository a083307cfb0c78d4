import { createTestApp, type TestApp } from '../support/app.js';
import { upTo, World } from './support/world.js';

interface Answer {
  statusCode: number;
  body: { id: string; status: string; position?: number; code?: string; booking?: { id: string } };
}

describe('the last seats', () => {
  let t: TestApp;
  let world: World;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
  }, 60_000);
  afterAll(() => t.close());

  async function enrol(session: string, token: string): Promise<Answer> {
    const answer = await t.api(`/sessions/${session}/enrolments`, { token, body: {} });
    return { statusCode: answer.statusCode, body: answer.json() };
  }

  it('seats 30 of 200 who ask at once and numbers the others from 1 to 170', async () => {
    const session = await world.session({ capacity: 30 });
    const people = await world.persons(200);
    const answers = await Promise.all(people.map(({ token }) => enrol(session, token)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(answers.filter(({ body }) => body.status === 'booked')).toHaveLength(30);
    const positions = answers.flatMap(({ body }) => (body.status === 'waiting' ? [body.position ?? 0] : []));
    expect(positions.sort((a, b) => a - b)).toEqual(upTo(170));
    expect(await world.counters(session)).toMatchObject({
      booked: 30,
      offered: 0,
      waiting: 170,
      lastWaitingNo: 170,
    });
    expect(await world.rows(session)).toEqual({ booked: 30, waiting: 170 });
    expect(await world.waitingNumbers(session)).toEqual(upTo(170));
  }, 60_000);

  it('gives one person who asks 50 times at once one seat, and shows it 49 times', async () => {
    const session = await world.session();
    const person = await world.person();
    const answers = await Promise.all(upTo(50).map(() => enrol(session, person.token)));
    const made = answers.filter(({ statusCode }) => statusCode === 201);
    const refused = answers.filter(({ statusCode }) => statusCode === 409);
    expect([made.length, refused.length]).toEqual([1, 49]);
    for (const { body } of refused) {
      expect(body).toMatchObject({
        code: 'already-enrolled',
        booking: { id: made[0]?.body.id, status: 'booked' },
      });
    }
    expect(await world.counters(session)).toMatchObject({ booked: 1, waiting: 0 });
  }, 30_000);

  it('puts one person in one of two overlapping rooms, whichever came first', async () => {
    for (const date of ['2027-04-01', '2027-04-02', '2027-04-03', '2027-04-04', '2027-04-05']) {
      const here = await world.session({ date, city: 'tetouan', start: '09:00', end: '13:00' });
      const there = await world.session({ date, city: 'larache', start: '12:00', end: '17:00' });
      const people = await world.persons(4);
      const answers = await Promise.all(
        people.flatMap(({ token }) => [enrol(here, token), enrol(there, token)]),
      );
      for (let i = 0; i < people.length; i++) {
        const pair = answers.slice(2 * i, 2 * i + 2);
        expect(pair.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
        const other = pair[0]?.statusCode === 201 ? here : there;
        expect(pair.find(({ statusCode }) => statusCode === 409)?.body).toMatchObject({
          code: 'overlapping-seat',
          session: { id: other, localDate: date },
        });
      }
      const [a, b] = [await world.counters(here), await world.counters(there)];
      expect(a.booked + b.booked).toBe(people.length);
    }
  }, 30_000);

  it('lets sessions follow each other back to back', async () => {
    const morning = await world.session({ date: '2027-05-01', start: '09:00', end: '12:00' });
    const afternoon = await world.session({ date: '2027-05-01', start: '12:00', end: '15:00' });
    const { token } = await world.person();
    expect((await enrol(morning, token)).statusCode).toBe(201);
    expect((await enrol(afternoon, token)).statusCode).toBe(201);
  });

  // Several rounds: one of them alone met a sum of old and new counters only now and then.
  it.each(['20', '21', '22', '23', '24', '25'])(
    'keeps the queue whole while seats are cancelled and taken at once: day %s',
    async (day) => {
      const session = await world.session({ capacity: 10, date: `2027-05-${day}` });
      const early = await world.persons(20);
      const first = await Promise.all(early.map(({ token }) => enrol(session, token)));
      const late = await world.persons(20);
      const [given, asked] = await Promise.all([
        Promise.all(
          first.map(({ body }, i) =>
            t.api(`/enrolments/${body.id}/cancel`, { token: early[i]?.token, body: {} }),
          ),
        ),
        Promise.all(late.map(({ token }) => enrol(session, token))),
      ]);
      expect(given.map(({ statusCode }) => statusCode)).toEqual(given.map(() => 200));
      expect(asked.map(({ statusCode }) => statusCode)).toEqual(asked.map(() => 201));
      const counters = await world.counters(session);
      const rows = await world.rows(session);
      expect(rows).toMatchObject({ cancelled: 20 });
      expect([counters.booked, counters.offered, counters.waiting]).toEqual([
        rows['booked'] ?? 0,
        rows['offered'] ?? 0,
        rows['waiting'] ?? 0,
      ]);
      expect(counters.booked + counters.offered).toBe(10);
      expect(counters.waiting).toBe(10);
      expect(await world.waitingNumbers(session)).toEqual(upTo(counters.lastWaitingNo));
    },
    60_000,
  );
});
