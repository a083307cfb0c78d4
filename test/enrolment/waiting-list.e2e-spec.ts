import { createTestApp, type TestApp } from '../support/app.js';
import { OfferExpiryService, SeatPromotionService } from '../../src/enrolment/public.js';
import { SessionHooks } from '../../src/tours/public.js';
import { type TestPerson, upTo, World } from './support/world.js';

interface Booking {
  id: string;
  status: string;
  position?: number;
}

const NOW = '2027-01-15T09:00:00Z';

describe('the waiting list', () => {
  let t: TestApp;
  let world: World;
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
  }, 60_000);
  beforeEach(() => t.clock.set(NOW));
  afterAll(() => t.close());

  async function enrol(session: string, { token }: TestPerson): Promise<Booking> {
    return (await t.api(`/sessions/${session}/enrolments`, { token, body: {} })).json();
  }

  async function act(
    verb: 'cancel' | 'accept' | 'decline',
    { id }: Booking,
    { token }: TestPerson,
  ): Promise<{ status: number; body: Booking & { code?: string } }> {
    const answer = await t.api(`/enrolments/${id}/${verb}`, { token, body: {} });
    return { status: answer.statusCode, body: answer.json() };
  }

  async function mine({ token }: TestPerson): Promise<Array<Booking & { offerExpiresAt?: string }>> {
    return (await t.api('/me/enrolments', { token })).json().items;
  }

  /** A session with `capacity` booked and `queue` waiting, in the order of the arrays. */
  async function fullSession(
    capacity: number,
    queue: number,
    date = '2027-03-10',
  ): Promise<{ session: string; seated: TestPerson[]; waiting: TestPerson[]; bookings: Booking[] }> {
    const session = await world.session({ capacity, date });
    const people = await world.persons(capacity + queue);
    const bookings: Booking[] = [];
    for (const person of people) bookings.push(await enrol(session, person));
    return { session, seated: people.slice(0, capacity), waiting: people.slice(capacity), bookings };
  }

  it('makes exactly ten offers when ten of a full room cancel at once, to the first ten', async () => {
    const { session, seated, waiting, bookings } = await fullSession(12, 15);
    await Promise.all(seated.slice(0, 10).map((person, i) => act('cancel', bookings[i] as Booking, person)));
    expect(await world.counters(session)).toMatchObject({ booked: 2, offered: 10, waiting: 5 });
    const statuses = await Promise.all(waiting.map(async (person) => (await mine(person))[0]?.status));
    expect(statuses).toEqual([...upTo(10).map(() => 'offered'), ...upTo(5).map(() => 'waiting')]);
    const positions = await Promise.all(
      waiting.slice(10).map(async (person) => (await mine(person))[0]?.position),
    );
    expect(positions).toEqual(upTo(5));
  }, 30_000);

  it('passes an offer on when nobody answers, once, and refuses the late yes', async () => {
    const { session, seated, waiting, bookings } = await fullSession(1, 2);
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    const [offer] = await mine(waiting[0] as TestPerson);
    // Friday 9:00: 3 h before the prayer, 5.5 h after, 11 h on Saturday, 4.5 h on Sunday.
    expect(offer).toMatchObject({ status: 'offered', offerExpiresAt: '2027-01-17T13:30:00.000Z' });
    t.clock.set('2027-01-17T13:30:00Z');
    const late = await act('accept', offer as Booking, waiting[0] as TestPerson);
    expect(late).toMatchObject({ status: 409, body: { code: 'offer-expired' } });
    await t.app.get(OfferExpiryService).expireDue();
    expect(await world.rows(session)).toEqual({ cancelled: 1, expired: 1, offered: 1 });
    expect((await mine(waiting[0] as TestPerson))[0]?.status).toBe('expired');
    expect((await mine(waiting[1] as TestPerson))[0]?.status).toBe('offered');
    t.clock.set('2027-01-20T20:00:00Z');
    await Promise.all(upTo(3).map(() => t.app.get(OfferExpiryService).expireDue()));
    expect(await world.rows(session)).toEqual({ cancelled: 1, expired: 2 });
    expect(await world.counters(session)).toMatchObject({ booked: 0, offered: 0, waiting: 0 });
  }, 30_000);

  it('accepts twice as once, declines to the next, and rejoins at the end', async () => {
    const { session, seated, waiting, bookings } = await fullSession(1, 3);
    const [first, second, third] = waiting as [TestPerson, TestPerson, TestPerson];
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    expect(await act('decline', bookings[1] as Booking, first)).toMatchObject({
      status: 200,
      body: { status: 'declined' },
    });
    expect(await act('decline', bookings[1] as Booking, first)).toMatchObject({
      status: 200,
      body: { status: 'declined' },
    });
    const answers = await Promise.all(upTo(8).map(() => act('accept', bookings[2] as Booking, second)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      answers.map(() => [200, 'booked']),
    );
    expect(await act('accept', bookings[3] as Booking, third)).toMatchObject({
      status: 409,
      body: { code: 'no-offer' },
    });
    const again = await enrol(session, first);
    expect(again).toMatchObject({ status: 'waiting', position: 2 });
    expect(again.id).not.toBe(bookings[1]?.id);
    expect(await world.counters(session)).toMatchObject({
      booked: 1,
      offered: 0,
      waiting: 2,
      lastWaitingNo: 4,
    });
    expect(await world.waitingNumbers(session)).toEqual(upTo(4));
  }, 30_000);

  it('passes over somebody who sits elsewhere at that time, and comes back when they are free', async () => {
    const { session, seated, waiting, bookings } = await fullSession(1, 2, '2027-04-10');
    const [busy, free] = waiting as [TestPerson, TestPerson];
    const elsewhere = await world.session({ date: '2027-04-10', city: 'larache' });
    const other = await enrol(elsewhere, busy);
    expect(other.status).toBe('booked');
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    expect((await mine(free))[0]?.status).toBe('offered');
    expect((await mine(busy)).find(({ id }) => id === bookings[1]?.id)).toMatchObject({
      status: 'waiting',
      position: 1,
    });
    await act('cancel', bookings[2] as Booking, free);
    expect(await world.counters(session)).toMatchObject({ booked: 0, offered: 0, waiting: 1 });
    await act('cancel', other, busy);
    expect(await t.app.get(SeatPromotionService).promoteIdle()).toBe(1);
    expect((await mine(busy)).find(({ id }) => id === bookings[1]?.id)?.status).toBe('offered');
  }, 30_000);

  it('offers at once when the capacity is raised, and unseats nobody when it is lowered', async () => {
    const { session, seated, bookings } = await fullSession(3, 5);
    const set = async (capacity: number): Promise<void> =>
      t.db.transaction(async () => {
        await t.db.manager.query(
          `UPDATE session SET capacity = $2, seats_ceiling = greatest($2, booked + offered + held) WHERE id = $1`,
          [session, capacity],
        );
        await t.app.get(SessionHooks).seatsFreed(session);
      });
    await set(5);
    expect(await world.counters(session)).toMatchObject({ booked: 3, offered: 2, waiting: 3 });
    await set(1);
    expect(await world.counters(session)).toMatchObject({ booked: 3, offered: 2, waiting: 3 });
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    expect(await world.counters(session)).toMatchObject({ booked: 2, offered: 2, waiting: 3 });
    expect(await enrol(session, await world.person())).toMatchObject({ status: 'waiting', position: 4 });
  }, 30_000);

  it('gives a late seat to the first of the queue who asks', async () => {
    const { session, seated, waiting, bookings } = await fullSession(1, 3);
    t.clock.set('2027-03-10T07:30:00Z');
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    expect(await world.counters(session)).toMatchObject({ booked: 0, offered: 0, waiting: 3 });
    const answers = await Promise.all(
      waiting.map((person, i) => act('accept', bookings[i + 1] as Booking, person)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await world.counters(session)).toMatchObject({ booked: 1, waiting: 2 });
    t.clock.set('2027-03-10T09:00:00Z');
    const winner = answers.findIndex(({ status }) => status === 200);
    const tooLate = await act('cancel', bookings[winner + 1] as Booking, waiting[winner] as TestPerson);
    expect(tooLate).toMatchObject({ status: 409, body: { code: 'enrolment-session-started' } });
  }, 30_000);

  it('counts who held a seat and did not cancel before the start', async () => {
    const { session, seated, waiting, bookings } = await fullSession(2, 1);
    const booked = async ({ id }: TestPerson): Promise<boolean> =>
      (
        (await t.db.manager.query(
          `SELECT booked FROM participation WHERE person_id = $1 AND session_id = $2`,
          [id, session],
        )) as Array<{ booked: boolean }>
      )[0]?.booked ?? false;
    await act('cancel', bookings[0] as Booking, seated[0] as TestPerson);
    expect(await Promise.all([...seated, ...waiting].map(booked))).toEqual([false, true, false]);
    await act('accept', bookings[2] as Booking, waiting[0] as TestPerson);
    expect(await Promise.all([...seated, ...waiting].map(booked))).toEqual([false, true, true]);
  }, 30_000);
});
