import { formatPhone } from '../../people/public.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { communesOfProvince, placeName, provinces } from '../../shared/geography/geography.js';
import { hasWords, type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { type Answers, NEEDS } from '../application.js';
import { type Call, type CallField, LONGEST } from '../call.js';
import { controlOf } from './answers-form.js';

/** What stands in the controls of a form: texts by their names, lists where several may be taken. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** One field that is wrong, in the reader's words: beside the field, and in the list above the form. */
export interface FormError {
  field: string;
  besideField: string;
  text: string;
}

const COLON: Readonly<Record<Locale, string>> = { fr: ' : ', ar: ': ', en: ': ' };

/** What was typed, as it was typed. */
export function typedIn(body: FormBody, call: Call, others: readonly string[]): Typed {
  const answers = call.fields.map((field): [string, string | string[]] => {
    const name = controlOf(field);
    return [name, field.type === 'choice' ? formTexts(body, name) : formText(body, name)];
  });
  const rest = others.map((name): [string, string] => [name, formText(body, name)]);
  return { ...Object.fromEntries([...answers, ...rest]), needs: formTexts(body, 'needs') };
}

/** A dossier as its form shows it. */
export function typedOf(answers: Answers, needs: readonly string[], call: Call): Typed {
  const texts = call.fields.map((field): [string, string | readonly string[]] => {
    const answer = answers[field.id];
    if (answer === undefined) return [controlOf(field), field.type === 'choice' ? [] : ''];
    if (Array.isArray(answer)) return [controlOf(field), answer as readonly string[]];
    return [controlOf(field), field.type === 'phone' ? formatPhone(String(answer)) : String(answer)];
  });
  return { ...Object.fromEntries(texts), needs };
}

/** Problems beside their controls, one for each, in the order of the form. */
export function formErrors(
  problems: readonly FieldError[],
  call: Call,
  locale: Locale,
  others: Readonly<Record<string, { field: string; label: string }>>,
): FormError[] {
  const errors = problems.map((problem) => {
    const id = problem.pointer.replace('/answers/', '');
    const field = call.fields.find((one) => one.id === id);
    const place = field
      ? { field: controlOf(field), label: pickText(field.label, locale).text }
      : (others[problem.pointer] ?? { field: 'needs', label: t(locale, 'calls:form.needs') });
    const besideField = detailOf(problem, locale);
    return { field: place.field, besideField, text: `${place.label}${COLON[locale]}${besideField}` };
  });
  const order = [...call.fields.map(controlOf), 'needs'];
  return errors
    .filter((error, n) => errors.findIndex(({ field }) => field === error.field) === n)
    .sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** A photo is refused with the sentence that the API gives, which names the limit. */
function detailOf(problem: FieldError, locale: Locale): string {
  const key = `errors:${problem.code}.detail`;
  return hasWords(locale, key) ? t(locale, key, problem.params) : fieldDetail(locale, problem);
}

function communeGroups(locale: Locale): object[] {
  return provinces().map((province) => ({
    label: placeName(province.name, locale),
    options: communesOfProvince(province.code).map(({ code, name }) => ({
      value: code,
      label: placeName(name, locale),
    })),
  }));
}

/** The questions of a call as `call-fields.hbs` shows them. */
export function presentFields(
  call: Pick<Call, 'fields'>,
  locale: Locale,
  typed: Typed,
  errors: readonly FormError[],
): object[] {
  const groups = call.fields.some(({ type }) => type === 'place') ? communeGroups(locale) : [];
  return call.fields.map((field) => {
    const name = controlOf(field);
    const value = typed[name] ?? '';
    const taken = typeof value === 'string' ? [value] : value;
    return {
      ...{ name, type: field.type, required: field.required, optional: !field.required },
      label: pickText(field.label, locale).text,
      hint: hintOf(field, locale),
      error: errors.find((one) => one.field === name)?.besideField,
      value: typeof value === 'string' ? value : '',
      isOne: field.type === 'choice' && !field.several,
      isMany: field.type === 'choice' && field.several,
      hasPhoto: field.type === 'photo' && value !== '',
      options: field.options.map(({ id, label }) => ({
        value: id,
        label: pickText(label, locale).text,
        selected: taken.includes(id),
      })),
      groups: field.type === 'place' ? groups : [],
      max: LONGEST.text,
    };
  });
}

function hintOf({ help, type }: CallField, locale: Locale): string | undefined {
  const words = help.fr === '' ? '' : pickText(help, locale).text;
  const ours = type === 'photo' ? t(locale, 'calls:form.photoHint') : '';
  return [words, ours].filter((text) => text !== '').join(' ') || undefined;
}

/** Boxes of what somebody needs. */
export function presentNeeds(locale: Locale, taken: readonly string[] | string | undefined): object[] {
  const list = typeof taken === 'string' ? [taken] : (taken ?? []);
  return NEEDS.map((need) => ({
    value: need,
    label: t(locale, `calls:need.${need}`),
    checked: list.includes(need),
  }));
}
