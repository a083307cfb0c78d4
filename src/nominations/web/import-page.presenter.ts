import { inLanguage } from '../../campaigns/public.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PAGE_SIZE } from '../../shared/paging/cursor.js';
import { MAX_COLUMNS, MAX_ROWS } from '../../shared/tables/table-limits.js';
import { columnsProblem, IMPORT_FIELDS } from '../import-columns.js';
import { type Outcome, OUTCOMES } from '../import-judge.js';
import type { ImportRecord, ImportRow } from '../import.store.js';
import { nextOf, undoUntil } from './import.presenter.js';
import type { CampaignPlace } from './nomination.gate.js';

const BADGES: Readonly<Record<Outcome, string>> = {
  create: 'good',
  update: 'info',
  same: 'neutral',
  error: 'bad',
};

const at = (instant: Date, locale: Locale): string => formatInstant(instant, DEFAULT_ZONE, locale);

function total({ counts }: ImportRecord): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** The page of a campaign's people: the form for a file, the files to fetch, the imports of late. */
export function presentPeoplePage(
  campaign: CampaignPlace,
  recent: readonly ImportRecord[],
  locale: Locale,
  error: string | undefined,
): object {
  const file = (format: string): string =>
    `/api/v1/people/export?campaign=${campaign.slug}&format=${format}&lang=${locale}`;
  return {
    campaign: inLanguage(campaign.name, locale),
    action: `/${locale}/staff/campaigns/${campaign.slug}/people`,
    error,
    limits: t(locale, 'nominations:send.hint', { rows: MAX_ROWS, columns: MAX_COLUMNS }),
    csvHref: file('csv'),
    xlsxHref: file('xlsx'),
    columns: ['when', 'state', 'rows'].map((name) => ({ label: t(locale, `nominations:recent.${name}`) })),
    rows: recent.map((record) => ({
      cells: [
        { text: at(record.createdAt, locale), href: `/${locale}/staff/imports/${record.id}` },
        { text: t(locale, `nominations:state.${record.state}`) },
        { text: String(total(record)) },
      ],
    })),
  };
}

interface ImportPageState {
  campaign: CampaignPlace;
  record: ImportRecord;
  /** One more than a page, where there are. */
  rows: readonly ImportRow[];
  outcome: Outcome | undefined;
  cursor: string;
  error: string | undefined;
}

function presentRow(
  { n, cells, outcome, problems, notes }: ImportRow,
  columns: readonly number[],
  locale: Locale,
): object {
  const sentences = [...problems, ...notes].map((one) => fieldDetail(locale, one));
  return {
    cells: [
      { text: String(n) },
      { badge: { kind: BADGES[outcome], text: t(locale, `nominations:outcome.${outcome}`) } },
      { text: [...new Set(sentences)].join(' ') },
      ...columns.map((column) => ({ text: cells[column] ?? '' })),
    ],
  };
}

function presentColumns({ header, columns }: ImportRecord, locale: Locale): object[] {
  return header.map((heading, column) => ({
    name: `column-${column}`,
    label: heading.trim() === '' ? t(locale, 'nominations:import.unnamed', { n: column + 1 }) : heading,
    options: [
      { value: '', label: t(locale, 'nominations:import.unread'), selected: !columns[column] },
      ...IMPORT_FIELDS.map((field) => ({
        value: field,
        label: t(locale, `nominations:column.${field}`),
        selected: columns[column] === field,
      })),
    ],
  }));
}

/** The page of one import. */
export function presentImportPage(state: ImportPageState, locale: Locale): object {
  const { campaign, record, rows, outcome, cursor, error } = state;
  const { header, columns, counts } = record;
  const base = `/${locale}/staff/imports/${record.id}`;
  const address = (query: Record<string, string | undefined>): string => {
    const known = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
    return known.length === 0 ? base : `${base}?${new URLSearchParams(known).toString()}`;
  };
  const isOpen = record.state === 'preview';
  const problem = isOpen ? columnsProblem(columns) : undefined;
  const until = undoUntil(record);
  const next = nextOf(rows, PAGE_SIZE);
  // What is read comes first; a file has up to fifty columns, and a page is for looking at people.
  const read = header.flatMap((_, column) => (columns[column] ? [column] : []));
  return {
    base,
    error: error ?? (problem && fieldDetail(locale, { pointer: '/columns', code: problem.code })),
    campaign: inLanguage(campaign.name, locale),
    backHref: `/${locale}/staff/campaigns/${campaign.slug}/people`,
    stateTitle: t(locale, `nominations:state.${record.state}`),
    stateText: t(locale, `nominations:stateText.${record.state}`, { until: until ? at(until, locale) : '' }),
    stateKind: record.state === 'applied' || record.state === 'kept' ? 'good' : 'info',
    isOpen,
    mayConfirm: isOpen && !problem,
    hasErrors: counts.error > 0,
    mayTakeValid: counts.error > 0 && counts.create + counts.update + counts.same > 0,
    mayUndo: record.state === 'applied',
    hasRows: header.length > 0,
    validLabel: t(locale, 'nominations:import.valid', { count: counts.create + counts.update + counts.same }),
    errorsHref: `/api/v1/people/imports/${record.id}/errors.csv?lang=${locale}`,
    fields: isOpen ? presentColumns(record, locale) : [],
    fieldsOpen: problem !== undefined,
    stats: OUTCOMES.map((one) => ({
      label: t(locale, `nominations:count.${one}`),
      figure: String(counts[one]),
    })),
    tabs: [undefined, ...OUTCOMES].map((one) => ({
      label: t(locale, one ? `nominations:count.${one}` : 'nominations:count.all'),
      href: address({ outcome: one }),
      current: one === outcome,
    })),
    columns: [
      ...['n', 'does', 'why'].map((name) => ({ label: t(locale, `nominations:import.${name}`) })),
      ...read.map((column) => ({ label: t(locale, `nominations:column.${columns[column] ?? 'id'}`) })),
    ],
    rows: rows.slice(0, PAGE_SIZE).map((row) => presentRow(row, read, locale)),
    shown: t(locale, 'nominations:import.shown', { count: Math.min(rows.length, PAGE_SIZE) }),
    firstHref: cursor === '' ? null : address({ outcome }),
    nextHref: next === null ? null : address({ outcome, cursor: next }),
  };
}
