import { cityNamed } from '../../shared/geography/city-names.js';
import { searchKey } from '../../shared/text/fold.js';
import type { TableRow } from '../../shared/tables/table-limits.js';
import { type StopField, stopColumns } from './stop-columns.js';
import { readDay } from './stop-day.js';

/** A stop that a row asks for. */
export interface ImportedStop {
  localDate: string;
  city: string;
  teamId: string;
}

/** What becomes of a row: a new stop, one that is there already, or nothing. */
export const STOP_OUTCOMES = ['new', 'there', 'error'] as const;
export type StopOutcome = (typeof STOP_OUTCOMES)[number];

export interface StopProblem {
  field: StopField;
  code: string;
  params?: Readonly<Record<string, string>>;
}

export interface StopLine {
  /** Number of the row as a spreadsheet shows it, from 1. */
  n: number;
  /** The cells as they were written. */
  written: Record<StopField, string>;
  outcome: StopOutcome;
  problems: StopProblem[];
  /** Unless something is wrong. */
  stop?: ImportedStop;
}

/** The tour as it is. */
export interface TourThere {
  teams: ReadonlyArray<{ id: string; name: string }>;
  stops: ReadonlyArray<{ teamId: string; citySlug: string; localDate: string }>;
}

/** Columns without which a table says nothing of stops: the team may be left out where there is one only. */
export function missingColumns(header: readonly string[], { teams }: Pick<TourThere, 'teams'>): StopField[] {
  const places = stopColumns(header);
  const needed: StopField[] = teams.length === 1 ? ['date', 'city'] : ['date', 'city', 'team'];
  return needed.filter((field) => places[field] === undefined);
}

/** Says of each row which stop it makes, or what is wrong with it. Pure. */
export function judgeStops(
  header: readonly string[],
  rows: readonly TableRow[],
  tour: TourThere,
): StopLine[] {
  const places = stopColumns(header);
  const cell = (row: TableRow, field: StopField): string => (row.cells[places[field] ?? -1] ?? '').trim();
  const there = new Set(
    tour.stops.map(({ teamId, citySlug, localDate }) => keyOf({ teamId, city: citySlug, localDate })),
  );
  const seen = new Set<string>();
  return rows.map((row) => {
    const written = { date: cell(row, 'date'), city: cell(row, 'city'), team: cell(row, 'team') };
    const { stop, problems } = readStop(written, tour.teams);
    if (!stop) return { n: row.n, written, outcome: 'error', problems };
    const key = keyOf(stop);
    if (there.has(key)) return { n: row.n, written, outcome: 'there', problems, stop };
    if (seen.has(key))
      return { n: row.n, written, outcome: 'error', problems: [{ field: 'city', code: 'repeated' }] };
    seen.add(key);
    return { n: row.n, written, outcome: 'new', problems, stop };
  });
}

function readStop(
  { date, city, team }: Record<StopField, string>,
  teams: TourThere['teams'],
): { stop?: ImportedStop; problems: StopProblem[] } {
  const day = date === '' ? { problem: 'required' } : readDay(date);
  const slug = cityNamed(city);
  const own = teamOf(team, teams);
  const problems: StopProblem[] = [];
  if (!('value' in day)) problems.push({ field: 'date', code: day.problem });
  if (slug === undefined) problems.push({ field: 'city', code: city === '' ? 'required' : 'city-unknown' });
  if (!own) {
    const params = { teams: teams.map(({ name }) => name).join(', ') };
    problems.push({ field: 'team', code: 'team-unknown', params });
  }
  const isWhole = 'value' in day && slug !== undefined && own !== undefined;
  return isWhole ? { stop: { localDate: day.value, city: slug, teamId: own.id }, problems } : { problems };
}

/** `Équipe A` is team A; nothing is the only team. */
function teamOf(text: string, teams: TourThere['teams']): TourThere['teams'][number] | undefined {
  if (text === '') return teams.length === 1 ? teams[0] : undefined;
  const bare = searchKey(text.replace(/^\s*(équipe|equipe|team|الفريق|فريق)\s+/iu, ''));
  return teams.find(({ name }) => [searchKey(text), bare].includes(searchKey(name)));
}

const keyOf = ({ teamId, city, localDate }: ImportedStop): string => `${teamId} ${city} ${localDate}`;
