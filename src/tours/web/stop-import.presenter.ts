import { formatDay } from '../../shared/clock/format-date.js';
import { fieldDetail } from '../../shared/errors/field-detail.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { MAX_COLUMNS } from '../../shared/tables/table-limits.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import { type ImportedStop, STOP_OUTCOMES, type StopLine } from '../stop-import/stop-judge.js';
import { MAX_STOP_ROWS } from '../stop-import/stop-import.service.js';
import type { TeamRow, TourRow } from '../tour.query.js';

export interface StopImportPage {
  tour: TourRow;
  teams: readonly TeamRow[];
  cities: ReadonlyMap<string, Words>;
  /** Of the file that was read. */
  lines?: readonly StopLine[];
  /** Why nothing was read or written, in words. */
  error?: string;
}

const BADGES = { new: 'good', there: 'neutral', error: 'bad' } as const;

/** A field of the form that brings a looked-at stop back. */
export const stopValue = ({ localDate, city, teamId }: ImportedStop): string =>
  `${localDate} ${city} ${teamId}`;

/** @returns undefined for what no page of ours sent */
export function stopOfValue(value: string): ImportedStop | undefined {
  const [localDate, city, teamId, ...more] = value.split(' ');
  return localDate && city && teamId && more.length === 0 ? { localDate, city, teamId } : undefined;
}

/** The page of an import: the form for a file, then what each row would do. */
export function presentStopImport({ tour, teams, cities, lines, error }: StopImportPage, locale: Locale) {
  const base = `/${locale}/staff/tours/${tour.id}`;
  const fresh = (lines ?? []).flatMap(({ outcome, stop }) => (outcome === 'new' && stop ? [stop] : []));
  return {
    title: t(locale, 'tours:stopImport.title'),
    tour: inLanguage(tour.name, locale),
    action: `${base}/stops/import`,
    confirmAction: `${base}/stops/import/confirm`,
    backHref: base,
    error,
    hint: t(locale, 'tours:stopImport.hint', { rows: MAX_STOP_ROWS, columns: MAX_COLUMNS }),
    teams: t(locale, 'tours:stopImport.teams', { teams: teams.map(({ name }) => name).join(', ') }),
    isRead: lines !== undefined,
    counts: STOP_OUTCOMES.map((outcome) => ({
      figure: (lines ?? []).filter((line) => line.outcome === outcome).length,
      label: t(locale, `tours:stopImport.count.${outcome}`),
    })),
    stops: fresh.map(stopValue),
    save: t(locale, 'tours:stopImport.save', { count: fresh.length }),
    hasErrors: (lines ?? []).some(({ outcome }) => outcome === 'error'),
    columns: ['row', 'day', 'city', 'team', 'outcome'].map((key) => ({
      label: t(locale, `tours:stopImport.${key}`),
    })),
    rows: (lines ?? []).map((line) => ({ cells: cellsOf(line, { teams, cities }, locale) })),
  };
}

function cellsOf(
  { n, written, outcome, problems, stop }: StopLine,
  { teams, cities }: Pick<StopImportPage, 'teams' | 'cities'>,
  locale: Locale,
) {
  const words = stop && cities.get(stop.city);
  const why = problems.map(({ field, code, params = {} }) =>
    fieldDetail(locale, { pointer: `/rows/${n}/${field}`, code, params }),
  );
  return [
    { text: String(n) },
    { text: stop ? formatDay(stop.localDate, locale) : written.date },
    { text: words ? inLanguage(words, locale) : written.city },
    { text: teams.find(({ id }) => id === stop?.teamId)?.name ?? written.team },
    outcome === 'error'
      ? { text: why.join(' ') }
      : { badge: { kind: BADGES[outcome], text: t(locale, `tours:stopImport.count.${outcome}`) } },
  ];
}
