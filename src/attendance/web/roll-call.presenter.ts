import { formatDay, formatInstant, formatPageRange } from '../../shared/clock/format-date.js';
import { cityBySlug, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { foldText, searchKey } from '../../shared/text/fold.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { Mark } from '../presence.js';
import type { RolledSession, RolledUnit } from '../rolled-session.query.js';
import type { RosterRow } from '../roster.query.js';

const MARKS: ReadonlyArray<{ mark: Mark; glyph: string }> = [
  { mark: 'present', glyph: 'check' },
  { mark: 'partial', glyph: 'clock' },
  { mark: 'absent', glyph: 'x' },
];

/** `E-marketing, Tétouan` */
export function titleOf({ course, citySlug }: RolledSession, locale: Locale): string {
  const city = cityBySlug(citySlug);
  return t(locale, 'attendance:session', {
    course: pickText(course, locale).text,
    city: city ? placeName(city.name, locale) : citySlug,
  });
}

/** The half-day that is asked for; else the one that is on, or comes next; else the last. */
export function chooseUnit(
  units: readonly RolledUnit[],
  asked: number | undefined,
  now: Date,
): RolledUnit | undefined {
  return (
    units.find(({ n }) => n === asked) ?? units.find(({ endsAt }) => new Date(endsAt) > now) ?? units.at(-1)
  );
}

/** Everything that a search may hit in a person's names, folded; the page's script compares with the same fold. */
export function keyOf({ nameFr, nameAr }: Pick<RosterRow, 'nameFr' | 'nameAr'>): string {
  const names = [nameFr ?? '', nameAr ?? ''];
  return [...names.map(foldText), ...names.map(searchKey)].join('|');
}

/** True when every word of the query is somewhere in the names. */
export function matches(key: string, query: string): boolean {
  return foldText(query)
    .split(' ')
    .every((word) => key.includes(word));
}

/** A person's name in the reader's script, else in the other. */
export function displayNameOf(
  { nameFr, nameAr }: Pick<RosterRow, 'nameFr' | 'nameAr'>,
  locale: Locale,
): string {
  return (locale === 'ar' ? (nameAr ?? nameFr) : (nameFr ?? nameAr)) ?? '';
}

/** A person's names, the one in the reader's script first. */
export function namesOf(
  { nameFr, nameAr }: Pick<RosterRow, 'nameFr' | 'nameAr'>,
  locale: Locale,
): Array<{ text: string | null; lang: string }> {
  return [
    { text: nameFr, lang: 'fr' },
    { text: nameAr, lang: 'ar' },
  ]
    .sort((one) => (one.lang === locale ? -1 : 0))
    .filter(({ text }) => text);
}

/** The people of the page, with the mark of the chosen half-day. */
function presentPeople(
  sessionId: string,
  rows: readonly RosterRow[],
  unit: RolledUnit,
  locale: Locale,
): object[] {
  return rows.map((row) => {
    const { status, enrolmentId, idSeen } = row;
    const presence = row.presence[unit.id];
    const name = displayNameOf(row, locale);
    return {
      enrolmentId,
      key: keyOf(row),
      name,
      names: namesOf(row, locale),
      codeAction: `/${locale}/staff/sessions/${sessionId}/roster/${enrolmentId}/room-code`,
      badges: [
        ...(status === 'booked' ? [] : [{ kind: 'warn', text: t(locale, 'attendance:roll.withoutSeat') }]),
        ...(presence?.afterClose ? [{ kind: 'info', text: t(locale, 'attendance:roll.afterClose') }] : []),
        ...(idSeen ? [{ kind: 'good', text: t(locale, 'attendance:roll.idSeen') }] : []),
      ],
      mark: presence?.mark ?? '',
      minutes: presence?.mark === 'partial' ? String(presence.minutes) : '',
      marks: MARKS.map(({ mark, glyph }) => ({
        mark,
        glyph,
        tap: `${enrolmentId}:${mark}`,
        label: t(locale, `attendance:mark.${mark}`),
        pressed: presence?.mark === mark ? 'true' : 'false',
      })),
      choices: MARKS.map(({ mark }) => ({
        value: mark,
        label: t(locale, `attendance:mark.${mark}`),
        selected: presence?.mark === mark,
      })),
    };
  });
}

function countsOf(rows: readonly RosterRow[], unit: RolledUnit, locale: Locale): object[] {
  const of = (mark: Mark | undefined): number =>
    rows.filter((row) => row.presence[unit.id]?.mark === mark).length;
  return [
    ...MARKS.map(({ mark }) => ({ mark, count: of(mark), label: t(locale, `attendance:count.${mark}`) })),
    { mark: '', count: of(undefined), label: t(locale, 'attendance:count.unmarked') },
  ];
}

/** The model of the roll-call page. */
export function presentRollCall(
  session: RolledSession,
  rows: readonly RosterRow[],
  unit: RolledUnit,
  { q, locale }: { q: string; locale: Locale },
): object {
  const base = `/${locale}/staff/sessions/${session.sessionId}`;
  const shown = q === '' ? rows : rows.filter((row) => matches(keyOf(row), q));
  const closing = session.closings.at(-1);
  return {
    title: titleOf(session, locale),
    sessionId: session.sessionId,
    action: `${base}/roll-call`,
    api: `/api/v1/sessions/${session.sessionId}/attendance`,
    summaryHref: `${base}/attendance`,
    closeHref: `${base}/close`,
    unit: { n: unit.n, id: unit.id, label: unitLabel(unit, locale) },
    tabs: session.units.map((one) => ({
      label: t(locale, 'attendance:unit', { n: one.n }),
      href: `${base}/roll-call?unit=${one.n}`,
      current: one.n === unit.n,
    })),
    q,
    counts: countsOf(rows, unit, locale),
    people: presentPeople(session.sessionId, shown, unit, locale),
    hasPeople: rows.length > 0,
    isOpen: session.status === 'planned',
    isCancelled: session.status === 'cancelled',
    isPostponed: session.status === 'postponed',
    closedAt: session.closedAt ? formatInstant(session.closedAt, unit.zone, locale) : '',
    reopened: closing?.reopenedAt && {
      at: formatInstant(new Date(closing.reopenedAt), unit.zone, locale),
      by: closing.reopenedBy ?? '',
      reason: closing.reason ?? '',
    },
    consents: (['heard', 'read'] as const).map((value) => ({
      value,
      label: t(locale, `attendance:consent.${value}`),
    })),
  };
}

/** `vendredi 15 janvier 2027, de 9 h à 12 h` */
export function unitLabel({ localDate, localStart, localEnd }: RolledUnit, locale: Locale): string {
  return `${formatDay(localDate, locale)}${locale === 'ar' ? '، ' : ', '}${formatPageRange(localStart, localEnd, locale)}`;
}
