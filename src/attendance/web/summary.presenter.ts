import { formatInstant } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import type { CorrectionRow, ReviewRow } from '../attendance-log.query.js';
import type { Mark } from '../presence.js';
import type { Roster } from '../roster.service.js';
import type { RolledSession } from '../rolled-session.query.js';
import type { RosterRow } from '../roster.query.js';
import { reviewDetail } from './attendance.presenter.js';
import { titleOf, unitLabel } from './roll-call.presenter.js';

const KINDS: Readonly<Record<Mark, string>> = { present: 'good', partial: 'warn', absent: 'bad' };

interface Logs {
  corrections: readonly CorrectionRow[];
  toReview: readonly ReviewRow[];
  mayReopen: boolean;
}

/** What the page before closing shows: the count of each half-day. */
export function presentClosing({ session, rows }: Roster, locale: Locale): object {
  const base = `/${locale}/staff/sessions/${session.sessionId}`;
  return {
    title: titleOf(session, locale),
    action: `${base}/close`,
    rollCallHref: `${base}/roll-call`,
    isOpen: session.status === 'planned',
    counts: countTable(session, rows, locale),
  };
}

/** The summary of a session's attendance. */
export function presentSummary({ session, rows }: Roster, logs: Logs, locale: Locale): object {
  const base = `/${locale}/staff/sessions/${session.sessionId}`;
  const zone = session.units[0]?.zone ?? 'UTC';
  return {
    title: titleOf(session, locale),
    status: session.status,
    isOpen: session.status === 'planned',
    isClosed: session.status === 'closed',
    isPostponed: session.status === 'postponed',
    closedAt: session.closedAt ? formatInstant(session.closedAt, zone, locale) : '',
    rollCallHref: `${base}/roll-call`,
    closeHref: `${base}/close`,
    reopenAction: logs.mayReopen ? `${base}/reopen` : '',
    stats: statsOf(rows, locale),
    counts: countTable(session, rows, locale),
    people: peopleTable(session, rows, locale),
    corrections: correctionTable(logs.corrections, zone, locale),
    reviews: reviewTable(logs.toReview, zone, locale),
    closings: session.closings.map((one) => ({
      at: formatInstant(new Date(one.closedAt), zone, locale),
      by: one.closedBy ?? '',
      note: one.log,
      reopenedAt: one.reopenedAt ? formatInstant(new Date(one.reopenedAt), zone, locale) : '',
      reopenedBy: one.reopenedBy ?? '',
      reason: one.reason ?? '',
    })),
  };
}

function statsOf(rows: readonly RosterRow[], locale: Locale): object[] {
  const minutes = (row: RosterRow): number =>
    Object.values(row.presence).reduce((sum, { minutes: one }) => sum + one, 0);
  const attended = rows.filter((row) => Object.values(row.presence).some(({ mark }) => mark !== 'absent'));
  const hours = rows.reduce((sum, row) => sum + minutes(row), 0) / 60;
  const booked = rows.filter(({ status }) => status === 'booked').length;
  return [
    { label: t(locale, 'attendance:summary.booked'), figure: formatNumber(booked, locale) },
    { label: t(locale, 'attendance:summary.attended'), figure: formatNumber(attended.length, locale) },
    {
      label: t(locale, 'attendance:summary.hours'),
      figure: formatNumber(Math.round(hours * 10) / 10, locale),
    },
  ];
}

function countTable({ units }: RolledSession, rows: readonly RosterRow[], locale: Locale): object {
  const marks: Array<Mark | undefined> = ['present', 'partial', 'absent', undefined];
  return {
    columns: [
      { label: t(locale, 'attendance:summary.unit') },
      ...marks.map((mark) => ({
        label: t(locale, `attendance:count.${mark ?? 'unmarked'}`),
        kind: 'number',
      })),
    ],
    rows: units.map((unit) => ({
      cells: [
        { text: unitLabel(unit, locale) },
        ...marks.map((mark) => ({
          text: formatNumber(rows.filter((row) => row.presence[unit.id]?.mark === mark).length, locale),
        })),
      ],
    })),
  };
}

function peopleTable({ units }: RolledSession, rows: readonly RosterRow[], locale: Locale): object {
  return {
    columns: [
      { label: t(locale, 'attendance:summary.person') },
      ...units.map(({ n }) => ({ label: t(locale, 'attendance:unit', { n }) })),
    ],
    rows: rows.map((row) => ({
      cells: [
        { text: nameIn(row, locale) },
        ...units.map(({ id }) => presenceCell(row.presence[id], locale)),
      ],
    })),
  };
}

function presenceCell(presence: RosterRow['presence'][string] | undefined, locale: Locale): object {
  if (!presence) return { text: t(locale, 'attendance:summary.unmarked') };
  const { mark, minutes, afterClose } = presence;
  const said = t(locale, `attendance:mark.${mark}`);
  const length = mark === 'partial' ? t(locale, 'attendance:summary.minutes', { minutes }) : undefined;
  const late = afterClose ? t(locale, 'attendance:roll.afterClose') : undefined;
  return { badge: { kind: KINDS[mark], text: [said, length, late].filter(Boolean).join(' · ') } };
}

function correctionTable(rows: readonly CorrectionRow[], zone: string, locale: Locale): object {
  const words = ['at', 'person', 'unit', 'mark', 'reason', 'by'] as const;
  return {
    isEmpty: rows.length === 0,
    columns: words.map((word) => ({ label: t(locale, `attendance:summary.${word}`) })),
    rows: rows.map((row) => ({
      cells: [
        { text: formatInstant(row.at, zone, locale) },
        { text: nameIn(row, locale) },
        { text: row.unit === null ? '' : t(locale, 'attendance:unit', { n: row.unit }) },
        { badge: { kind: KINDS[row.mark], text: t(locale, `attendance:mark.${row.mark}`) } },
        { text: row.reason ?? '–' },
        { text: row.recordedBy ?? '' },
      ],
    })),
  };
}

function reviewTable(rows: readonly ReviewRow[], zone: string, locale: Locale): object {
  const words = ['at', 'person', 'why', 'counted', 'by'] as const;
  return {
    isEmpty: rows.length === 0,
    columns: words.map((word) => ({ label: t(locale, `attendance:summary.${word}`) })),
    rows: rows.map((row) => {
      const why = row.review ?? row.flag;
      const counts = row.review === null;
      return {
        cells: [
          { text: formatInstant(row.at, zone, locale) },
          { text: nameIn(row, locale) || (row.walkIn ?? '–') },
          { text: why ? reviewDetail(why, row.facts ?? {}, locale) : '' },
          {
            badge: {
              kind: counts ? 'good' : 'warn',
              text: t(locale, `attendance:summary.${counts ? 'yes' : 'no'}`),
            },
          },
          { text: row.recordedBy ?? '' },
        ],
      };
    }),
  };
}

function nameIn(
  { nameFr, nameAr }: { nameFr: string | null; nameAr: string | null },
  locale: Locale,
): string {
  return (locale === 'ar' ? (nameAr ?? nameFr) : (nameFr ?? nameAr)) ?? '';
}
