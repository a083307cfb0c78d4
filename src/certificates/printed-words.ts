import { DATE_WORDS } from '../shared/clock/date-words.js';
import { partsOf } from '../shared/clock/local-date.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import type { Both } from './certificate.js';

/** `15 décembre 2021` · `15 دجنبر 2021`: a day without its weekday, as documents write it. */
export function printedDay(localDate: string, locale: Locale): string {
  const { year, month, day } = partsOf(localDate);
  const ordinal = locale === 'fr' && day === 1 ? '1er' : String(day);
  return `${ordinal} ${DATE_WORDS[locale].months[month - 1]} ${year}`;
}

/** `15 décembre 2021`, or `du 14 au 15 décembre 2021`: what is the same in both days is said once. */
export function printedDays({ first, last }: { first: string; last: string }, locale: Locale): string {
  const to = printedDay(last, locale);
  if (first === last) return to;
  const whole = printedDay(first, locale).split(' ');
  const same = first.slice(0, 7) === last.slice(0, 7) ? 1 : first.slice(0, 4) === last.slice(0, 4) ? 2 : 3;
  return t(locale, 'certificates:print.range', { from: whole.slice(0, same).join(' '), to });
}

/** `7 h`, `7 h 30`; empty when nothing was counted. */
export function printedTime(minutes: number, locale: Locale): string {
  if (minutes < 1) return '';
  const rest = minutes % 60;
  const hours = t(locale, 'certificates:print.hours', { count: Math.floor(minutes / 60) });
  return rest === 0 ? hours : t(locale, 'certificates:print.hoursAndMinutes', { hours, minutes: rest });
}

/** The text in a language of the page: English readers get the French one. */
export function inReader(text: Both, locale: Locale): string {
  return locale === 'ar' ? text.ar : text.fr;
}
