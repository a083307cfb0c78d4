import fc from 'fast-check';
import { SOFT_CODES } from '../../src/tours/soft-clash.js';
import { holdsInDatabase } from '../support/property.js';
import {
  addStop,
  createWorld,
  room,
  sessionBody,
  TEAM_A,
  TRAINER_A,
  TRAINER_B,
  type World,
} from './world.js';

const REASONS = Object.fromEntries(SOFT_CODES.map((code) => [code, 'Parce que le test le veut']));
const OVERLAPS = `
  SELECT a.resource_id FROM unit_resource a
    JOIN unit_resource b ON b.resource_id = a.resource_id AND b.unit_id > a.unit_id AND b.during && a.during
   WHERE a.live AND b.live`;

interface Wish {
  hour: number;
  hours: number;
  trainer: string | null;
  room: 0 | 1 | null;
  kit: boolean;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  hour: fc.integer({ min: 7, max: 17 }),
  hours: fc.integer({ min: 1, max: 4 }),
  trainer: fc.constantFrom(TRAINER_A ?? null, TRAINER_B ?? null, null),
  room: fc.constantFrom(0 as const, 1 as const, null),
  kit: fc.boolean(),
});

const overlap = (a: Wish, b: Wish): boolean => a.hour < b.hour + b.hours && b.hour < a.hour + a.hours;
const share = (a: Wish, b: Wish): boolean =>
  (a.trainer !== null && a.trainer === b.trainer) ||
  (a.room !== null && a.room === b.room) ||
  (a.kit && b.kit);
const clash = (a: Wish, b: Wish): boolean => overlap(a, b) && share(a, b);
const clockText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

describe('random schedules', () => {
  let w: World;
  let day = 0;
  beforeAll(async () => (w = await createWorld()), 60_000);
  afterAll(() => w.close());

  const nextStop = (): Promise<string> => {
    day += 1;
    return addStop(w, 'tetouan', new Date(Date.UTC(2028, 0, day)).toISOString().slice(0, 10));
  };
  const bodyOf = ({ hour, hours, trainer, room: n, kit }: Wish) => {
    const needs = {
      ...(trainer ? { trainerIds: [trainer] } : {}),
      ...(n === null ? {} : { roomId: room('tetouan', n) }),
      ...(kit ? { kitIds: [TEAM_A] } : {}),
    };
    return sessionBody([{ localStart: clockText(hour), localEnd: clockText(hour + hours), ...needs }], {
      reasons: REASONS,
    });
  };
  const holds = (property: fc.IAsyncProperty<[Wish[]]>) =>
    holdsInDatabase(property, { casesPerCase: 25, least: 8, isRace: true });

  it('one after the other: a session is saved exactly when nothing it needs is taken', async () => {
    await holds(
      fc.asyncProperty(fc.array(wish, { minLength: 4, maxLength: 12 }), async (wishes) => {
        const stop = await nextStop();
        const saved: Wish[] = [];
        for (const one of wishes) {
          const { statusCode } = await w.as(`/stops/${stop}/sessions`, { body: bodyOf(one) });
          expect([statusCode, one, saved]).toEqual([
            saved.some((other) => clash(one, other)) ? 409 : 201,
            one,
            saved,
          ]);
          if (statusCode === 201) saved.push(one);
        }
        expect(await w.db.read('test.overlaps', OVERLAPS)).toEqual([]);
      }),
    );
  }, 3_600_000);

  it('all at once: no two that clash are saved, and whatever was refused clashes with something saved', async () => {
    await holds(
      fc.asyncProperty(fc.array(wish, { minLength: 4, maxLength: 8 }), async (wishes) => {
        const stop = await nextStop();
        const statuses = await Promise.all(
          wishes.map(
            async (one) => (await w.as(`/stops/${stop}/sessions`, { body: bodyOf(one) })).statusCode,
          ),
        );
        expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
        const saved = wishes.filter((_, i) => statuses[i] === 201);
        wishes.forEach((one, i) => {
          if (statuses[i] === 409) expect(saved.some((other) => clash(one, other))).toBe(true);
        });
        expect(await w.db.read('test.overlaps', OVERLAPS)).toEqual([]);
      }),
    );
  }, 3_600_000);
});
