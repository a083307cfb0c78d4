import { minutesOfDay } from '../shared/clock/local-time.js';
import { weekdayOf } from '../shared/clock/local-date.js';
import { journeyBetween, type Road } from '../shared/geography/road-matrix.js';
import { holidayOn } from './holidays.js';
import { seatsGiven } from './session.row.js';

/** What a coordinator may pass with a reason. */
export const SOFT_CODES = [
  'leg-too-short',
  'trainer-day-too-long',
  'trainer-day-off',
  'friday-prayer',
  'public-holiday',
  'room-too-small',
  'overbooked',
] as const;
export type SoftCode = (typeof SOFT_CODES)[number];

export interface SoftClash {
  code: SoftCode;
  /** Slugs, dates, minutes and names: the sentence comes from the locale. */
  params: Readonly<Record<string, string | number>>;
}

/** A half-day somewhere, as the checks need it. */
export interface PlacedUnit {
  sessionId: string;
  city: string;
  localDate: string;
  localStart: string;
  localEnd: string;
  startsAt: Date;
  endsAt: Date;
}

/** A trainer with all half-days from the day before to the day after those checked. */
export interface TrainerUnits {
  trainer: string;
  units: readonly TrainerUnit[];
}

/** A half-day of a trainer; `isOff` when it falls on a day on which they said that they cannot come. */
export interface TrainerUnit extends PlacedUnit {
  isOff: boolean;
}

export interface SoftCheck {
  sessionId: string;
  capacity: number;
  /** Percent of the capacity that is given beyond it. */
  overbookPercent: number;
  units: readonly (PlacedUnit & { room: { name: string; capacity: number } | null })[];
  trainers: readonly TrainerUnits[];
  roads: readonly Road[];
}

/** Time to pack, park and set up besides the road, in minutes. */
export const LEG_MARGIN_MINUTES = 30;
/** Longest day of a trainer in the room, in minutes. */
const TRAINER_DAY_MINUTES = 8 * 60;
const FRIDAY = 5;
const PRAYER = { from: minutesOfDay('12:00'), to: minutesOfDay('14:30') };
const MINUTE_MS = 60_000;

/** Everything about a session's plan that needs a reason. Pure: the same plan gives the same list in the same order. */
export function softClashesOf(check: SoftCheck): SoftClash[] {
  return [
    ...legs(check),
    ...trainerDays(check),
    ...daysOff(check),
    ...fridays(check),
    ...holidays(check),
    ...rooms(check),
    ...seats(check),
  ];
}

function legs({ sessionId, trainers, roads }: SoftCheck): SoftClash[] {
  return trainers.flatMap(({ trainer, units }) => {
    const inOrder = [...units].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    return inOrder.slice(1).flatMap((next, i) => {
      const before = inOrder[i];
      if (!before || before.city === next.city) return [];
      if (before.sessionId !== sessionId && next.sessionId !== sessionId) return [];
      const journey = journeyBetween(roads, before.city, next.city);
      const available = (next.startsAt.getTime() - before.endsAt.getTime()) / MINUTE_MS;
      // An overlap is a hard clash, said as such; without a listed road nobody knows the minutes.
      if (!journey || available < 0 || available >= journey.minutes + LEG_MARGIN_MINUTES) return [];
      const needed = journey.minutes + LEG_MARGIN_MINUTES;
      const params = {
        trainer,
        from: before.city,
        to: next.city,
        date: next.localDate,
        needed,
        available,
        estimated: journey.estimated ? 1 : 0,
      };
      return [{ code: 'leg-too-short' as const, params }];
    });
  });
}

/** Minutes that units cover, hours of two at once counted once. */
function minutesCovered(units: ReadonlyArray<{ startsAt: Date; endsAt: Date }>): number {
  let [covered, until] = [0, -Infinity];
  for (const { startsAt, endsAt } of units.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
    const from = Math.max(startsAt.getTime(), until);
    until = Math.max(until, endsAt.getTime());
    covered += Math.max(0, until - from);
  }
  return covered / MINUTE_MS;
}

function trainerDays({ units: own, trainers }: SoftCheck): SoftClash[] {
  const dates = [...new Set(own.map(({ localDate }) => localDate))];
  return trainers.flatMap(({ trainer, units }) =>
    dates.flatMap((date) => {
      const minutes = minutesCovered(units.filter(({ localDate }) => localDate === date));
      if (minutes <= TRAINER_DAY_MINUTES) return [];
      return [
        {
          code: 'trainer-day-too-long' as const,
          params: { trainer, date, minutes, limit: TRAINER_DAY_MINUTES },
        },
      ];
    }),
  );
}

function daysOff({ sessionId, trainers }: SoftCheck): SoftClash[] {
  return trainers.flatMap(({ trainer, units }) => {
    const dates = units.flatMap((unit) =>
      unit.isOff && unit.sessionId === sessionId ? [unit.localDate] : [],
    );
    return [...new Set(dates)].map((date) => ({
      code: 'trainer-day-off' as const,
      params: { trainer, date },
    }));
  });
}

function fridays({ units }: SoftCheck): SoftClash[] {
  return units
    .filter(({ localDate, localStart, localEnd }) => {
      const overlaps = minutesOfDay(localStart) < PRAYER.to && minutesOfDay(localEnd) > PRAYER.from;
      return weekdayOf(localDate) === FRIDAY && overlaps;
    })
    .map(({ localDate }) => ({ code: 'friday-prayer', params: { date: localDate } }));
}

function holidays({ units }: SoftCheck): SoftClash[] {
  return [...new Set(units.map(({ localDate }) => localDate))].flatMap((date) => {
    const holiday = holidayOn(date);
    return holiday ? [{ code: 'public-holiday' as const, params: { date, holiday } }] : [];
  });
}

function rooms({ units, capacity }: SoftCheck): SoftClash[] {
  const small = new Map(
    units.flatMap(({ room }) => (room && room.capacity < capacity ? [[room.name, room] as const] : [])),
  );
  return [...small.values()].map((room) => ({
    code: 'room-too-small',
    params: { room: room.name, roomCapacity: room.capacity, capacity },
  }));
}

/** More seats than there are; the room is told by its own capacity. */
function seats({ capacity, overbookPercent }: SoftCheck): SoftClash[] {
  const given = seatsGiven({ capacity, overbookPercent });
  // A share that makes no whole seat gives nothing to explain.
  if (given === capacity) return [];
  return [{ code: 'overbooked', params: { percent: overbookPercent, capacity, seats: given } }];
}

/** Those that neither a given reason nor a reason already accepted for the very same thing passes. */
export function unexcused(
  found: readonly SoftClash[],
  reasons: Readonly<Record<string, string>>,
  accepted: readonly SoftClash[] = [],
): SoftClash[] {
  const known = new Set(accepted.map((clash) => JSON.stringify(clash)));
  return found.filter((clash) => !reasons[clash.code] && !known.has(JSON.stringify(clash)));
}
