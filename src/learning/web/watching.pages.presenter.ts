import type { PublishedCourse } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, formatPercent } from '../../shared/web/handlebars/format.js';
import type { ModuleFacts } from '../learning.query.js';
import type { SessionWatching } from '../session-watching.query.js';
import type { TaughtSession } from '../taught-session.query.js';
import { mostOf } from '../video-parts.js';
import { FEWEST_WATCHERS, type VideoWatching, type WatchedPart } from '../watching.query.js';
import { sessionLabel } from './figures.pages.presenter.js';
import { cells, frame } from './figures-frame.js';
import { listedName } from './listed-name.js';
import { Reader } from './reader.js';

/** A place in a video, as a player shows it: 1:05. */
function placeOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function say(locale: Locale, key: string, params: Record<string, string | number> = {}): string {
  return t(locale, `learning:watching.${key}`, params);
}

/** How the videos of a course are watched, one after the other, and the sessions whose people one may see. */
export function presentWatchingPage(
  course: PublishedCourse,
  videos: readonly VideoWatching[],
  sessions: readonly TaughtSession[],
  locale: Locale,
): object {
  return {
    ...frame(course, locale, 'videos'),
    legend: say(locale, 'legend', { count: FEWEST_WATCHERS }),
    videos: videos.map((one) => presentVideo(one, locale)),
    sessions: sessions.map((session) => ({
      label: sessionLabel(session, locale),
      href: `/${locale}/staff/sessions/${session.sessionId}/videos`,
    })),
  };
}

function presentVideo(one: VideoWatching, locale: Locale): object {
  const { module, people, completed, coverage, verified, parts } = one;
  const head = { id: module.slug, title: new Reader(locale).plain(module.document.title) };
  if (people === null || completed === null || coverage === null || verified === null || parts === null)
    return { ...head, few: say(locale, 'few', { count: FEWEST_WATCHERS }) };
  const share = (value: number): string => formatPercent(value * 100, locale);
  const most = mostOf(parts, stopsOf);
  return {
    ...head,
    stats: [
      { label: say(locale, 'people'), figure: formatNumber(people, locale) },
      { label: say(locale, 'completed'), figure: formatNumber(completed, locale) },
      { label: say(locale, 'coverage'), figure: share(coverage) },
      { label: say(locale, 'verified'), figure: share(verified) },
    ],
    columns: parts.map(({ seen }, n) => ({
      x: (n * 100) / parts.length,
      width: 100 / parts.length,
      y: 100 - (seen * 100) / people,
      height: (seen * 100) / people,
      isMost: parts[n] === most,
    })),
    said: [sayMost(parts, 'stop', stopsOf, locale), sayMost(parts, 'replay', replaysOf, locale)],
    tableId: `parts-${module.slug}`,
    heads: [
      { label: say(locale, 'part') },
      ...['seen', 'replayed', 'stopped'].map((key) => ({ label: say(locale, key), kind: 'number' })),
    ],
    rows: parts.map(({ fromMs, toMs, seen, replayed, stopped }) =>
      cells(
        say(locale, 'partOf', { from: placeOf(fromMs), to: placeOf(toMs) }),
        ...[seen, replayed, stopped].map((count) => formatNumber(count, locale)),
      ),
    ),
  };
}

const stopsOf = ({ stopped }: WatchedPart): number => stopped;
const replaysOf = ({ replayed }: WatchedPart): number => replayed;

/** Where most of it happened, in a sentence; else that it never did. */
function sayMost(
  parts: readonly WatchedPart[],
  key: 'stop' | 'replay',
  amount: (part: WatchedPart) => number,
  locale: Locale,
): string {
  const most = mostOf(parts, amount);
  if (!most) return say(locale, key === 'stop' ? 'noStop' : 'noReplay');
  const people = say(locale, 'count', { count: amount(most) });
  return say(locale, key, { from: placeOf(most.fromMs), to: placeOf(most.toMs), people });
}

/** What each person of a session has seen of each video of its course. */
export function presentSessionWatching(
  { people, facts }: SessionWatching,
  course: PublishedCourse,
  locale: Locale,
): object {
  const reader = new Reader(locale);
  const modules = course.modules.filter(({ video }) => video !== undefined);
  return {
    backHref: `/${locale}/staff/learning/${course.slug}/videos`,
    course: reader.plain(course.document.title),
    empty: say(locale, modules.length > 0 ? 'empty' : 'noVideo'),
    modules: modules.map(({ document }) => reader.plain(document.title)),
    heads: [
      { label: say(locale, 'name') },
      { label: say(locale, 'number'), kind: 'number' },
      ...modules.map((_, n) => ({ label: say(locale, 'video', { n: n + 1 }), kind: 'number' })),
    ],
    rows: (modules.length > 0 ? people : []).map((person) => {
      const own = facts.get(person.personId) ?? [];
      return {
        cells: [
          { text: listedName(person, locale) },
          { text: formatNumber(person.n, locale) },
          ...modules.map(({ slug }) =>
            presentSeen(
              own.find((one) => one.slug === slug),
              locale,
            ),
          ),
        ],
      };
    }),
  };
}

function presentSeen(facts: ModuleFacts | undefined, locale: Locale): object {
  if (!facts?.video) return { text: say(locale, 'nothing') };
  const { percent, unverifiedSeconds, completed } = facts.video;
  const share = formatPercent(Math.floor(percent), locale);
  if (completed) return { text: say(locale, 'enough', { share }) };
  if (unverifiedSeconds < 1) return { text: share };
  return { text: say(locale, 'unverified', { share, more: placeOf(unverifiedSeconds * 1000) }) };
}
