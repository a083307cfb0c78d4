import fc from 'fast-check';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  EnrolmentService,
  OfferExpiryService,
  SeatChangeService,
  SeatPromotionService,
} from '../../src/enrolment/public.js';
import { holdsInDatabase } from '../support/property.js';
import type { PhoneActor } from '../../src/shared/access/actor.js';
import { DomainError } from '../../src/shared/errors/domain-error.js';
import { type TestPerson, upTo, World } from './support/world.js';

type Status = 'booked' | 'offered' | 'waiting' | 'cancelled' | 'declined' | 'expired';
type Step =
  | { do: 'enrol' | 'cancel' | 'accept' | 'decline'; who: number }
  | { do: 'expire' }
  | { do: 'capacity'; seats: number };

const PEOPLE = 6;
const NOW = '2027-01-18T09:00:00Z';

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('enrol' as const, 'cancel' as const, 'accept' as const, 'decline' as const),
      who: fc.nat(PEOPLE - 1),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('capacity' as const), seats: fc.integer({ min: 1, max: 4 }) }),
  },
);

/** What the waiting list should do, in the plainest words. */
class Model {
  readonly rows: Array<{ who: number; status: Status }> = [];
  constructor(public capacity: number) {}

  live(who: number): { who: number; status: Status } | undefined {
    return this.rows.find((row) => row.who === who && ['booked', 'offered', 'waiting'].includes(row.status));
  }

  count(...statuses: Status[]): number {
    return this.rows.filter(({ status }) => statuses.includes(status)).length;
  }

  offerFree(): void {
    for (const row of this.rows) {
      if (this.count('booked', 'offered') >= this.capacity) return;
      if (row.status === 'waiting') row.status = 'offered';
    }
  }

  /** @returns the status that the person is told, undefined for a refusal */
  run(step: Step): Status | undefined {
    if (step.do === 'expire') {
      for (const row of this.rows) if (row.status === 'offered') row.status = 'expired';
      this.offerFree();
      return undefined;
    }
    if (step.do === 'capacity') {
      this.capacity = step.seats;
      this.offerFree();
      return undefined;
    }
    const row = this.live(step.who);
    if (step.do === 'enrol') {
      if (row) return undefined;
      const status = this.count('booked', 'offered') < this.capacity ? 'booked' : 'waiting';
      this.rows.push({ who: step.who, status });
      return status;
    }
    if (
      !row ||
      (step.do === 'decline' && row.status !== 'offered') ||
      (step.do === 'accept' && row.status === 'waiting')
    )
      return undefined;
    row.status = step.do === 'accept' ? 'booked' : step.do === 'decline' ? 'declined' : 'cancelled';
    this.offerFree();
    return row.status;
  }
}

describe('any sequence of what people do', () => {
  let t: TestApp;
  let world: World;
  let people: TestPerson[];
  beforeAll(async () => {
    t = await createTestApp();
    world = await World.in(t);
    people = await world.persons(PEOPLE);
  }, 60_000);
  afterAll(() => t.close());

  const actor = (who: number): PhoneActor => {
    const { id } = people[who] as TestPerson;
    return {
      kind: 'phone',
      signInId: id,
      language: 'fr',
      grants: [],
      via: 'bearer',
      phoneId: id,
      person: { id, name: '' },
    };
  };

  async function play(session: string, ids: Map<number, string>, step: Step): Promise<string | undefined> {
    if (step.do === 'expire') {
      t.clock.advance(10 * 86_400_000);
      await t.app.get(OfferExpiryService).expireDue();
      return undefined;
    }
    if (step.do === 'capacity') {
      await t.db.manager.query(
        `UPDATE session SET capacity = $2, seats_ceiling = greatest($2, booked + offered + held) WHERE id = $1`,
        [session, step.seats],
      );
      await t.app.get(SeatPromotionService).promote(session);
      return undefined;
    }
    try {
      if (step.do === 'enrol') {
        const booking = await t.app.get(EnrolmentService).enrol(actor(step.who), session);
        ids.set(step.who, booking.id);
        return booking.status;
      }
      const id = ids.get(step.who);
      return id ? (await t.app.get(SeatChangeService)[step.do](actor(step.who), id)).status : undefined;
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }

  it('keeps counters equal to rows, below the ceiling, and numbers without a hole', async () => {
    let day = 0;
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
      async (capacity, steps) => {
        t.clock.set(NOW);
        const date = new Date(Date.UTC(2028, 0, 1 + day++)).toISOString().slice(0, 10);
        const session = await world.session({ capacity, date });
        const model = new Model(capacity);
        const ids = new Map<number, string>();
        for (const one of steps) {
          const before =
            one.do === 'enrol' || one.do === 'expire' || one.do === 'capacity'
              ? undefined
              : model.live(one.who);
          const expected = model.run(one);
          const told = await play(session, ids, one);
          // Saying the same again about something that is over answers with what it has become.
          if (before || one.do === 'enrol') expect(told).toBe(expected);
          const counters = await world.counters(session);
          expect(counters).toMatchObject({
            booked: model.count('booked'),
            offered: model.count('offered'),
            waiting: model.count('waiting'),
          });
          const rows = await world.rows(session);
          for (const status of ['booked', 'offered', 'waiting', 'cancelled', 'declined', 'expired'] as const)
            expect([status, rows[status] ?? 0]).toEqual([status, model.count(status)]);
          expect(await world.waitingNumbers(session)).toEqual(upTo(counters.lastWaitingNo));
        }
        const pending = model.rows
          .filter(({ status }) => status === 'waiting')
          .map(({ who }) => (people[who] as TestPerson).id);
        const queue = (await t.db.manager.query(
          `SELECT person_id FROM enrolment WHERE session_id = $1 AND status = 'waiting' ORDER BY waiting_no`,
          [session],
        )) as Array<{ person_id: string }>;
        expect(queue.map(({ person_id }) => person_id)).toEqual(pending);
      },
    );
    await holdsInDatabase(property, { casesPerCase: 10, least: 20 });
  }, 3_600_000);
});
