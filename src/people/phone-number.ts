import {
  type CountryCode,
  parsePhoneNumberFromString,
  type PhoneNumber,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { toAsciiDigits } from '../shared/text/digits.js';

/** What a line is for; `unknown` where the numbering plan does not tell. */
export type PhoneKind = 'mobile' | 'fixed' | 'toll-free' | 'unknown';

/** Why an input cannot be a phone number; each has its sentence in the locales. */
export type PhoneProblem =
  'phone-empty' | 'phone-not-a-number' | 'phone-too-short' | 'phone-too-long' | 'phone-country-unknown';

/** A number that can be kept. */
export interface ParsedPhone {
  readonly invalid?: undefined;
  /** `+212612345678`, the only form that is stored. */
  readonly e164: string;
  /** ISO 3166 code, or null for numbers of no country (+800). All of +212 is `MA`. */
  readonly country: string | null;
  readonly kind: PhoneKind;
  /** Whether a text message may arrive; Moroccan 05 numbers are kept and get none. */
  readonly sms: boolean;
  /** Possible by its length but in no known range: ask to check, and accept the second submit. */
  readonly unusual: boolean;
}

/** An input that cannot be a number. */
export interface InvalidPhone {
  readonly invalid: PhoneProblem;
}

const MOROCCO = '212';
const E164_MOROCCO = /^\+212(\d{9})$/;
/** `061234567`, a digit short: the library takes the 0 of the trunk for a ninth digit, but no subscriber has one. */
const UNFINISHED_MOROCCO = /^\+2120/;
/** Longest input that is looked at, in characters: a number of 15 digits, each with a sign of writing around it. */
const MAX_INPUT = 64;
const INVISIBLE = /\p{Cf}/gu;
const SEPARATORS = /[\s().·/\u2044_\p{Pd}\u2212]/gu;

/**
 * Reads a phone number as people write it: national or international, `00` or `+`, spaces, dots, dashes, slashes,
 * brackets, bidi marks, Arabic-Indic and Persian digits. Refused only when it cannot be a number. The `max` metadata
 * are needed: the smaller ones do not know kinds, or hold every fixed number for invalid.
 * @param defaultCountry of numbers written without a country
 */
export function parsePhone(input: string, defaultCountry = 'MA'): ParsedPhone | InvalidPhone {
  const written = clean(input);
  if (written === '') return { invalid: 'phone-empty' };
  if (input.length > MAX_INPUT) return { invalid: 'phone-too-long' };
  if (!/^\+?\d+$/.test(written)) return { invalid: 'phone-not-a-number' };
  const problem = validatePhoneNumberLength(written, defaultCountry as CountryCode);
  if (problem) return { invalid: LENGTH_PROBLEMS[problem] ?? 'phone-not-a-number' };
  const number = parsePhoneNumberFromString(written, defaultCountry as CountryCode);
  if (!number) return { invalid: 'phone-not-a-number' };
  if (UNFINISHED_MOROCCO.test(number.number)) return { invalid: 'phone-too-short' };
  return described(number);
}

/** `06 12 34 56 78` for Morocco, international otherwise. Pages isolate it (`<bdi>`) inside Arabic. */
export function formatPhone(e164: string): string {
  const national = E164_MOROCCO.exec(e164)?.[1];
  if (national !== undefined) return `0${national}`.replace(/\d\d(?=\d)/g, '$& ');
  const number = parsePhoneNumberFromString(e164);
  return number ? number.formatInternational() : e164;
}

/** `06 •• •• •• 78`, `+33 6 •• •• •• 78`: enough to know one's own number again and no more. */
export function maskPhone(e164: string): string {
  const national = E164_MOROCCO.test(e164);
  const number = parsePhoneNumberFromString(e164);
  const shown = formatPhone(e164);
  const prefix = national ? 2 : (number?.countryCallingCode.length ?? 0) + 1;
  const digits = shown.replace(/\D/g, '').length;
  let seen = 0;
  return shown.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= prefix || seen > digits - 2 ? digit : '•';
  });
}

const LENGTH_PROBLEMS: Readonly<Record<string, PhoneProblem>> = {
  TOO_SHORT: 'phone-too-short',
  TOO_LONG: 'phone-too-long',
  INVALID_COUNTRY: 'phone-country-unknown',
};

/** Digits and a leading +, if the input has nothing else but signs of writing; otherwise what else it has. */
function clean(input: string): string {
  const joined = toAsciiDigits(input.slice(0, MAX_INPUT).normalize('NFKC'))
    .replace(INVISIBLE, '')
    .replace(SEPARATORS, '');
  return joined.replace(/^\+?00/, '+');
}

const KINDS: Readonly<Record<string, PhoneKind>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  TOLL_FREE: 'toll-free',
};

function described(number: PhoneNumber): ParsedPhone {
  const morocco = number.countryCallingCode === MOROCCO;
  const kind = kindOf(number);
  return {
    e164: number.number,
    country: morocco ? 'MA' : (number.country ?? null),
    kind,
    sms: kind === 'mobile' || (kind === 'unknown' && !morocco && mayBeMobile(number)),
    unusual: !number.isValid(),
  };
}

function kindOf(number: PhoneNumber): PhoneKind {
  if (number.countryCallingCode === MOROCCO) {
    // By the plan's first digits, so that a range newer than the metadata still has its kind.
    if (/^[67]/.test(number.nationalNumber)) return 'mobile';
    if (number.nationalNumber.startsWith('5')) return 'fixed';
  }
  return KINDS[number.getType() ?? ''] ?? 'unknown';
}

function mayBeMobile(number: PhoneNumber): boolean {
  const type = number.getType();
  return type === undefined || type === 'FIXED_LINE_OR_MOBILE' || type === 'PERSONAL_NUMBER';
}
