import { DATE_WORDS, type DateLocale } from './date-words.js';
import { partsOf, weekdayOf } from './local-date.js';
import { minutesOfDay } from './local-time.js';
import { wallTimeOf } from './wall-time.js';

/*
 * Plain spaces and hyphens only: a no-break space or a dash is not in the SMS alphabet and would double a message's
 * price. Pages keep a date on one line by style, and hours by `formatPageRange`. Digits are Latin in every language, as Morocco writes them.
 */

/** `mardi 15 décembre 2026` · `الثلاثاء 15 دجنبر 2026` · `Tuesday 15 December 2026` */
export function formatDay(localDate: string, locale: DateLocale): string {
  return `${formatDayNoYear(localDate, locale)} ${partsOf(localDate).year}`;
}

/** `mardi 15 décembre`: for a day whose year nobody doubts. */
export function formatDayNoYear(localDate: string, locale: DateLocale): string {
  const { weekdays, months } = DATE_WORDS[locale];
  const { month, day } = partsOf(localDate);
  return `${weekdays[weekdayOf(localDate)]} ${dayOfMonth(day, locale)} ${months[month - 1]}`;
}

/** `mar. 15 déc.` · `الثلاثاء 15 دجنبر` · `Tue 15 Dec`: for tables and tickets. */
export function formatDayShort(localDate: string, locale: DateLocale): string {
  const { weekdaysShort, monthsShort } = DATE_WORDS[locale];
  const { month, day } = partsOf(localDate);
  return `${weekdaysShort[weekdayOf(localDate)]} ${dayOfMonth(day, locale)} ${monthsShort[month - 1]}`;
}

/** `décembre 2026`; takes any day of the month, or `YYYY-MM`. */
export function formatMonth(localDate: string, locale: DateLocale): string {
  const { year, month } = partsOf(localDate.length === 7 ? `${localDate}-01` : localDate);
  return `${DATE_WORDS[locale].months[month - 1]} ${year}`;
}

/** `9 h`, `9 h 30` in French; `9:00`, `9:30` in Arabic and English. 24 hours, no leading zero. */
export function formatTime(localTime: string, locale: DateLocale): string {
  const minutes = minutesOfDay(localTime);
  const hour = Math.floor(minutes / 60);
  const minute = localTime.slice(3);
  if (locale !== 'fr') return `${hour}:${minute}`;
  return minute === '00' ? `${hour} h` : `${hour} h ${minute}`;
}

/** `de 9 h à 12 h 30` · `من 9:00 إلى 12:30` · `9:00 to 12:30` */
export function formatTimeRange(localStart: string, localEnd: string, locale: DateLocale): string {
  const start = formatTime(localStart, locale);
  const end = formatTime(localEnd, locale);
  switch (locale) {
    case 'fr':
      return `de ${start} à ${end}`;
    case 'ar':
      return `من ${start} إلى ${end}`;
    case 'en':
      return `${start} to ${end}`;
  }
}

/** The same for a page, where a line must not end within `12 h 30`. */
export function formatPageRange(localStart: string, localEnd: string, locale: DateLocale): string {
  return formatTimeRange(localStart, localEnd, locale).replace(/(?<=\d) (?=h)|(?<=h) (?=\d)/g, '\u00a0');
}

/** `mardi 15 décembre 2026, 9 h`: an instant as the clocks of a zone show it. */
export function formatInstant(instant: Date, zone: string, locale: DateLocale): string {
  const { localDate, localTime } = wallTimeOf(instant, zone);
  return `${formatDay(localDate, locale)}${DATE_WORDS[locale].comma}${formatTime(localTime, locale)}`;
}

function dayOfMonth(day: number, locale: DateLocale): string {
  return locale === 'fr' && day === 1 ? '1er' : String(day);
}
