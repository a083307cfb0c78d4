import type { FieldError } from '../shared/errors/domain-error.js';
import { cityBySlug, communeByCode } from '../shared/geography/geography.js';
import { isLocale, type Locale } from '../shared/i18n/i18n.js';
import {
  CATEGORIES,
  type Category,
  type Gender,
  GENDERS,
  type Purpose,
  PURPOSES,
  type Sector,
  SECTORS,
} from './person.kinds.js';
import { checkPersonName, type PersonName } from './person-name.js';
import { type ParsedPhone, parsePhone } from './phone-number.js';

/** A sign-up as it comes, from a form or from a program. */
export interface RawSignUp {
  phone: string;
  /** The person has looked at an unusual number again and says that it is right. */
  phoneConfirmed?: boolean | null;
  name: unknown;
  gender?: string | null;
  birthYear?: number | null;
  commune?: string | null;
  city?: string | null;
  category?: string | null;
  sector?: string | null;
  language: string;
  consents: readonly string[];
}

/** A sign-up that can be kept. */
export interface SignUp {
  phone: ParsedPhone;
  name: PersonName;
  gender: Gender;
  birthYear: number | null;
  communeCode: string | null;
  citySlug: string | null;
  category: Category | null;
  sector: Sector | null;
  language: Locale;
  consents: readonly Purpose[];
}

const OLDEST_BIRTH_YEAR = 1900;
/** Youngest person who may sign up, in years. */
const YOUNGEST = 14;

/** Checks all that was given, and says everything that is wrong at once. */
export function checkSignUp(
  raw: RawSignUp,
  now: Date,
): { signUp: SignUp } | { problems: readonly FieldError[] } {
  const phone = parsePhone(raw.phone);
  const name = checkPersonName(raw.name);
  const maxYear = now.getUTCFullYear() - YOUNGEST;
  const problems: FieldError[] = [];
  if (phone.invalid) problems.push({ pointer: '/phone', code: phone.invalid });
  else if (phone.unusual && !raw.phoneConfirmed) problems.push({ pointer: '/phone', code: 'phone-unusual' });
  if ('problems' in name) {
    problems.push(...name.problems.map((problem) => ({ ...problem, pointer: `/name${problem.pointer}` })));
  }
  if (raw.birthYear != null && !isYear(raw.birthYear, maxYear)) {
    problems.push({
      pointer: '/birthYear',
      code: 'birth-year',
      params: { min: OLDEST_BIRTH_YEAR, max: maxYear },
    });
  }
  problems.push(...choiceProblems(raw));
  if (!raw.consents.includes('training'))
    problems.push({ pointer: '/consents', code: 'training-consent-required' });
  if (problems.length > 0 || phone.invalid || 'problems' in name) return { problems };
  return { signUp: { ...choicesOf(raw), phone, name: name.name, birthYear: raw.birthYear ?? null } };
}

function isYear(year: number, maxYear: number): boolean {
  return Number.isInteger(year) && year >= OLDEST_BIRTH_YEAR && year <= maxYear;
}

function choiceProblems(raw: RawSignUp): FieldError[] {
  const isOneOf = (list: readonly string[], value: string | null | undefined): boolean =>
    value == null || list.includes(value);
  const checks: Array<[pointer: string, code: string, isGood: boolean]> = [
    ['/gender', 'not-a-choice', isOneOf(GENDERS, raw.gender)],
    ['/category', 'not-a-choice', isOneOf(CATEGORIES, raw.category)],
    ['/sector', 'not-a-choice', isOneOf(SECTORS, raw.sector)],
    ['/language', 'not-a-choice', isLocale(raw.language)],
    ['/consents', 'not-a-choice', raw.consents.every((purpose) => isOneOf(PURPOSES, purpose))],
    ['/commune', 'commune-unknown', raw.commune == null || communeByCode(raw.commune) !== undefined],
    ['/city', 'city-unknown', raw.city == null || cityBySlug(raw.city) !== undefined],
  ];
  return checks.filter(([, , isGood]) => !isGood).map(([pointer, code]) => ({ pointer, code }));
}

/** The choices, already checked. */
function choicesOf(raw: RawSignUp): Omit<SignUp, 'phone' | 'name' | 'birthYear'> {
  return {
    gender: (raw.gender ?? 'unspecified') as Gender,
    communeCode: raw.commune ?? null,
    citySlug: raw.city ?? null,
    category: (raw.category ?? null) as Category | null,
    sector: (raw.sector ?? null) as Sector | null,
    language: raw.language as Locale,
    consents: PURPOSES.filter((purpose) => raw.consents.includes(purpose)),
  };
}
