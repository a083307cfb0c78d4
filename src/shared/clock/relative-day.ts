import type { DateLocale } from './date-words.js';
import { daysBetween } from './local-date.js';

/** The six plural categories of Arabic, as Unicode's CLDR names them. */
export type ArabicPlural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

const AR_DAYS: Readonly<Record<ArabicPlural, (n: number) => string>> = {
  zero: () => '0 يوم',
  one: () => 'يوم واحد',
  two: () => 'يومين',
  few: (n) => `${n} أيام`,
  many: (n) => `${n} يوما`,
  other: (n) => `${n} يوم`,
};

const NEAR: Readonly<Record<DateLocale, Readonly<Record<number, string>>>> = {
  ar: { [-1]: 'أمس', 0: 'اليوم', 1: 'غدا' },
  fr: { [-1]: 'hier', 0: "aujourd'hui", 1: 'demain' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};

/** Which of the six forms an Arabic count takes. @param n a whole number, 0 or more */
export function arabicPlural(n: number): ArabicPlural {
  if (n === 0) return 'zero';
  if (n === 1) return 'one';
  if (n === 2) return 'two';
  const tail = n % 100;
  if (tail >= 3 && tail <= 10) return 'few';
  return tail >= 11 ? 'many' : 'other';
}

/** `3 jours`, `1 jour`; the Arabic dual is in the form that follows a preposition, as in `بعد يومين`. */
export function formatDays(n: number, locale: DateLocale): string {
  switch (locale) {
    case 'ar':
      return AR_DAYS[arabicPlural(n)](n);
    case 'fr':
      return `${n} ${n < 2 ? 'jour' : 'jours'}`;
    case 'en':
      return `${n} ${n === 1 ? 'day' : 'days'}`;
  }
}

/**
 * A day as seen from another: `aujourd'hui`, `demain`, `dans 3 jours`, `il y a 3 jours`.
 * @param today the reader's own local date
 */
export function relativeDay(localDate: string, today: string, locale: DateLocale): string {
  const days = daysBetween(today, localDate);
  const near = NEAR[locale][days];
  if (near !== undefined) return near;
  const count = formatDays(Math.abs(days), locale);
  switch (locale) {
    case 'ar':
      return days > 0 ? `بعد ${count}` : `قبل ${count}`;
    case 'fr':
      return days > 0 ? `dans ${count}` : `il y a ${count}`;
    case 'en':
      return days > 0 ? `in ${count}` : `${count} ago`;
  }
}
