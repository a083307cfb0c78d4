import type { PublishedCourse, TestItem, VersionedTest } from '../../courses/public.js';
import { formatDay } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, formatPercent, pickText } from '../../shared/web/handlebars/format.js';
import { letterOf } from '../answer-grid.js';
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

/** The cards of a test, one a question; the key only where it is asked for. */
export function presentCards(
  { course, test, base }: VersionedTest & { readonly course: PublishedCourse },
  locale: Locale,
  withKey: boolean,
): object {
  const reader = new Reader(locale);
  const picture = ({ file, alt }: NonNullable<TestItem['image']>) => ({
    src: `${base}/${file}`,
    alt: reader.plain(alt),
  });
  return {
    backHref: `/${locale}/staff/learning/${course.slug}/test`,
    withKey,
    cards: test.items.map((item, index) => ({
      number: index + 1,
      prompt: reader.shown(item.prompt),
      ...(item.image ? { image: picture(item.image) } : {}),
      ofPictures: item.kind === 'picture',
      choices:
        item.kind === 'boolean'
          ? (['true', 'false'] as const).map((value, at) => ({
              letter: letterOf(at),
              text: { text: t(locale, `learning:cards.${value}`) },
            }))
          : item.choices.map((choice, at) => ({
              letter: letterOf(at),
              text: reader.shown(choice.text),
              ...('image' in choice ? { image: picture(choice.image) } : {}),
            })),
      ...(withKey
        ? {
            right: t(locale, 'learning:cards.right', { letter: keyLetter(item) }),
            reason: reader.shown(item.reason),
          }
        : {}),
    })),
  };
}

function keyLetter(item: TestItem): string {
  if (item.kind === 'boolean') return letterOf(item.key ? 0 : 1);
  return letterOf(item.choices.findIndex(({ id }) => id === item.key));
}
