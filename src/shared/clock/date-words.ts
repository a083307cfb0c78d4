/** Languages in which dates are written. */
export type DateLocale = 'ar' | 'fr' | 'en';

/** The words of a language for days and months, Sunday and January first. */
export interface DateWords {
  readonly weekdays: readonly string[];
  readonly weekdaysShort: readonly string[];
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  /** Between a day and an hour. */
  readonly comma: string;
}

const AR_WEEKDAYS = ['الأحد', 'الإثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت'];
/** Moroccan names: غشت and شتنبر, not the names used further east. */
const AR_MONTHS = 'يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر'.split(' ');

/** Own tables: the names of `Intl` change with Node's ICU, and the Moroccan ones are what readers know. */
export const DATE_WORDS: Readonly<Record<DateLocale, DateWords>> = {
  ar: {
    weekdays: AR_WEEKDAYS,
    // Arabic does not abbreviate days and months.
    weekdaysShort: AR_WEEKDAYS,
    months: AR_MONTHS,
    monthsShort: AR_MONTHS,
    comma: '، ',
  },
  fr: {
    weekdays: 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' '),
    weekdaysShort: 'dim. lun. mar. mer. jeu. ven. sam.'.split(' '),
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    monthsShort: 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' '),
    comma: ', ',
  },
  en: {
    weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
    weekdaysShort: 'Sun Mon Tue Wed Thu Fri Sat'.split(' '),
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
    monthsShort: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' '),
    comma: ', ',
  },
};
