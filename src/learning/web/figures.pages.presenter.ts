import type { PublishedCourse } from '../../courses/public.js';
import { formatDay } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, formatPercent, pickText } from '../../shared/web/handlebars/format.js';
import type { ModuleStatistics } from '../item-statistics.query.js';
import { FEWEST_ANSWERS } from '../item-statistics.js';
import { FEWEST } from '../learning-gain.js';
import type { CourseGain } from '../learning-gain.query.js';
import type { TaughtSession } from '../taught-session.query.js';
import { presentItemStatistics } from './figures.presenter.js';
import { cells, columns, frame } from './figures-frame.js';
import { Reader } from './reader.js';

/** How the questions of a course are answered, a table a module. */
export function presentItemsPage(
  course: PublishedCourse,
  modules: readonly ModuleStatistics[],
  locale: Locale,
): object {
  const reader = new Reader(locale);
  return {
    ...frame(course, locale, 'items'),
    legend: t(locale, 'learning:figures.legend', { count: FEWEST_ANSWERS }),
    modules: modules.map(({ module, quiz, items }) => ({
      id: module.slug,
      title: reader.plain(module.document.title),
      columns: columns(locale, 'question', 'asked', 'difficulty', 'wrong'),
      rows: items.flatMap((one) => {
        const item = quiz.items.find(({ id }) => id === one.itemId);
        if (!item) return [];
        const { prompt, n, difficulty, commonestWrong } = presentItemStatistics(item, one, reader);
        if (difficulty === null) {
          const few = t(locale, 'learning:figures.few', { count: FEWEST_ANSWERS });
          return [cells(prompt, formatNumber(n, locale), '–', few)];
        }
        const wrong = commonestWrong
          ? t(locale, 'learning:figures.wrongOf', {
              answer: commonestWrong.text,
              share: formatPercent(commonestWrong.share * 100, locale),
            })
          : t(locale, 'learning:figures.none');
        return [cells(prompt, formatNumber(n, locale), formatPercent(difficulty * 100, locale), wrong)];
      }),
    })),
  };
}

/** A session in words: its city and its day. */
export function sessionLabel({ city, localDate }: TaughtSession, locale: Locale): string {
  return `${pickText(city, locale).text} · ${formatDay(localDate, locale)}`;
}

/** What the groups gained, and what one needs to test them. */
export function presentGainPage(
  course: PublishedCourse,
  { gains, sessions, mayKey }: { gains: CourseGain; sessions: readonly TaughtSession[]; mayKey: boolean },
  locale: Locale,
): object {
  const cardsHref = `/${locale}/staff/learning/${course.slug}/test/cards`;
  const total = gains.total.map((one) => ({ ...one, label: t(locale, 'learning:figures.total') }));
  const groups = gains.groups.map((one) => ({
    ...one,
    label: one.session ? sessionLabel(one.session, locale) : t(locale, 'learning:figures.noSession'),
  }));
  return {
    ...frame(course, locale, 'test'),
    hasTest: course.document.test !== undefined,
    legend: t(locale, 'learning:figures.gainLegend', { count: FEWEST }),
    ...{ cardsHref, ...(mayKey ? { keyHref: `${cardsHref}?key=1` } : {}) },
    columns: columns(locale, 'session', 'pairs', 'gainColumn', 'pre', 'post', 'atMax', 'unpaired'),
    rows: [...groups, ...total].map(({ label, method, gain }) => {
      const share = (value: number | null) => (value === null ? '–' : formatPercent(value * 100, locale));
      const of = `${label} (${t(locale, `learning:figures.method.${method}`)})`;
      const count = (value: number) => formatNumber(value, locale);
      return cells(
        of,
        count(gain.n),
        share(gain.gain),
        share(gain.pre),
        share(gain.post),
        count(gain.atMax),
        count(gain.unpaired),
      );
    }),
    sessions: course.document.test
      ? sessions.map((session) => ({
          label: sessionLabel(session, locale),
          href: `/${locale}/staff/sessions/${session.sessionId}/test`,
        }))
      : [],
  };
}
