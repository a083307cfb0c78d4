import { comparePersonNames, formatPhone } from '../people/public.js';
import { fieldDetail } from '../shared/errors/problem.js';
import { cityBySlug, communeByCode, placeName } from '../shared/geography/geography.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import { textOf } from '../shared/tables/cell-text.js';
import { MAX_COLUMNS } from '../shared/tables/table-limits.js';
import { IMPORT_FIELDS, type ImportField } from './import-columns.js';
import type { ImportRow } from './import.store.js';
import type { SeenPerson } from './seen-people.query.js';

/** Columns of an export: those that an import reads, under headings that it knows. */
const headings = (locale: Locale): string[] =>
  IMPORT_FIELDS.map((field) => t(locale, `nominations:column.${field}`));

function communeText(code: string | null, locale: Locale): string {
  const commune = code === null ? undefined : communeByCode(code);
  // Several communes have one name; the code says which.
  return commune ? `${placeName(commune.name, locale)} (${commune.code})` : '';
}

function cellsOf({ personId, phones, copy }: SeenPerson, locale: Locale): Record<ImportField, string> {
  const word = (kind: 'category' | 'sector', value: string | null): string =>
    value === null ? '' : t(locale, `people:${kind}.${value}`);
  const city = copy.citySlug === null ? undefined : cityBySlug(copy.citySlug);
  return {
    id: personId,
    phone: phones[0] === undefined ? '' : formatPhone(phones[0]),
    givenFr: copy.givenFr ?? '',
    familyFr: copy.familyFr ?? '',
    givenAr: copy.givenAr ?? '',
    familyAr: copy.familyAr ?? '',
    gender: copy.gender === 'unspecified' ? '' : t(locale, `nominations:gender.${copy.gender}`),
    birthYear: copy.birthYear === null ? '' : String(copy.birthYear),
    commune: communeText(copy.communeCode, locale),
    city: city ? placeName(city.name, locale) : '',
    category: word('category', copy.category),
    sector: word('sector', copy.sector),
    language: t(locale, `nominations:language.${copy.language}`),
  };
}

/** Headings and one line a person, by name in the reader's language. */
export function peopleTable(people: readonly SeenPerson[], locale: Locale): string[][] {
  const compare = comparePersonNames(locale);
  const sorted = [...people].sort((a, b) => compare(a.name, b.name) || (a.personId < b.personId ? -1 : 1));
  const lines = sorted.map((person) => {
    const cells = cellsOf(person, locale);
    return IMPORT_FIELDS.map((field) => cells[field]);
  });
  return [headings(locale), ...lines];
}

/** The rows that cannot be taken, as they came, with what is wrong in a last column that an import passes over. */
export function errorTable(
  header: readonly string[],
  rows: readonly ImportRow[],
  locale: Locale,
): string[][] {
  const width = Math.max(header.length, ...rows.map(({ cells }) => cells.length));
  const hasReason = width < MAX_COLUMNS;
  const line = (cells: readonly string[], reason: string): string[] => [
    ...Array.from({ length: width }, (_, at) => textOf(cells[at] ?? '')),
    ...(hasReason ? [reason] : []),
  ];
  return [
    line(header, t(locale, 'nominations:reason')),
    ...rows.map(({ cells, problems }) =>
      line(cells, problems.map((one) => fieldDetail(locale, one)).join(' ')),
    ),
  ];
}
