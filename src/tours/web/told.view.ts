import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatMoney, formatNumber } from '../../shared/web/handlebars/format.js';
import type { ToldInLanguage, ToldPreview } from '../told-preview.js';

/** The words of what a change sends, for the pages that ask before it is made. */
export function presentTold(told: ToldPreview, sessionId: string, locale: Locale) {
  const figure = (value: number) => ({ text: formatNumber(value, locale) });
  const cost = (centimes: number | null) => ({
    text: centimes === null ? '–' : formatMoney(centimes, locale),
  });
  const column = (key: string, kind?: 'number') => ({
    label: t(locale, `tours:told.${key}`),
    ...(kind ? { kind } : {}),
  });
  const line = ({ language, people, segments, centimes }: ToldInLanguage) => ({
    cells: [
      { text: t(locale, `tours:language.${language}`) },
      { text: t(locale, 'tours:told.sms') },
      figure(people),
      figure(segments),
      cost(centimes),
    ],
  });
  const reached = told.languages.reduce((sum, { people }) => sum + people, 0);
  const calls = told.calls.landline + told.calls.noNumber;
  return {
    people: told.people,
    lead: t(locale, told.people === 0 ? 'tours:told.nobody' : 'tours:told.people', { count: told.people }),
    stats: (['booked', 'offered', 'waiting'] as const).map((key) => ({
      label: t(locale, `tours:told.${key}`),
      figure: formatNumber(told[key], locale),
    })),
    columns: [
      column('language'),
      column('way'),
      column('persons', 'number'),
      column('segments', 'number'),
      column('cost', 'number'),
    ],
    rows: told.languages.map(line),
    total: [
      { text: t(locale, 'tours:told.total') },
      { text: t(locale, 'tours:told.sms') },
      figure(reached),
      figure(told.segments),
      cost(told.centimes),
    ],
    noPrice: told.centimes === null,
    texts: told.languages.map(({ language, text }) => ({
      language,
      dir: language === 'ar' ? 'rtl' : 'ltr',
      label: t(locale, `tours:language.${language}`),
      text,
    })),
    calls: calls === 0 ? '' : t(locale, 'tours:told.calls', { count: calls }),
    namesHref: told.people === 0 ? '' : `/${locale}/staff/sessions/${sessionId}/concerned`,
  };
}
