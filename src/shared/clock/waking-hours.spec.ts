import { isWaking, lastWaking, nextWaking } from './waking-hours.js';
import { DEFAULT_ZONE } from './zone-data.js';

/** An instant of February 2027, when Morocco's clocks show UTC: the 3rd is a Wednesday, the 5th a Friday. */
const at = (text: string): Date => new Date(`2027-02-${text.replace(' ', 'T')}:00Z`);
const written = (instant: Date): string => instant.toISOString().slice(8, 16).replace('T', ' ');

describe('quiet hours', () => {
  it.each([
    ['03 08:59', '03 09:00', '02 19:59'],
    ['03 09:00', '03 09:00', '03 09:00'],
    ['03 19:59', '03 19:59', '03 19:59'],
    ['03 20:00', '04 09:00', '03 19:59'],
    ['03 23:30', '04 09:00', '03 19:59'],
    ['04 00:00', '04 09:00', '03 19:59'],
    ['05 11:59', '05 11:59', '05 11:59'],
    ['05 12:00', '05 14:30', '05 11:59'],
    ['05 14:29', '05 14:30', '05 11:59'],
    ['05 14:30', '05 14:30', '05 14:30'],
    ['05 08:00', '05 09:00', '04 19:59'],
    ['06 12:30', '06 12:30', '06 12:30'],
  ])('at %s: the next waking minute is %s, the last %s', (now, next, last) => {
    expect([written(nextWaking(at(now), DEFAULT_ZONE)), written(lastWaking(at(now), DEFAULT_ZONE))]).toEqual([
      next,
      last,
    ]);
    expect(isWaking(at(now), DEFAULT_ZONE)).toBe(next === now);
  });

  it('are those of the wall clock, also an hour ahead of UTC', () => {
    const summer = new Date('2021-12-15T19:30:00Z');
    expect(nextWaking(summer, DEFAULT_ZONE).toISOString()).toBe('2021-12-16T08:00:00.000Z');
  });
});
