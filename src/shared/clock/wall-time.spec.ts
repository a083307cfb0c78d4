import fc from 'fast-check';
import moment from 'moment-timezone';
import { holds } from '../../../test/support/property.js';
import { addDays, daysBetween } from './local-date.js';
import {
  InvalidLocalDate,
  InvalidLocalTime,
  UnitEndsBeforeStart,
  UnknownZone,
  WallTimeError,
  WallTimeSkipped,
} from './wall-time.errors.js';
import { deriveUnit, instantOf, offsetMinutes, wallTimeOf } from './wall-time.js';
import { DEFAULT_ZONE, isZone, stretchesOf, ZONE_DATA_VERSION } from './zone-data.js';

const at = (date: string, time: string, zone = DEFAULT_ZONE) => instantOf({ date, time, zone }).toISOString();

/** Days on which clocks show 09:00 at 09:00Z (UTC+0), first and last; the morning of the first is already changed. */
const UTC0_WINDOWS = [
  ['2019-05-05', '2019-06-08'],
  ['2020-04-19', '2020-05-30'],
  ['2021-04-11', '2021-05-15'],
  ['2022-03-27', '2022-05-07'],
  ['2023-03-19', '2023-04-22'],
  ['2024-03-10', '2024-04-13'],
  ['2025-02-23', '2025-04-05'],
  ['2026-02-15', '2026-03-21'],
] as const;

describe('the dates of the specification', () => {
  it.each([
    ['2021-12-13', '09:00', '2021-12-13T08:00:00.000Z'],
    ['2025-02-22', '09:00', '2025-02-22T08:00:00.000Z'],
    ['2025-02-23', '09:00', '2025-02-23T09:00:00.000Z'],
    ['2025-03-15', '09:00', '2025-03-15T09:00:00.000Z'],
    ['2025-04-05', '09:00', '2025-04-05T09:00:00.000Z'],
    ['2025-04-06', '09:00', '2025-04-06T08:00:00.000Z'],
    ['2026-09-19', '09:00', '2026-09-19T08:00:00.000Z'],
    ['2026-09-20', '09:00', '2026-09-20T09:00:00.000Z'],
    ['2026-11-21', '12:00', '2026-11-21T12:00:00.000Z'],
    ['2026-12-14', '09:00', '2026-12-14T09:00:00.000Z'],
    ['2027-02-20', '09:00', '2027-02-20T09:00:00.000Z'],
    ['2027-06-15', '09:00', '2027-06-15T09:00:00.000Z'],
    ['2028-03-20', '09:00', '2028-03-20T09:00:00.000Z'],
  ])('%s %s in Tanger is %s', (date, time, instant) => {
    expect(at(date, time)).toBe(instant);
    expect(wallTimeOf(new Date(instant), DEFAULT_ZONE)).toEqual({ localDate: date, localTime: time });
  });

  it('has bundled data that know of 2026-09-20', () => {
    expect(ZONE_DATA_VERSION >= '2026c').toBe(true);
  });
});

describe('every day from 2019 to 2028 at 09:00', () => {
  it.each(UTC0_WINDOWS)('is UTC+0 from %s to %s, UTC+1 the day before and after', (first, last) => {
    expect(at(addDays(first, -1), '09:00')).toBe(`${addDays(first, -1)}T08:00:00.000Z`);
    expect(at(first, '09:00')).toBe(`${first}T09:00:00.000Z`);
    expect(at(last, '09:00')).toBe(`${last}T09:00:00.000Z`);
    expect(at(addDays(last, 1), '09:00')).toBe(`${addDays(last, 1)}T08:00:00.000Z`);
  });

  it('is UTC+0 inside the windows and from 2026-09-20, and UTC+1 on all other days', () => {
    for (let day = '2019-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
      const utc0 = day >= '2026-09-20' || UTC0_WINDOWS.some(([first, last]) => first <= day && day <= last);
      expect(at(day, '09:00')).toBe(`${day}T0${utc0 ? 9 : 8}:00:00.000Z`);
    }
  });

  it('holds in Western Sahara too', () => {
    expect(at('2026-12-14', '09:00', 'Africa/El_Aaiun')).toBe('2026-12-14T09:00:00.000Z');
  });
});

describe('clocks put forward and back', () => {
  it.each(['02:00', '02:30', '02:59'])('refuses 2025-04-06 %s, which Moroccan clocks skipped', (time) => {
    expect(() => at('2025-04-06', time)).toThrow(WallTimeSkipped);
  });

  it('takes the minutes on both sides of the gap', () => {
    expect(at('2025-04-06', '01:59')).toBe('2025-04-06T01:59:00.000Z');
    expect(at('2025-04-06', '03:00')).toBe('2025-04-06T02:00:00.000Z');
  });

  it.each([
    ['2025-02-23', '01:59', '2025-02-23T00:59:00.000Z'],
    ['2025-02-23', '02:00', '2025-02-23T01:00:00.000Z'],
    ['2025-02-23', '02:59', '2025-02-23T01:59:00.000Z'],
    ['2025-02-23', '03:00', '2025-02-23T03:00:00.000Z'],
    ['2026-09-20', '00:59', '2026-09-19T23:59:00.000Z'],
    ['2026-09-20', '01:00', '2026-09-20T00:00:00.000Z'],
    ['2026-09-20', '01:59', '2026-09-20T00:59:00.000Z'],
    ['2026-09-20', '02:00', '2026-09-20T02:00:00.000Z'],
  ])('takes the earlier of two instants: %s %s is %s', (date, time, instant) => {
    expect(at(date, time)).toBe(instant);
  });

  it('shows the repeated hour of 2026-09-20 twice', () => {
    const shown = ['00:30', '01:30'].map((utc) =>
      wallTimeOf(new Date(`2026-09-20T${utc}:00Z`), DEFAULT_ZONE),
    );
    expect(shown).toEqual([
      { localDate: '2026-09-20', localTime: '01:30' },
      { localDate: '2026-09-20', localTime: '01:30' },
    ]);
  });

  it('knows zones that change otherwise', () => {
    expect(at('2026-07-01', '09:00', 'Europe/Madrid')).toBe('2026-07-01T07:00:00.000Z');
    expect(at('2026-07-01', '09:00', 'Asia/Kolkata')).toBe('2026-07-01T03:30:00.000Z');
    expect(at('2026-01-01', '00:30', 'America/New_York')).toBe('2026-01-01T05:30:00.000Z');
    expect(() => at('2027-03-28', '02:30', 'Europe/Madrid')).toThrow(WallTimeSkipped);
  });
});

describe('wallTimeOf and offsetMinutes', () => {
  it('change at the very millisecond', () => {
    const change = Date.parse('2026-09-20T01:00:00Z');
    expect(offsetMinutes(new Date(change - 1), DEFAULT_ZONE)).toBe(60);
    expect(offsetMinutes(new Date(change), DEFAULT_ZONE)).toBe(0);
    expect(wallTimeOf(new Date(change - 1), DEFAULT_ZONE)).toEqual({
      localDate: '2026-09-20',
      localTime: '01:59',
    });
    expect(wallTimeOf(new Date(change), DEFAULT_ZONE)).toEqual({
      localDate: '2026-09-20',
      localTime: '01:00',
    });
  });

  it('are negative west of Greenwich', () => {
    expect(offsetMinutes(new Date('2026-01-01T12:00:00Z'), 'America/New_York')).toBe(-300);
    expect(Object.is(offsetMinutes(new Date('2026-12-01T12:00:00Z'), DEFAULT_ZONE), 0)).toBe(true);
  });

  it('refuse what is not an instant or a zone', () => {
    expect(() => wallTimeOf(new Date(NaN), DEFAULT_ZONE)).toThrow(RangeError);
    expect(() => offsetMinutes(new Date(NaN), DEFAULT_ZONE)).toThrow(RangeError);
    expect(() => wallTimeOf(new Date(), 'Africa/Tanger')).toThrow(UnknownZone);
  });
});

describe('deriveUnit', () => {
  const unit = { localDate: '2026-12-14', localStart: '09:00', localEnd: '12:30', zone: DEFAULT_ZONE };

  it('gives both instants', () => {
    expect(deriveUnit(unit)).toEqual({
      startsAt: new Date('2026-12-14T09:00:00Z'),
      endsAt: new Date('2026-12-14T12:30:00Z'),
    });
    expect(deriveUnit({ ...unit, localDate: '2021-12-14' }).startsAt).toEqual(
      new Date('2021-12-14T08:00:00Z'),
    );
  });

  it.each([
    ['09:00', '09:00'],
    ['09:00', '08:59'],
    ['22:00', '00:00'],
    ['22:00', '01:00'],
  ])('refuses %s to %s: a unit never crosses midnight', (localStart, localEnd) => {
    expect(() => deriveUnit({ ...unit, localStart, localEnd })).toThrow(UnitEndsBeforeStart);
  });

  it('takes one minute, and the last minute of the day', () => {
    const { startsAt, endsAt } = deriveUnit({ ...unit, localStart: '23:58', localEnd: '23:59' });
    expect(endsAt.getTime() - startsAt.getTime()).toBe(60_000);
  });

  it('counts real minutes over a change', () => {
    const { startsAt, endsAt } = deriveUnit({
      ...unit,
      localDate: '2026-09-20',
      localStart: '00:30',
      localEnd: '02:30',
    });
    expect((endsAt.getTime() - startsAt.getTime()) / 60_000).toBe(180);
  });
});

describe('bad input', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '0207-01-01',
    '2200-01-01',
    '٢٠٢٦-٠١-٠١',
  ])('refuses the date %p', (date) => expect(() => at(date, '09:00')).toThrow(InvalidLocalDate));

  it.each(['24:00', '9:00', '09:60', '0900', '09:00:00', '', '-1:00', '٠٩:٠٠'])(
    'refuses the time %p',
    (time) => expect(() => at('2026-12-14', time)).toThrow(InvalidLocalTime),
  );

  it.each(['', 'africa/casablanca', 'Africa/Tanger', '+01:00', '__proto__', 'constructor', 'toString'])(
    'refuses the zone %p',
    (zone) => {
      expect(isZone(zone)).toBe(false);
      expect(() => at('2026-12-14', '09:00', zone)).toThrow(UnknownZone);
    },
  );

  it('refuses other types with the same errors', () => {
    for (const value of [null, undefined, 5, {}, []]) {
      expect(() => at(value as unknown as string, '09:00')).toThrow(InvalidLocalDate);
      expect(() => at('2026-12-14', value as unknown as string)).toThrow(InvalidLocalTime);
      expect(() => stretchesOf(value as unknown as string)).toThrow(UnknownZone);
      expect(isZone(value)).toBe(false);
    }
  });

  it('says so with a code and short parameters', () => {
    const refusals: [() => unknown, string, object][] = [
      [() => at('x'.repeat(10_000), '09:00'), 'not-a-date', { date: 'x'.repeat(40) }],
      [() => at('2026-12-14', '25:00'), 'not-a-time', { time: '25:00' }],
      [() => at('2026-12-14', '09:00', 'Mars'), 'not-a-zone', { zone: 'Mars' }],
      [
        () => at('2025-04-06', '02:30'),
        'wall-time-skipped',
        { date: '2025-04-06', time: '02:30', zone: DEFAULT_ZONE },
      ],
      [
        () =>
          deriveUnit({ localDate: '2026-12-14', localStart: '10:00', localEnd: '09:00', zone: DEFAULT_ZONE }),
        'ends-before-start',
        { localStart: '10:00', localEnd: '09:00' },
      ],
    ];
    for (const [refuse, code, params] of refusals) {
      const error = thrownBy(refuse);
      expect(error).toBeInstanceOf(WallTimeError);
      expect(error).toMatchObject({ kind: 'invalid', code, params, name: (error as Error).constructor.name });
      expect((error as WallTimeError).asField('/units/0')).toEqual({ pointer: '/units/0', code, params });
      expect((error as Error).message.length).toBeGreaterThan(10);
    }
  });
});

describe('for any zone and instant', () => {
  const zones = fc.constantFrom(...moment.tz.names());
  const minutes = fc.integer({ min: Date.UTC(1970, 0, 1) / 60_000, max: Date.UTC(2150, 0, 1) / 60_000 });

  it('the instant of a shown wall time shows it again and is never later', () => {
    holds(
      fc.property(zones, minutes, (zone, minute) => {
        const instant = new Date(minute * 60_000);
        const { localDate, localTime } = wallTimeOf(instant, zone);
        const back = instantOf({ date: localDate, time: localTime, zone });
        expect(wallTimeOf(back, zone)).toEqual({ localDate, localTime });
        // Seconds of an offset (Monrovia before 1972) are the only way to come back within the minute.
        expect(back.getTime()).toBeLessThan(instant.getTime() + 60_000);
      }),
    );
  });

  it('agrees with the package that brings the data', () => {
    holds(
      fc.property(zones, minutes, (zone, minute) => {
        const instant = new Date(minute * 60_000);
        const theirs = moment.tz(instant, zone);
        expect(wallTimeOf(instant, zone)).toEqual({
          localDate: theirs.format('YYYY-MM-DD'),
          localTime: theirs.format('HH:mm'),
        });
      }),
    );
  });

  it('a unit ends after it starts, whatever the clocks do', () => {
    const clock = fc.integer({ min: 0, max: 1439 });
    holds(
      fc.property(zones, fc.integer({ min: 0, max: 40_000 }), clock, clock, (zone, day, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)].map(timeText) as [string, string];
        const derive = () =>
          deriveUnit({ localDate: addDays('1990-01-01', day), localStart: start, localEnd: end, zone });
        const refusal = thrownBy(derive);
        if (refusal)
          expect(a === b ? [UnitEndsBeforeStart, WallTimeSkipped] : [WallTimeSkipped]).toContain(
            refusal.constructor,
          );
        else expect(derive().endsAt.getTime()).toBeGreaterThan(derive().startsAt.getTime());
      }),
    );
  });

  it('stretches of a zone follow each other without holes', () => {
    holds(
      fc.property(zones, (zone) => {
        const list = stretchesOf(zone);
        expect(list[0]?.fromMs).toBe(-Infinity);
        expect(list.at(-1)?.untilMs).toBe(Infinity);
        expect(list.slice(1).map(({ fromMs }) => fromMs)).toEqual(
          list.slice(0, -1).map(({ untilMs }) => untilMs),
        );
      }),
    );
  });

  it('days between undo added days', () => {
    holds(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), (days) => {
        expect(daysBetween('2000-02-29', addDays('2000-02-29', days))).toBe(days);
      }),
    );
  });
});

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function thrownBy(work: () => unknown): object | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as object;
  }
}
