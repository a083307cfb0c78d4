import { formatDay, formatDayShort } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { inLanguage } from '../../campaigns/public.js';
import { seatsGiven, seatsLeft, type SessionRow, type SessionStatus } from '../session.row.js';
import type { SortDirection, SortKey } from '../staff-session.query.js';
import { placeWords, presentVenue } from './session.presenter.js';
import { type BadgeView, daysOf, hoursOf, unitLines } from './session.view.js';

const STATUS_KIND: Readonly<Record<SessionStatus, BadgeView['kind']>> = {
  planned: 'info',
  postponed: 'warn',
  closed: 'neutral',
  cancelled: 'bad',
};

export function statusBadge(status: SessionStatus, locale: Locale): BadgeView {
  return { kind: STATUS_KIND[status], text: t(locale, `tours:status.${status}`) };
}

/** Columns of the table, in order; those with a sort key are links. */
const COLUMNS: ReadonlyArray<{ label: string; sort?: SortKey; kind?: 'number' }> = [
  { label: 'tours:staff.date', sort: 'date' },
  { label: 'tours:staff.hours' },
  { label: 'tours:staff.city', sort: 'city' },
  { label: 'tours:staff.course', sort: 'course' },
  { label: 'tours:staff.team', sort: 'team' },
  { label: 'tours:staff.status' },
  { label: 'tours:staff.booked', sort: 'booked', kind: 'number' },
  { label: 'tours:staff.capacity', kind: 'number' },
  { label: 'tours:staff.left', sort: 'left', kind: 'number' },
  { label: 'tours:staff.waiting', sort: 'waiting', kind: 'number' },
];

/** The heads of the table: pressing the sorted one turns its direction round. */
export function presentColumns(
  locale: Locale,
  sorted: { sort: SortKey; direction: SortDirection },
  hrefOf: (sort: SortKey, direction: SortDirection) => string,
) {
  return COLUMNS.map(({ label, sort, kind }) => {
    const isSorted = sort === sorted.sort;
    const turned = isSorted && sorted.direction === 'asc' ? 'desc' : 'asc';
    return {
      label: t(locale, label),
      ...(kind ? { kind } : {}),
      ...(sort ? { sortHref: hrefOf(sort, turned) } : {}),
      ...(isSorted ? { sorted: sorted.direction === 'asc' ? 'ascending' : 'descending' } : {}),
    };
  });
}

/** A session as a row of the coordinator's table. */
export function presentTableRow(row: SessionRow, locale: Locale) {
  const [first] = row.units;
  const day = first ? `${formatDayShort(first.localDate, locale)} ${first.localDate.slice(0, 4)}` : '';
  const figure = (value: number) => ({ text: formatNumber(value, locale) });
  const cells = [
    { text: day, href: `/${locale}/staff/sessions/${row.id}` },
    { text: `${row.units[0]?.localStart ?? ''}–${row.units.at(-1)?.localEnd ?? ''}` },
    { text: inLanguage(row.cityName, locale) },
    { text: inLanguage(row.course.title, locale) },
    { text: row.teamName },
    { badge: statusBadge(row.status, locale) },
    ...[row.booked, row.capacity, seatsLeft(row), row.waiting].map(figure),
  ];
  return { cells };
}

/** Header and rows of the CSV: the same sessions, figures as plain numbers, days and hours as ISO 8601. */
export function csvOf(rows: readonly SessionRow[], locale: Locale): Array<Array<string | number>> {
  const heads = [
    'date',
    'hours',
    'city',
    'place',
    'course',
    'team',
    'status',
    'booked',
    'capacity',
    'left',
    'waiting',
  ];
  const head = heads.map((key) => t(locale, key === 'place' ? 'tours:session.place' : `tours:staff.${key}`));
  const lines = rows.map((row) => [
    row.units[0]?.localDate ?? '',
    row.units.map(({ localStart, localEnd }) => `${localStart}-${localEnd}`).join(' '),
    inLanguage(row.cityName, locale),
    row.isRemote ? placeWords(row, locale) : (presentVenue(row, locale)?.name ?? ''),
    inLanguage(row.course.title, locale),
    row.teamName,
    t(locale, `tours:status.${row.status}`),
    row.booked,
    row.capacity,
    seatsLeft(row),
    row.waiting,
  ]);
  return [head, ...lines];
}

/** How many seats there are, and how many are given where that is more. */
function sizeWords(row: SessionRow, locale: Locale): string {
  if (row.overbookPercent === 0) return `/ ${formatNumber(row.capacity, locale)}`;
  return t(locale, 'tours:staff.seatsOf', { capacity: row.capacity, seats: seatsGiven(row) });
}

/** A session's page for its staff. */
export function presentStaffSession(
  row: SessionRow,
  siblings: readonly SessionRow[],
  locale: Locale,
  { remoteUrl, ...rights }: { mayManage: boolean; isEditable: boolean; remoteUrl: string | undefined },
) {
  const trainers = [...new Set(row.units.flatMap((unit) => unit.trainers.map(({ name }) => name)))];
  const venue = presentVenue(row, locale);
  const places = [venue?.name, venue?.landmark].filter(Boolean).join(' · ');
  const detail = (key: string, text: string) => ({ term: t(locale, key), text });
  const stopDay = row.units[0]?.localDate;
  return {
    id: row.id,
    stopId: row.stopId,
    courseSlug: row.course.slug,
    title: t(locale, 'tours:session.title', {
      course: inLanguage(row.course.title, locale),
      city: inLanguage(row.cityName, locale),
    }),
    campaign: inLanguage(row.campaignName, locale),
    day: daysOf(row.units, locale),
    badge: statusBadge(row.status, locale),
    units: unitLines(row, locale),
    stats: [
      {
        label: t(locale, 'tours:staff.booked'),
        figure: formatNumber(row.booked, locale),
        of: sizeWords(row, locale),
      },
      { label: t(locale, 'tours:staff.left'), figure: formatNumber(seatsLeft(row), locale) },
      { label: t(locale, 'tours:staff.waiting'), figure: formatNumber(row.waiting, locale) },
    ],
    details: [
      detail('tours:session.place', places || placeWords(row, locale)),
      ...(remoteUrl ? [{ term: t(locale, 'tours:staff.remoteUrl'), text: remoteUrl }] : []),
      detail('tours:staff.trainers', trainers.join(' · ') || t(locale, 'tours:staff.nobody')),
      detail('tours:staff.team', t(locale, 'tours:staff.teamOf', { name: row.teamName })),
      detail('tours:session.language', t(locale, `tours:language.${row.language}`)),
    ],
    reasons: Object.entries(row.softReasons).map(([code, text]) => ({
      code: t(locale, `tours:soft-code.${code}`),
      text,
    })),
    cancelReason: row.cancelReason,
    ...deedsOf(row, rights.isEditable, locale),
    stop: stopDay
      ? t(locale, 'tours:staff.stop', {
          city: inLanguage(row.cityName, locale),
          day: formatDay(stopDay, locale),
        })
      : '',
    siblings: siblings
      .filter(({ id }) => id !== row.id)
      .map((one) => ({
        href: `/${locale}/staff/sessions/${one.id}`,
        label: `${inLanguage(one.course.title, locale)}, ${hoursOf(one.units, locale)}`,
      })),
    ...rights,
  };
}

/** What may be done to the session as it stands. */
function deedsOf(row: SessionRow, isEditable: boolean, locale: Locale) {
  const isPostponed = row.status === 'postponed';
  const unanswered = t(locale, 'tours:staff.postponedUnanswered');
  return {
    ...(isPostponed ? { postponed: row.postponeReason ?? unanswered } : {}),
    editKey: isPostponed ? 'tours:staff.newDate' : 'tours:staff.edit',
    mayPostpone: isEditable && !isPostponed,
    replacing: isEditable && !isPostponed ? replacingOf(row, locale) : [],
  };
}

/** A way to somebody else for each trainer of the session. */
function replacingOf({ id, units }: SessionRow, locale: Locale) {
  const trainers = new Map(units.flatMap((unit) => unit.trainers.map((one) => [one.id, one] as const)));
  return [...trainers.values()].map((trainer) => ({
    href: `/${locale}/staff/sessions/${id}/replacement?trainer=${trainer.id}`,
    label: t(locale, 'tours:replace.link', { name: trainer.name }),
  }));
}
