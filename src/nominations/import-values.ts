import { CATEGORIES, type Category, type Gender, type Sector, SECTORS } from '../people/public.js';
import { cityNamed } from '../shared/geography/city-names.js';
import { communeByCode, communes } from '../shared/geography/geography.js';
import { LOCALES, type Locale, t } from '../shared/i18n/i18n.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import { searchKey } from '../shared/text/fold.js';

/** A value that was read, or the code of what is wrong with it. */
export type Read<T> = { value: T; problem?: undefined } | { problem: string };

const GENDER_WORDS: Readonly<Record<'female' | 'male', readonly string[]>> = {
  female: ['f', 'femme', 'feminin', 'fille', 'mme', 'female', 'woman', 'w', 'أنثى', 'امرأة', 'انثى', 'سيدة'],
  male: ['m', 'h', 'homme', 'masculin', 'mr', 'male', 'man', 'ذكر', 'رجل', 'سيد'],
};
const LANGUAGE_WORDS: Readonly<Record<Locale, readonly string[]>> = {
  ar: ['arabe', 'arabic', 'العربية', 'عربية'],
  fr: ['francais', 'french', 'الفرنسية', 'فرنسية'],
  en: ['anglais', 'english', 'الإنجليزية', 'إنجليزية'],
};

type Words = ReadonlyMap<string, string>;

function wordsFor(values: readonly string[], namesOf: (value: string) => readonly string[]): Words {
  return new Map(
    values.flatMap((value) => [value, ...namesOf(value)].map((name) => [searchKey(name), value] as const)),
  );
}

const inAll = (key: string): string[] => LOCALES.map((locale) => t(locale, key));

/** Built with the first import: the words come from the locales. */
function vocabulary(): Record<'gender' | 'category' | 'sector' | 'language', Words> {
  return {
    gender: wordsFor(['female', 'male'], (value) => [
      ...inAll(`people:gender.${value}`),
      ...inAll(`nominations:gender.${value}`),
      ...GENDER_WORDS[value as 'female' | 'male'],
    ]),
    category: wordsFor(CATEGORIES, (value) => inAll(`people:category.${value}`)),
    sector: wordsFor(SECTORS, (value) => inAll(`people:sector.${value}`)),
    language: wordsFor(LOCALES, (value) => [
      ...inAll(`nominations:language.${value}`),
      ...LANGUAGE_WORDS[value as Locale],
    ]),
  };
}
let words: ReturnType<typeof vocabulary> | undefined;

function choice(kind: keyof ReturnType<typeof vocabulary>, cell: string, problem: string): Read<string> {
  words ??= vocabulary();
  const value = words[kind].get(searchKey(cell));
  return value === undefined ? { problem } : { value };
}

export const readGender = (cell: string) => choice('gender', cell, 'gender-word') as Read<Gender>;
export const readCategory = (cell: string) => choice('category', cell, 'category-word') as Read<Category>;
export const readSector = (cell: string) => choice('sector', cell, 'sector-word') as Read<Sector>;
export function readCity(cell: string): Read<string> {
  const value = cityNamed(cell);
  return value === undefined ? { problem: 'city-unknown' } : { value };
}
export const readLanguage = (cell: string) => choice('language', cell, 'language-word') as Read<Locale>;

/** `Tétouan (04.571.01.01)`, a code, or a name that only one commune has. */
export function readCommune(cell: string): Read<string> {
  const written = toAsciiDigits(cell).trim();
  const code = /\(([^()]+)\)$/.exec(written)?.[1]?.trim() ?? written;
  if (communeByCode(code)) return { value: code };
  const key = searchKey(cell);
  const named = communes().filter(
    ({ name }) => key !== '' && [name.fr, name.ar].some((one) => searchKey(one) === key),
  );
  const [only, ...others] = named;
  if (only && others.length === 0) return { value: only.code };
  return { problem: only ? 'commune-several' : 'commune-unknown' };
}

const OLDEST = 1900;
const YOUNGEST = 14;
const YEAR = /^\d{4}$/;
const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: .*)?$/;
const SHORT = /^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}$/;

/** The year of a year or a date, whichever of day and month stands first. Two digits of a year are no year. */
export function readBirthYear(cell: string, now: Date): Read<number> {
  const written = toAsciiDigits(cell)
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (SHORT.test(written)) return { problem: 'birth-date-short' };
  const first = YEAR_FIRST.exec(written);
  const last = YEAR_LAST.exec(written);
  const [year, one, two] = first ? [first[1], first[2], first[3]] : last ? [last[3], last[1], last[2]] : [];
  const text = YEAR.test(written) ? written : year;
  if (text === undefined || !isDayAndMonth(one, two)) return { problem: 'birth-date' };
  const value = Number(text);
  return value >= OLDEST && value <= now.getUTCFullYear() - YOUNGEST ? { value } : { problem: 'birth-year' };
}

export const birthYears = (now: Date): { min: number; max: number } => ({
  min: OLDEST,
  max: now.getUTCFullYear() - YOUNGEST,
});

function isDayAndMonth(one: string | undefined, two: string | undefined): boolean {
  if (one === undefined || two === undefined) return true;
  const [low = 0, high = 0] = [Number(one), Number(two)].sort((a, b) => a - b);
  return low >= 1 && low <= 12 && high <= 31;
}

/** What a spreadsheet makes of a number that it takes for a quantity: its last digits are gone. */
export const isRounded = (cell: string): boolean =>
  /^[+']?\d(?:[.,]\d+)?e\+?\d+$/i.test(toAsciiDigits(cell).trim());
