import { formatDayShort } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { CERTIFICATE_STATUSES, type CertificateRow } from '../certificate.js';
import type { CampaignPlace, Named, SessionChoice } from '../certificate-scope.query.js';
import { inReader, printedDay } from '../printed-words.js';
import { statusBadge } from './my-certificates.presenter.js';

/** A name in the reader's language, French where there is no English one. */
export function named(name: Named, locale: Locale): string {
  return name[locale] ?? name.fr;
}

interface Cell {
  text?: string;
  href?: string;
  badge?: { kind: string; text: string };
}

interface Choice {
  value: string;
  label: string;
}

/** The list of a campaign's certificates and the form that issues more. */
export interface StaffListView {
  campaign: string;
  base: string;
  mayIssue: boolean;
  tabs: Array<{ label: string; href: string; current: boolean }>;
  search: string;
  status: string;
  columns: Array<{ label: string; kind?: 'number' }>;
  rows: Array<{ cells: Cell[] }>;
  shown: string;
  firstHref: string | null;
  nextHref: string | null;
  scopes: Choice[];
}

interface ListState {
  campaign: CampaignPlace;
  rows: readonly CertificateRow[];
  next: string | null;
  search: string;
  status: string;
  cursor: string;
  mayIssue: boolean;
  sessions: readonly SessionChoice[];
}

function scopesOf(sessions: readonly SessionChoice[], locale: Locale): Choice[] {
  const courses = new Map(sessions.map(({ courseId, course }) => [courseId, named(course, locale)]));
  return [
    { value: 'all', label: t(locale, 'certificates:staff.scopeAll') },
    ...[...courses].map(([id, title]) => ({ value: `course:${id}`, label: title })),
    ...sessions.map((session) => ({
      value: `session:${session.id}`,
      label: [
        named(session.city, locale),
        formatDayShort(session.localDate, locale),
        named(session.course, locale),
      ].join(' · '),
    })),
  ];
}

function rowOf(row: CertificateRow, locale: Locale): { cells: Cell[] } {
  const { name, course, city, issuedOn } = row.frozen;
  const [first, second] = locale === 'ar' ? [name.ar, name.fr] : [name.fr, name.ar];
  return {
    cells: [
      { text: first ?? second ?? '', href: `/${locale}/staff/certificates/${row.code}` },
      { badge: statusBadge(row.status, locale) },
      { text: inReader(course, locale) },
      { text: city ? inReader(city, locale) : '' },
      { text: printedDay(issuedOn, locale) },
      { text: row.serial },
    ],
  };
}

/** The staff's page of a campaign's certificates. */
export function presentStaffList(state: ListState, locale: Locale): StaffListView {
  const { campaign, search, status, cursor, next } = state;
  const base = `/${locale}/staff/campaigns/${campaign.slug}/certificates`;
  const address = (changes: Record<string, string>): string => {
    const query = new URLSearchParams(
      Object.entries({ q: search, status, ...changes }).filter(([, value]) => value !== ''),
    ).toString();
    return query === '' ? base : `${base}?${query}`;
  };
  const labels = [
    'staff.holder',
    'staff.state',
    'check.course',
    'check.city',
    'check.issued',
    'check.serial',
  ];
  return {
    campaign: named(campaign.name, locale),
    base,
    mayIssue: state.mayIssue,
    tabs: ['', ...CERTIFICATE_STATUSES].map((one) => ({
      label: t(locale, one === '' ? 'certificates:staff.all' : `certificates:check.${one}`),
      href: address({ status: one }),
      current: one === status,
    })),
    search,
    status,
    columns: labels.map((label) => ({
      label: t(locale, `certificates:${label}`),
      ...(label === 'check.serial' ? { kind: 'number' as const } : {}),
    })),
    rows: state.rows.map((row) => rowOf(row, locale)),
    shown: t(locale, 'certificates:staff.shown', { count: state.rows.length }),
    firstHref: cursor === '' ? null : address({}),
    nextHref: next ? address({ cursor: next }) : null,
    scopes: state.mayIssue ? scopesOf(state.sessions, locale) : [],
  };
}
