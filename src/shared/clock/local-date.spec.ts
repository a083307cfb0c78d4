import { addDays, dayNumber, daysBetween, isLocalDate, partsOf, weekdayOf } from './local-date.js';
import { isLocalTime, minutesOfDay } from './local-time.js';
import { InvalidLocalDate, InvalidLocalTime } from './wall-time.errors.js';

describe('local dates', () => {
  it.each(['1900-01-01', '2000-02-29', '2024-02-29', '2026-12-31', '2199-12-31'])('takes %s', (date) =>
    expect(isLocalDate(date)).toBe(true),
  );

  it.each([
    '1899-12-31',
    '2200-01-01',
    '1900-02-29',
    '2026-02-29',
    '2026-04-31',
    '2026-00-01',
    '2026-01-00',
    20260101,
    null,
  ])('refuses %p', (date) => expect(isLocalDate(date)).toBe(false));

  it('takes a day apart', () => expect(partsOf('2026-03-07')).toEqual({ year: 2026, month: 3, day: 7 }));

  it('counts from 1970', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    expect(dayNumber('2026-12-15')).toBe(20_802);
  });

  it('adds days over months, years and 29 February', () => {
    expect(addDays('2021-12-31', 1)).toBe('2022-01-01');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2021-12-13', '2021-12-20')).toBe(7);
    expect(daysBetween('2021-12-20', '2021-12-13')).toBe(-7);
  });

  it('refuses to leave the years we keep', () => {
    expect(() => addDays('2199-12-31', 1)).toThrow(InvalidLocalDate);
    expect(() => addDays('1900-01-01', -1)).toThrow(InvalidLocalDate);
    expect(() => addDays('2026-01-01', NaN)).toThrow(InvalidLocalDate);
    expect(() => addDays('2026-01-01', 1e12)).toThrow(InvalidLocalDate);
  });

  it('knows the weekday', () => {
    expect(weekdayOf('2026-12-13')).toBe(0);
    expect(weekdayOf('2026-12-18')).toBe(5);
    expect(weekdayOf('2026-12-19')).toBe(6);
  });
});

describe('local times', () => {
  it('counts minutes since midnight', () => {
    expect(minutesOfDay('00:00')).toBe(0);
    expect(minutesOfDay('09:05')).toBe(545);
    expect(minutesOfDay('20:15')).toBe(1215);
    expect(minutesOfDay('23:59')).toBe(1439);
  });

  it('refuses others', () => {
    expect(isLocalTime('23:59')).toBe(true);
    for (const time of ['24:00', '23:60', '9:00', '09:00 ', ' 09:00', '09:00\n', 900])
      expect(isLocalTime(time)).toBe(false);
    expect(() => minutesOfDay('24:00')).toThrow(InvalidLocalTime);
  });
});
