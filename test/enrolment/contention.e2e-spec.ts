import pg from 'pg';
import { TakeSeatQuery } from '../../src/enrolment/take-seat.query.js';
import { newId } from '../../src/shared/new-id.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { upTo, World } from './support/world.js';

/** As several processes would meet: past the lane that puts one process's own requests in a row. */
describe('seats taken by several processes', () => {
  let t: TestApp;
  let world: World;
  let other: pg.Client;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
    other = new pg.Client({ connectionString: t.databaseUrl });
    await other.connect();
  }, 60_000);
  afterAll(async () => {
    await other.end();
    await t.close();
  });

  const take = (
    sessionId: string,
    personId: string,
  ): Promise<{ free: boolean; waiting: number } | undefined> =>
    t.app
      .get(TakeSeatQuery)
      .take({ sessionId, personId, enrolmentId: newId(), enrolledBy: null, now: t.clock.now() });

  it('numbers 100 who wait in PostgreSQL for the same row', async () => {
    const session = await world.session({ capacity: 20 });
    const people = await world.persons(100);
    const taken = await Promise.all(people.map(({ id }) => take(session, id)));
    expect(taken.filter((seat) => seat?.free)).toHaveLength(20);
    expect(await world.counters(session)).toMatchObject({ booked: 20, waiting: 80, lastWaitingNo: 80 });
    expect(await world.waitingNumbers(session)).toEqual(upTo(80));
  }, 30_000);

  // The CHECK judges the row as the statement first saw it; a counter written as a step from there would be refused.
  const changes: ReadonlyArray<[what: string, sql: string, free: boolean]> = [
    ['gives a seat back', 'booked = booked - 1', true],
    ['passes a seat on', 'booked = booked - 1, offered = offered + 1', false],
    ['raises the capacity', 'capacity = 12, seats_ceiling = 12', true],
    ['takes nothing', 'revision = revision + 1', false],
    ['lowers the capacity', 'capacity = 5', false],
  ];
  it.each(changes)(
    'sees what another transaction does that holds the session: %s',
    async (_what, sql, free) => {
      const session = await world.session({ capacity: 10 });
      const person = await world.person();
      await other.query(
        'UPDATE session SET booked = 6, offered = 4, waiting = 3, last_waiting_no = 3 WHERE id = $1',
        [session],
      );
      await other.query('BEGIN');
      await other.query(`UPDATE session SET ${sql} WHERE id = $1`, [session]);
      const seat = take(session, person.id);
      await new Promise((resolve) => setTimeout(resolve, 150));
      await other.query('COMMIT');
      expect(await seat).toEqual({ free, waiting: free ? 3 : 4 });
    },
  );

  it('takes no seat of a session that is cancelled meanwhile', async () => {
    const session = await world.session();
    const person = await world.person();
    await other.query('BEGIN');
    await other.query(`UPDATE session SET status = 'cancelled', cancelled_at = now() WHERE id = $1`, [
      session,
    ]);
    const seat = take(session, person.id);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await other.query('COMMIT');
    expect(await seat).toBeUndefined();
    expect(await world.rows(session)).toEqual({});
  });
});
