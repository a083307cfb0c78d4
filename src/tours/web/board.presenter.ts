import { addDays, daysBetween } from '../../shared/clock/local-date.js';
import { formatDay, formatDayShort } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { Board } from '../board.query.js';
import type { SessionRow } from '../session.row.js';
import { driveOf } from './plan.presenter.js';
import { tourMap } from './tour-map.js';

/** What has a line of its own in the timeline. */
export const BOARD_LINES = ['team', 'trainer', 'room'] as const;
export type BoardLine = (typeof BOARD_LINES)[number];

/** Beyond so many days the empty ones are left out. */
const MOST_DAYS = 31;
/** Days before the first and after the last stop of a team, to which it can be moved. */
const DAYS_AROUND = 1;

interface Entry {
  line: string;
  date: string;
  text: string;
  href: string;
  /** Where the form goes that moves it to another day. */
  move?: string;
}

/** The board of a tour: map, timeline and table show the same stops. */
export function presentBoard(board: Board, names: ReadonlyMap<string, Words>, by: BoardLine, locale: Locale) {
  const { tour, teams, stops } = board;
  const nameOf = (slug: string): string => {
    const words = names.get(slug);
    return words ? inLanguage(words, locale) : slug;
  };
  return {
    title: inLanguage(tour.name, locale),
    campaign: inLanguage(tour.campaignName, locale),
    isEmpty: stops.length === 0,
    isArchived: tour.archivedAt !== null,
    copyHref: `/${locale}/staff/tours/${tour.id}/copy`,
    archiveAction: `/${locale}/staff/tours/${tour.id}/archive`,
    deleteAction: `/${locale}/staff/tours/${tour.id}/delete`,
    planHref: `/${locale}/staff/tours/${tour.id}/plans/new`,
    importHref: `/${locale}/staff/tours/${tour.id}/stops/import`,
    listHref: `/${locale}/staff/tours`,
    views: BOARD_LINES.map((line) => ({
      href: `/${locale}/staff/tours/${tour.id}?by=${line}`,
      label: t(locale, `tours:board.by.${line}`),
      current: line === by,
    })),
    map: tourMap(
      teams.map(({ team, stops: own, minutes }) => ({
        ...{ name: team.name, home: team.home, minutes },
        stops: own.map(({ citySlug, localDate }) => ({
          city: citySlug,
          label: t(locale, 'tours:board.stopOn', {
            city: nameOf(citySlug),
            day: formatDay(localDate, locale),
          }),
        })),
      })),
      nameOf,
      locale,
    ),
    timeline: timeline(board, by, nameOf, locale),
    ...table(board, nameOf, locale),
  };
}

/** A line for each stop, in the order of time. */
function table(board: Board, nameOf: (slug: string) => string, locale: Locale) {
  const { stops, sessions } = board;
  const sessionsOf = (stopId: string): SessionRow[] =>
    sessions.filter((session) => session.stopId === stopId && session.status !== 'cancelled');
  return {
    columns: ['day', 'city', 'team', 'road', 'sessions', 'change'].map((key) => ({
      label: t(locale, `tours:board.${key}`),
    })),
    rows: stops.map((stop) => {
      const own = sessionsOf(stop.id);
      const before = legTo(board, stop.id);
      return {
        cells: [
          { text: formatDay(stop.localDate, locale) },
          { text: nameOf(stop.citySlug) },
          { text: stop.teamName },
          { text: before ? roadWords(before, nameOf, locale) : '' },
          own.length > 0
            ? {
                text: t(locale, 'tours:tourList.sessions', { count: own.length }),
                href: hrefOf(own[0], stop.id, locale),
              }
            : { text: t(locale, 'tours:staff.add'), href: hrefOf(undefined, stop.id, locale) },
          { text: t(locale, 'tours:board.move'), href: moveHref(stop.id, locale) },
        ],
      };
    }),
  };
}

const moveHref = (stopId: string, locale: Locale): string => `/${locale}/staff/stops/${stopId}/move`;

function hrefOf(session: SessionRow | undefined, stopId: string, locale: Locale): string {
  return session
    ? `/${locale}/staff/sessions/${session.id}`
    : `/${locale}/staff/stops/${stopId}/sessions/new`;
}

/** The way to a stop, from the one before or from home. */
function legTo({ teams }: Board, stopId: string) {
  for (const { team, stops, legs } of teams) {
    const at = stops.findIndex(({ id }) => id === stopId);
    if (at >= 0) return legs[team.home ? at : at - 1];
  }
  return undefined;
}

function roadWords(
  { from, journey }: NonNullable<ReturnType<typeof legTo>>,
  nameOf: (slug: string) => string,
  locale: Locale,
): string {
  if (!journey) return t(locale, 'tours:board.noRoad', { from: nameOf(from) });
  if (journey.minutes === 0) return t(locale, 'tours:board.here');
  const key = journey.estimated ? 'tours:board.roadEstimated' : 'tours:planPage.roadFrom';
  return t(locale, key, { from: nameOf(from), road: driveOf(journey.minutes, locale) });
}

/** A line for each team, trainer or room, a column for each day. */
function timeline(board: Board, by: BoardLine, nameOf: (slug: string) => string, locale: Locale) {
  const entries = by === 'team' ? teamEntries(board, nameOf, locale) : unitEntries(board, by, nameOf, locale);
  const dates = [...new Set(entries.map(({ date }) => date))].sort();
  const movable = by === 'team' && dates.length > 0;
  const around = movable ? DAYS_AROUND : 0;
  const [first, last] = [dates[0], dates.at(-1)].map((day, i) => day && addDays(day, i ? around : -around));
  const span = first && last ? daysBetween(first, last) + 1 : 0;
  const days = first && span <= MOST_DAYS ? Array.from({ length: span }, (_, i) => addDays(first, i)) : dates;
  const lines = by === 'team' ? board.teams.map(({ team }) => team.name) : entries.map(({ line }) => line);
  return {
    caption: t(locale, 'tours:board.timeline'),
    head: t(locale, `tours:board.by.${by}`),
    movable,
    days: days.map((day) => formatDayShort(day, locale)),
    lines: [...new Set(lines)].map((line) => ({
      name: line,
      cells: days.map((date) => ({
        date,
        entries: entries.filter((one) => one.line === line && one.date === date),
      })),
    })),
  };
}

function teamEntries({ stops, sessions }: Board, nameOf: (slug: string) => string, locale: Locale): Entry[] {
  return stops.map(({ id, teamName, localDate, citySlug }) => {
    const session = sessions.find(({ stopId, status }) => stopId === id && status !== 'cancelled');
    return {
      ...{ line: teamName, date: localDate, text: nameOf(citySlug) },
      href: hrefOf(session, id, locale),
      move: moveHref(id, locale),
    };
  });
}

function unitEntries(
  { sessions }: Board,
  by: BoardLine,
  nameOf: (slug: string) => string,
  locale: Locale,
): Entry[] {
  return sessions
    .filter(({ status }) => status !== 'cancelled')
    .flatMap((session) =>
      session.units.flatMap((unit) => {
        const lines =
          by === 'trainer'
            ? unit.trainers.map(({ name }) => name)
            : unit.roomName
              ? [inLanguage(unit.roomName, locale)]
              : [];
        const text = `${unit.localStart}–${unit.localEnd} ${nameOf(session.citySlug)}`;
        const href = hrefOf(session, session.stopId, locale);
        return lines.map((line) => ({ line, date: unit.localDate, text, href }));
      }),
    );
}
