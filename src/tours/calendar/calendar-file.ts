import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage } from '../../campaigns/public.js';
import { seatsGiven, type SessionRow, type UnitRow } from '../session.row.js';
import type { FeedRow } from './feed.query.js';

/** How often calendars are asked to read again, in seconds. */
const REFRESH_SECONDS = 3600;

/** Text without the control characters that iCalendar does not allow; line ends stay. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '');
}

/** The room, the venue with what it lies beside, or the place by text, and the city. */
function placeOf(session: SessionRow, unit: UnitRow, locale: Locale): string {
  const { venue, venueNote } = session;
  const landmark = venue && inLanguage(venue.landmark, locale);
  const parts = [
    unit.roomName && inLanguage(unit.roomName, locale),
    venue && inLanguage(venue.name, locale) + (landmark ? ` (${landmark})` : ''),
    venueNote,
    session.isRemote && t(locale, 'tours:session.remote'),
    inLanguage(session.cityName, locale),
  ];
  return parts.filter(Boolean).join(locale === 'ar' ? '، ' : ', ');
}

// No trainee is named, and nothing is said in somebody's own words: an address in a telephone may be read by many.
function describe(session: SessionRow, unit: UnitRow, locale: Locale, href: string): string {
  const trainers = unit.trainers.map(({ name }) => name).join(locale === 'ar' ? '، ' : ', ');
  const seats = { booked: session.booked, seats: seatsGiven(session) };
  return [
    `${inLanguage(session.course.title, locale)}, ${t(locale, `tours:language.${session.language}`)}`,
    t(locale, 'tours:calendar.hours', { from: unit.localStart, to: unit.localEnd }),
    t(locale, 'tours:calendar.team', { team: session.teamName }),
    trainers && t(locale, 'tours:calendar.trainers', { trainers }),
    t(locale, 'tours:calendar.booked', seats),
    href,
  ]
    .filter(Boolean)
    .join('\n');
}

const TITLES: Readonly<Partial<Record<SessionRow['status'], string>>> = {
  cancelled: 'titleCancelled',
  postponed: 'titlePostponed',
};

/** The local hour comes first: it is right also in a telephone whose zone data are older than the last decree. */
function titleOf(session: SessionRow, unit: UnitRow, locale: Locale): string {
  const params = {
    start: unit.localStart,
    course: inLanguage(session.course.title, locale),
    city: inLanguage(session.cityName, locale),
    n: unit.n,
    count: session.units.length,
  };
  return t(
    locale,
    `tours:calendar.${TITLES[session.status] ?? (params.count > 1 ? 'titleOf' : 'title')}`,
    params,
  );
}

/** What the calendar is called in the telephone. */
export function calendarName({ kind, accountName, tourName, language }: FeedRow): string {
  const name = kind === 'tour' && tourName ? inLanguage(tourName, language) : accountName;
  return t(language, 'tours:calendar.name', { name });
}

/**
 * The half-days of a feed as iCalendar text (RFC 5545), one event each. Instants are in UTC, so that no zone data are
 * needed; an event keeps its UID when it moves or is called off, and its SEQUENCE grows.
 *
 * @param site address of the installation
 */
export function calendarFile(feed: FeedRow, sessions: readonly SessionRow[], site: string): string {
  const { language } = feed;
  const calendar = ical({
    name: calendarName(feed),
    prodId: { company: 'Qafila', product: 'Sessions', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const session of sessions) {
    // Nobody need be anywhere at the day that a postponed session had.
    const isCancelled = session.status === 'cancelled' || session.status === 'postponed';
    const href = `${site}/${language}/staff/sessions/${session.id}`;
    for (const unit of session.units) {
      if (feed.kind === 'trainer' && !unit.trainers.some(({ id }) => id === feed.accountId)) continue;
      calendar.createEvent({
        id: `${unit.id}@qafila`,
        sequence: session.revision,
        stamp: session.changedAt,
        lastModified: session.changedAt,
        start: new Date(unit.startsAt),
        end: new Date(unit.endsAt),
        summary: printable(titleOf(session, unit, language)),
        location: printable(placeOf(session, unit, language)),
        description: printable(describe(session, unit, language, href)),
        url: href,
        status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
        transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      });
    }
  }
  return calendar.toString();
}
