import type { DateLocale } from './date-words.js';
import {
  formatDay,
  formatDayNoYear,
  formatDayShort,
  formatInstant,
  formatMonth,
  formatTime,
  formatPageRange,
  formatTimeRange,
} from './format-date.js';
import { addDays } from './local-date.js';
import { arabicPlural, formatDays, relativeDay } from './relative-day.js';
import { InvalidLocalDate, InvalidLocalTime } from './wall-time.errors.js';
import { DEFAULT_ZONE } from './zone-data.js';

const LOCALES: readonly DateLocale[] = ['ar', 'fr', 'en'];

describe('days', () => {
  it.each([
    ['ar', 'الثلاثاء 15 دجنبر 2026', 'الثلاثاء 15 دجنبر', 'الثلاثاء 15 دجنبر', 'دجنبر 2026'],
    ['fr', 'mardi 15 décembre 2026', 'mardi 15 décembre', 'mar. 15 déc.', 'décembre 2026'],
    ['en', 'Tuesday 15 December 2026', 'Tuesday 15 December', 'Tue 15 Dec', 'December 2026'],
  ] as const)('in %s', (locale, day, noYear, short, month) => {
    expect(formatDay('2026-12-15', locale)).toBe(day);
    expect(formatDayNoYear('2026-12-15', locale)).toBe(noYear);
    expect(formatDayShort('2026-12-15', locale)).toBe(short);
    expect(formatMonth('2026-12-15', locale)).toBe(month);
    expect(formatMonth('2026-12', locale)).toBe(month);
  });

  it('says 1er on the first in French only', () => {
    expect(formatDay('2027-01-01', 'fr')).toBe('vendredi 1er janvier 2027');
    expect(formatDayShort('2027-01-01', 'fr')).toBe('ven. 1er janv.');
    expect(formatDay('2027-01-11', 'fr')).toBe('lundi 11 janvier 2027');
    expect(formatDay('2027-01-01', 'en')).toBe('Friday 1 January 2027');
    expect(formatDay('2027-01-01', 'ar')).toBe('الجمعة 1 يناير 2027');
  });

  it('names the twelve months as Morocco does', () => {
    const months = Array.from({ length: 12 }, (_, n) =>
      formatMonth(`2026-${String(n + 1).padStart(2, '0')}`, 'ar'),
    );
    expect(months.map((month) => month.replace(' 2026', ''))).toEqual([
      'يناير', 'فبراير', 'مارس', 'أبريل', 'ماي', 'يونيو', 'يوليوز', 'غشت', 'شتنبر', 'أكتوبر', 'نونبر', 'دجنبر',
    ]); // prettier-ignore
  });

  it('names the seven days from Monday', () => {
    const week = Array.from({ length: 7 }, (_, n) => addDays('2026-12-14', n));
    const first = (locale: DateLocale) => week.map((day) => formatDay(day, locale).split(' ')[0]);
    expect(first('ar')).toEqual(['الإثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد']);
    expect(first('fr')).toEqual(['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']);
    expect(first('en')).toEqual([
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Sunday',
    ]);
  });

  // A second source for the words: ICU's French and English, on UTC days where no zone is asked.
  it('agrees with ICU on French and English words', () => {
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const icu = (tag: string) =>
        new Intl.DateTimeFormat(tag, {
          timeZone: 'UTC',
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          year: 'numeric',
        })
          .format(new Date(`${day}T00:00:00Z`))
          .replaceAll(',', '');
      expect(formatDay(day, 'fr').replace(' 1er ', ' 1 ')).toBe(icu('fr'));
      expect(formatDay(day, 'en')).toBe(icu('en-GB'));
    }
  });

  it('refuses what is not a day', () => {
    for (const locale of LOCALES) {
      expect(() => formatDay('2026-02-30', locale)).toThrow(InvalidLocalDate);
      expect(() => formatMonth('2026-13', locale)).toThrow(InvalidLocalDate);
      expect(() => formatTime('9:00', locale)).toThrow(InvalidLocalTime);
    }
  });
});

describe('times', () => {
  it.each([
    ['09:00', '9 h', '9:00'],
    ['09:30', '9 h 30', '9:30'],
    ['09:05', '9 h 05', '9:05'],
    ['00:00', '0 h', '0:00'],
    ['14:15', '14 h 15', '14:15'],
  ])('%s', (time, fr, others) => {
    expect(formatTime(time, 'fr')).toBe(fr);
    expect(formatTime(time, 'ar')).toBe(others);
    expect(formatTime(time, 'en')).toBe(others);
  });

  it('ranges', () => {
    expect(formatTimeRange('09:00', '12:30', 'fr')).toBe('de 9 h à 12 h 30');
    expect(formatTimeRange('09:00', '12:30', 'ar')).toBe('من 9:00 إلى 12:30');
    expect(formatTimeRange('09:00', '12:30', 'en')).toBe('9:00 to 12:30');
    expect(formatPageRange('09:00', '12:30', 'fr')).toBe('de 9\u00a0h à 12\u00a0h\u00a030');
    expect(formatPageRange('09:00', '12:30', 'ar')).toBe('من 9:00 إلى 12:30');
  });

  it('shows an instant as the clocks of the zone do', () => {
    const instant = new Date('2026-12-15T09:00:00Z');
    expect(formatInstant(instant, DEFAULT_ZONE, 'fr')).toBe('mardi 15 décembre 2026, 9 h');
    expect(formatInstant(instant, DEFAULT_ZONE, 'ar')).toBe('الثلاثاء 15 دجنبر 2026، 9:00');
    expect(formatInstant(instant, DEFAULT_ZONE, 'en')).toBe('Tuesday 15 December 2026, 9:00');
    expect(formatInstant(new Date('2021-12-13T23:30:00Z'), DEFAULT_ZONE, 'fr')).toBe(
      'mardi 14 décembre 2021, 0 h 30',
    );
  });

  it('uses no character that an SMS would pay for, in French', () => {
    const gsm7 = /^[A-Za-z0-9 ,.:'éèàù]*$/;
    for (let day = '2026-01-01'; day < '2026-02-01'; day = addDays(day, 1)) {
      expect(formatDay(day, 'fr')).toMatch(gsm7);
      expect(relativeDay(day, '2026-01-15', 'fr')).toMatch(gsm7);
    }
    expect(formatTimeRange('09:00', '12:30', 'fr')).toMatch(gsm7);
  });
});

describe('relative days', () => {
  it.each([
    [0, 'اليوم', "aujourd'hui", 'today'],
    [1, 'غدا', 'demain', 'tomorrow'],
    [-1, 'أمس', 'hier', 'yesterday'],
    [2, 'بعد يومين', 'dans 2 jours', 'in 2 days'],
    [-2, 'قبل يومين', 'il y a 2 jours', '2 days ago'],
    [3, 'بعد 3 أيام', 'dans 3 jours', 'in 3 days'],
    [10, 'بعد 10 أيام', 'dans 10 jours', 'in 10 days'],
    [11, 'بعد 11 يوما', 'dans 11 jours', 'in 11 days'],
    [-99, 'قبل 99 يوما', 'il y a 99 jours', '99 days ago'],
    [100, 'بعد 100 يوم', 'dans 100 jours', 'in 100 days'],
    [102, 'بعد 102 يوم', 'dans 102 jours', 'in 102 days'],
    [103, 'بعد 103 أيام', 'dans 103 jours', 'in 103 days'],
  ])('%i days on', (days, ar, fr, en) => {
    const day = addDays('2026-12-15', days);
    expect(relativeDay(day, '2026-12-15', 'ar')).toBe(ar);
    expect(relativeDay(day, '2026-12-15', 'fr')).toBe(fr);
    expect(relativeDay(day, '2026-12-15', 'en')).toBe(en);
  });

  it('counts days in all six Arabic forms', () => {
    expect([0, 1, 2, 3, 11, 100].map((n) => formatDays(n, 'ar'))).toEqual([
      '0 يوم', 'يوم واحد', 'يومين', '3 أيام', '11 يوما', '100 يوم',
    ]); // prettier-ignore
    expect([0, 1, 2].map((n) => formatDays(n, 'fr'))).toEqual(['0 jour', '1 jour', '2 jours']);
    expect([0, 1, 2].map((n) => formatDays(n, 'en'))).toEqual(['0 days', '1 day', '2 days']);
  });

  it('has the plural rule of CLDR up to 2,500', () => {
    const rules = new Intl.PluralRules('ar');
    for (let n = 0; n <= 2500; n++) expect([n, arabicPlural(n)]).toEqual([n, rules.select(n)]);
  });
});
