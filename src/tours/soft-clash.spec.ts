import { instantOf } from '../shared/clock/wall-time.js';
import { HOLIDAY_CODES, holidayOn } from './holidays.js';
import { hasWords, LOCALES } from '../shared/i18n/i18n.js';
import { type PlacedUnit, SOFT_CODES, softClashesOf, unexcused } from './soft-clash.js';

const zone = 'Africa/Casablanca';
const ROADS = [
  { from: 'tanger', to: 'tetouan', minutes: 60, km: 62 },
  { from: 'tetouan', to: 'mdiq', minutes: 20, km: 15 },
];

function unit(
  sessionId: string,
  city: string,
  localDate: string,
  localStart: string,
  localEnd: string,
): PlacedUnit {
  const at = (time: string) => instantOf({ date: localDate, time, zone });
  return { sessionId, city, localDate, localStart, localEnd, startsAt: at(localStart), endsAt: at(localEnd) };
}

const check = (
  own: PlacedUnit[],
  others: PlacedUnit[] = [],
  more: {
    capacity?: number;
    overbookPercent?: number;
    room?: { name: string; capacity: number };
    /** Local days on which the trainer cannot come. */
    off?: string[];
  } = {},
) =>
  softClashesOf({
    sessionId: 'mine',
    capacity: more.capacity ?? 30,
    overbookPercent: more.overbookPercent ?? 0,
    units: own.map((one) => ({ ...one, room: more.room ?? null })),
    trainers: [
      {
        trainer: 'Y',
        units: [...own, ...others].map((one) => ({
          ...one,
          isOff: more.off?.includes(one.localDate) ?? false,
        })),
      },
    ],
    roads: ROADS,
  });
const codes = (...values: Parameters<typeof check>): string[] => check(...values).map(({ code }) => code);

describe('soft clashes', () => {
  const mine = unit('mine', 'tetouan', '2027-01-12', '10:30', '12:00');

  it.each([
    ['08:59', []],
    ['09:00', []],
    ['09:01', ['leg-too-short']],
    ['10:30', ['leg-too-short']],
  ])('before: a class in Tanger that ends at %s', (end, expected) => {
    expect(codes([mine], [unit('other', 'tanger', '2027-01-12', '08:00', end)])).toEqual(expected);
  });

  it.each([
    ['12:49', ['leg-too-short']],
    ['12:50', []],
  ])('after: a class in M’diq that starts at %s', (start, expected) => {
    expect(codes([mine], [unit('other', 'mdiq', '2027-01-12', start, '14:00')])).toEqual(expected);
  });

  it('say whether the minutes are estimated, and nothing where no road is listed or both legs are of others', () => {
    const far = check(
      [unit('mine', 'mdiq', '2027-01-12', '10:30', '12:00')],
      [unit('other', 'tanger', '2027-01-12', '08:00', '10:00')],
    );
    expect(far).toEqual([
      {
        code: 'leg-too-short',
        params: {
          trainer: 'Y',
          from: 'tanger',
          to: 'mdiq',
          date: '2027-01-12',
          needed: 110,
          available: 30,
          estimated: 1,
        },
      },
    ]);
    expect(codes([mine], [unit('other', 'ouezzane', '2027-01-12', '08:00', '10:00')])).toEqual([]);
    expect(
      codes(
        [mine],
        [
          unit('a', 'tanger', '2027-01-12', '13:45', '14:00'),
          unit('b', 'mdiq', '2027-01-12', '14:05', '15:00'),
        ],
      ),
    ).toEqual([]);
  });

  it('count a trainer’s day over 8 h, not 8 h itself, and by local day', () => {
    const long = [unit('mine', 'tetouan', '2027-01-12', '08:00', '12:00')];
    expect(codes(long, [unit('b', 'tetouan', '2027-01-12', '13:00', '17:00')])).toEqual([]);
    expect(codes(long, [unit('b', 'tetouan', '2027-01-12', '13:00', '17:01')])).toEqual([
      'trainer-day-too-long',
    ]);
    expect(codes(long, [unit('b', 'tetouan', '2027-01-13', '13:00', '17:01')])).toEqual([]);
  });

  it('see a trainer’s day off where the session is, once, and not where another one is', () => {
    const afternoon = unit('mine', 'tetouan', '2027-01-12', '14:00', '15:00');
    const other = unit('other', 'tetouan', '2027-01-13', '14:00', '15:00');
    expect(check([mine, afternoon], [other], { off: ['2027-01-12', '2027-01-13'] })).toEqual([
      { code: 'trainer-day-off', params: { trainer: 'Y', date: '2027-01-12' } },
    ]);
    expect(codes([mine], [other], { off: ['2027-01-13'] })).toEqual([]);
  });

  it.each([
    ['2027-01-15', '09:00', '12:00', []],
    ['2027-01-15', '09:00', '12:01', ['friday-prayer']],
    ['2027-01-15', '14:30', '17:00', []],
    ['2027-01-15', '14:29', '17:00', ['friday-prayer']],
    ['2027-01-13', '12:00', '14:30', []],
  ])('on %s from %s to %s', (date, start, end, expected) => {
    expect(codes([unit('mine', 'tetouan', date, start, end)])).toEqual(expected);
  });

  it('count what is given beyond the capacity in whole seats, and leave the room to its own check', () => {
    const room = { name: 'Salle 1', capacity: 10 };
    expect(check([mine], [], { capacity: 10, overbookPercent: 25, room })).toEqual([
      { code: 'overbooked', params: { percent: 25, capacity: 10, seats: 12 } },
    ]);
    expect(codes([mine], [], { capacity: 10, overbookPercent: 0 })).toEqual([]);
    expect(codes([mine], [], { capacity: 10, overbookPercent: 9 })).toEqual([]);
    expect(codes([mine], [], { capacity: 10, overbookPercent: 10 })).toEqual(['overbooked']);
  });

  it('know the fixed holidays, the new ones from their first year', () => {
    expect(['2027-01-11', '2027-01-14', '2023-01-14', '2024-01-14', '2024-10-31', '2025-10-31', '2027-07-30', '2027-07-31'].map(holidayOn)).toEqual([
      'independence-manifesto', 'amazigh-new-year', undefined, 'amazigh-new-year', undefined, 'unity-day', 'throne-day', undefined,
    ]); // prettier-ignore
    expect(codes([unit('mine', 'tetouan', '2027-11-18', '09:00', '10:00')])).toEqual(['public-holiday']);
  });

  it('say each small room once', () => {
    const two = [mine, unit('mine', 'tetouan', '2027-01-12', '14:00', '15:00')];
    const room = { name: 'A', capacity: 29 };
    expect(check(two, [], { capacity: 30, room })).toEqual([
      { code: 'room-too-small', params: { room: 'A', roomCapacity: 29, capacity: 30 } },
    ]);
    expect(codes(two, [], { capacity: 29, room })).toEqual([]);
  });

  it('are excused by a reason of their code, or by one accepted for the very same thing', () => {
    const found = [
      { code: 'friday-prayer' as const, params: { date: '2027-01-15' } },
      { code: 'public-holiday' as const, params: { date: '2027-01-14' } },
    ];
    expect(unexcused(found, { 'friday-prayer': 'ok' })).toEqual([found[1]]);
    expect(unexcused(found, {}, [{ code: 'public-holiday', params: { date: '2027-01-14' } }])).toEqual([
      found[0],
    ]);
    expect(unexcused(found, {}, [{ code: 'public-holiday', params: { date: '2027-01-11' } }])).toEqual(found);
  });

  it('and holidays have words in every language', () => {
    for (const locale of LOCALES) {
      for (const code of HOLIDAY_CODES)
        expect([locale, code, hasWords(locale, `tours:holiday.${code}`)]).toEqual([locale, code, true]);
      for (const code of SOFT_CODES)
        expect([
          locale,
          code,
          hasWords(locale, `tours:soft.${code}`) && hasWords(locale, `tours:soft-code.${code}`),
        ]).toEqual([locale, code, true]);
    }
  });
});
