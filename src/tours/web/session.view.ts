import { formatDay, formatPageRange } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage, isEnrolmentOpen } from '../../campaigns/public.js';
import { seatsLeft, type SessionRow, type UnitRow } from '../session.row.js';
import { placeWords, presentVenue } from './session.presenter.js';

/** A badge of the design system. */
export interface BadgeView {
  kind: 'good' | 'warn' | 'bad' | 'info' | 'neutral';
  text: string;
}

/** What can be said of the seats at an instant, in one badge. */
export function seatsBadge(row: SessionRow, locale: Locale, now: Date): BadgeView {
  if (row.status === 'cancelled') return { kind: 'bad', text: t(locale, 'tours:seats.cancelled') };
  if (row.status === 'postponed') return { kind: 'warn', text: t(locale, 'tours:seats.postponed') };
  if (row.status === 'closed' || row.endsAt <= now)
    return { kind: 'neutral', text: t(locale, 'tours:seats.over') };
  const left = seatsLeft(row);
  if (left === 0) return { kind: 'warn', text: t(locale, 'tours:seats.full') };
  return { kind: 'good', text: t(locale, 'tours:seats.left', { count: left }) };
}

/** `mardi 26 janvier 2027`; a session of several days names the first and the last. */
export function daysOf(units: readonly UnitRow[], locale: Locale): string {
  const days = [...new Set(units.map(({ localDate }) => localDate))];
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return first === last
    ? formatDay(first, locale)
    : `${formatDay(first, locale)} – ${formatDay(last, locale)}`;
}

/** The hours of each half-day, one after the other. */
export function hoursOf(units: readonly UnitRow[], locale: Locale): string {
  return [
    ...new Set(units.map(({ localStart, localEnd }) => formatPageRange(localStart, localEnd, locale))),
  ].join(' · ');
}

/** From the first start to the last end: what one must know before looking closer. */
export function wholeDay(units: readonly UnitRow[], locale: Locale): string {
  const [first, last] = [units[0], units.at(-1)];
  return first && last ? formatPageRange(first.localStart, last.localEnd, locale) : '';
}

/** A session as a card of the public list. */
export function presentCard(row: SessionRow, locale: Locale, now: Date) {
  return {
    title: inLanguage(row.cityName, locale),
    href: `/${locale}/sessions/${row.id}`,
    course: inLanguage(row.course.title, locale),
    day: daysOf(row.units, locale),
    hours: wholeDay(row.units, locale),
    place: placeWords(row, locale),
    badge: seatsBadge(row, locale, now),
  };
}

/** The public page of a session. */
export function presentSessionPage(row: SessionRow, locale: Locale, now: Date, origin: string) {
  const city = inLanguage(row.cityName, locale);
  const course = inLanguage(row.course.title, locale);
  const venue = presentVenue(row, locale);
  const isPostponed = row.status === 'postponed';
  const day = isPostponed ? t(locale, 'tours:session.dateToCome') : daysOf(row.units, locale);
  const isOver = row.status === 'closed' || row.endsAt <= now;
  const mayBook = row.status === 'planned' && row.startsAt > now && isEnrolmentOpen(row, now);
  const link = `${origin}/${locale}/sessions/${row.id}`;
  const share = t(locale, 'tours:session.shareText', { course, city, day, link });
  return {
    id: row.id,
    city,
    course,
    day,
    units: isPostponed ? [] : unitLines(row, locale),
    venue,
    noVenue: t(locale, row.isRemote ? 'tours:session.remoteText' : 'tours:session.placeLater'),
    badge: seatsBadge(row, locale, now),
    state: stateOf(row, { isOver, mayBook }),
    bookLabel: t(locale, seatsLeft(row) === 0 ? 'tours:session.queue' : 'tours:session.book'),
    details: [
      { term: t(locale, 'tours:session.course'), text: course },
      { term: t(locale, 'tours:session.language'), text: t(locale, `tours:language.${row.language}`) },
      { term: t(locale, 'tours:session.campaign'), text: inLanguage(row.campaignName, locale) },
      ...(venue?.id
        ? [
            {
              term: t(locale, 'tours:session.wheelchair'),
              text: t(
                locale,
                venue.wheelchair ? 'tours:session.wheelchairYes' : 'tours:session.wheelchairNo',
              ),
            },
          ]
        : []),
    ],
    shareHref: `https://wa.me/?text=${encodeURIComponent(share)}`,
  };
}

function stateOf(
  { status }: SessionRow,
  { isOver, mayBook }: { isOver: boolean; mayBook: boolean },
): 'cancelled' | 'postponed' | 'over' | 'open' | 'shut' {
  if (status === 'cancelled' || status === 'postponed') return status;
  if (isOver) return 'over';
  return mayBook ? 'open' : 'shut';
}

/** Each half-day with its day where they differ, and its room. */
export function unitLines(row: SessionRow, locale: Locale): Array<{ when: string; room: string }> {
  const severalDays = new Set(row.units.map(({ localDate }) => localDate)).size > 1;
  return row.units.map((unit) => ({
    when: [
      severalDays ? formatDay(unit.localDate, locale) : '',
      formatPageRange(unit.localStart, unit.localEnd, locale),
    ]
      .filter(Boolean)
      .join(', '),
    room: unit.roomName ? inLanguage(unit.roomName, locale) : '',
  }));
}
