import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { cities, communesOfProvince, placeName, provinces } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { toAsciiDigits } from '../../shared/text/digits.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { CATEGORIES, type Category, GENDERS, PURPOSES, SECTORS } from '../person.kinds.js';
import type { RawSignUp } from '../sign-up.check.js';

/** What the form keeps as it was typed. */
const TEXTS = [
  'phone',
  'givenFr',
  'familyFr',
  'givenAr',
  'familyAr',
  'gender',
  'birthYear',
  'city',
  'commune',
  'category',
  'sector',
] as const;
type TextField = (typeof TEXTS)[number];

/** The form's fields, exactly as typed. */
export type TypedSignUp = Record<TextField, string> & { consents: string[] };

/** Field of the form for a pointer into a sign-up; the name as a whole is asked in the reader's script. */
const FIELD_OF: Readonly<Record<string, string>> = {
  '/phone': 'phone',
  '/name/fr': 'givenFr',
  '/name/fr/given': 'givenFr',
  '/name/fr/family': 'familyFr',
  '/name/ar': 'givenAr',
  '/name/ar/given': 'givenAr',
  '/name/ar/family': 'familyAr',
  '/gender': 'gender',
  '/birthYear': 'birthYear',
  '/city': 'city',
  '/commune': 'commune',
  '/category': 'category',
  '/sector': 'sector',
  '/consents': 'training',
};

/** Picture of each kind of work, for who reads little. */
const CATEGORY_ICONS: Readonly<Record<Category, { icon: string }>> = {
  artisan: { icon: 'hammer' },
  'maitre-artisan': { icon: 'award' },
  'cooperative-artisanat': { icon: 'users' },
  'autre-cooperative': { icon: 'handshake' },
  'entreprise-artisanat': { icon: 'factory' },
  commercant: { icon: 'store' },
  'auto-entrepreneur': { icon: 'user-check' },
  'porteur-de-projet': { icon: 'lightbulb' },
};

/** Fields in the order of the form, with the key of their label: a list of errors follows it. */
const LABELS: Readonly<Record<string, string>> = {
  givenFr: 'people:signUp.given',
  familyFr: 'people:signUp.family',
  givenAr: 'people:signUp.given',
  familyAr: 'people:signUp.family',
  phone: 'people:signUp.phone',
  category: 'people:signUp.category',
  sector: 'people:signUp.sector',
  city: 'people:signUp.city',
  commune: 'people:signUp.commune',
  gender: 'people:signUp.gender',
  birthYear: 'people:signUp.birthYear',
  training: 'people:purpose.training',
};
const COLON: Readonly<Record<Locale, string>> = { fr: ' : ', ar: ': ', en: ': ' };
const ORDER = Object.keys(LABELS);

/** One field that is wrong, in the reader's words: beside the field, and in the list above the form. */
export interface FormError {
  field: string;
  besideField: string;
  text: string;
}

export function readSignUpForm(body: FormBody): TypedSignUp {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, formText(body, name)]));
  return { ...(texts as Record<TextField, string>), consents: formTexts(body, 'consents') };
}

/** The form as a sign-up: empty answers are none, and a name counts where anything of it was written. */
export function rawSignUp(typed: TypedSignUp, locale: Locale): RawSignUp {
  const orNull = (text: string): string | null => (text === '' ? null : text);
  const script = (given: string, family: string) => (given + family === '' ? null : { given, family });
  const year = toAsciiDigits(typed.birthYear).trim();
  return {
    phone: typed.phone,
    name: { fr: script(typed.givenFr, typed.familyFr), ar: script(typed.givenAr, typed.familyAr) },
    gender: orNull(typed.gender),
    birthYear: year === '' ? null : Number(year),
    commune: orNull(typed.commune),
    city: orNull(typed.city),
    category: orNull(typed.category),
    sector: orNull(typed.sector),
    language: locale,
    consents: typed.consents,
  };
}

/** The problems of the first step: the name and the phone. */
export function isFirstStep({ pointer }: FieldError): boolean {
  return pointer === '/phone' || pointer.startsWith('/name');
}

/** Problems of a sign-up beside their fields, one for each. */
export function formErrors(problems: readonly FieldError[], locale: Locale): FormError[] {
  const asked = locale === 'ar' ? 'givenAr' : 'givenFr';
  const errors = problems.map((problem) => {
    const field = FIELD_OF[problem.pointer] ?? asked;
    const besideField = fieldDetail(locale, problem);
    // Above the form "answer here" means nothing without saying where.
    const label = problem.code === 'required' ? `${t(locale, LABELS[field] ?? '')}${COLON[locale]}` : '';
    return { field, besideField, text: label + besideField };
  });
  return errors
    .filter((error, i) => errors.findIndex(({ field }) => field === error.field) === i)
    .sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field));
}

const words = (locale: Locale, list: readonly string[], group: string) =>
  list.map((value) => ({ value, label: t(locale, `people:${group}.${value}`) }));

function communeGroups(locale: Locale) {
  return provinces().map((province) => ({
    label: placeName(province.name, locale),
    options: communesOfProvince(province.code).map(({ code, name }) => ({
      value: code,
      label: placeName(name, locale),
    })),
  }));
}

/** The answers to choose from, in the reader's language. */
export function signUpChoices(locale: Locale) {
  const choose = { value: '', label: t(locale, 'people:signUp.choose') };
  return {
    genders: words(locale, GENDERS, 'gender'),
    categories: words(locale, CATEGORIES, 'category').map((option) => ({
      ...option,
      glyph: CATEGORY_ICONS[option.value as Category].icon,
    })),
    sectors: [choose, ...words(locale, SECTORS, 'sector')],
    cities: [choose, ...cities().map(({ slug, name }) => ({ value: slug, label: placeName(name, locale) }))],
    communes: communeGroups(locale),
    purposes: purposeChoices(locale, []),
  };
}

/** Every purpose but training, ticked where it was chosen. */
export function purposeChoices(locale: Locale, chosen: readonly string[]) {
  return PURPOSES.filter((purpose) => purpose !== 'training').map((purpose) => ({
    value: purpose,
    label: t(locale, `people:purpose.${purpose}`),
    checked: chosen.includes(purpose),
  }));
}
