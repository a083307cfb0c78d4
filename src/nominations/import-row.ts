import {
  type Category,
  checkPersonName,
  type Gender,
  parsePhone,
  type PersonName,
  type Sector,
} from '../people/public.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { isUuid } from '../shared/new-id.js';
import { textOf } from '../shared/tables/cell-text.js';
import type { ImportColumns, ImportField } from './import-columns.js';
import * as values from './import-values.js';

/** What a row says of somebody; what it says nothing of is left out, and stays as it is. */
export interface Candidate {
  id?: string;
  phone?: { e164: string; sms: boolean };
  name?: PersonName;
  gender?: Gender;
  birthYear?: number;
  communeCode?: string;
  citySlug?: string;
  category?: Category;
  sector?: Sector;
  language?: Locale;
}

/** A row as it was read: `problems` keep it from being taken, `notes` are to be looked at. */
export interface ReadRow {
  n: number;
  candidate: Candidate;
  problems: FieldError[];
  notes: FieldError[];
}

const PLAIN = {
  gender: ['gender', values.readGender],
  city: ['citySlug', values.readCity],
  commune: ['communeCode', values.readCommune],
  category: ['category', values.readCategory],
  sector: ['sector', values.readSector],
  language: ['language', values.readLanguage],
} as const;

/** Reads one row by the columns that were chosen. */
export function readRow(n: number, cells: readonly string[], columns: ImportColumns, now: Date): ReadRow {
  const cell = (field: ImportField): string => {
    const at = columns.indexOf(field);
    const text = at < 0 ? '' : textOf(cells[at] ?? '');
    return text.trim() === '' ? '' : text;
  };
  const row: ReadRow = { n, candidate: {}, problems: [], notes: [] };
  readId(row, cell('id').trim());
  readPhone(row, cell('phone'));
  readName(row, cell);
  readYear(row, cell('birthYear'), now);
  for (const [field, [target, read]] of Object.entries(PLAIN)) {
    const text = cell(field as ImportField);
    const result = text === '' ? undefined : read(text);
    if (result?.problem !== undefined) row.problems.push({ pointer: `/${field}`, code: result.problem });
    else if (result) Object.assign(row.candidate, { [target]: result.value });
  }
  return row;
}

function readId(row: ReadRow, text: string): void {
  if (text === '') return;
  if (isUuid(text)) row.candidate.id = text.toLowerCase();
  else row.problems.push({ pointer: '/id', code: 'person-unknown' });
}

function readPhone(row: ReadRow, text: string): void {
  const fail = (code: string): void => void row.problems.push({ pointer: '/phone', code });
  // Somebody whom the file names by id may have no phone.
  if (text === '') return row.candidate.id === undefined ? fail('phone-empty') : undefined;
  if (values.isRounded(text)) return fail('phone-rounded');
  const phone = parsePhone(text.replace(/^\s*'+/, ''));
  if (phone.invalid) return fail(phone.invalid);
  row.candidate.phone = { e164: phone.e164, sms: phone.sms };
  if (phone.unusual) row.notes.push({ pointer: '/phone', code: 'phone-looks-unusual' });
}

function readName(row: ReadRow, cell: (field: ImportField) => string): void {
  const script = (key: 'Fr' | 'Ar') => {
    const [given, family] = [cell(`given${key}`), cell(`family${key}`)];
    return given === '' && family === '' ? undefined : { given, family };
  };
  const written = { fr: script('Fr'), ar: script('Ar') };
  if (!written.fr && !written.ar) {
    if (row.candidate.id === undefined) row.problems.push({ pointer: '/name', code: 'name-missing' });
    return;
  }
  const checked = checkPersonName(written);
  if ('name' in checked) row.candidate.name = checked.name;
  else
    row.problems.push(
      ...checked.problems.map((problem) => ({ ...problem, pointer: `/name${problem.pointer}` })),
    );
}

function readYear(row: ReadRow, text: string, now: Date): void {
  const read = text === '' ? undefined : values.readBirthYear(text, now);
  if (read?.problem !== undefined) {
    const params = read.problem === 'birth-year' ? { params: values.birthYears(now) } : {};
    row.problems.push({ pointer: '/birthYear', code: read.problem, ...params });
  } else if (read) row.candidate.birthYear = read.value;
}
