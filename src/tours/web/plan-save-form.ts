import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { isLocale, type Locale, LOCALES, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { SessionsWanted } from '../plans/plan-parts.js';
import type { SessionClash } from '../session.errors.js';
import { presentQuestions, reasonsOf } from './clash-questions.js';
import { MAX_CAPACITY } from './session-input.dto.js';

/** What a coordinator typed to save a plan. */
export interface TypedSave {
  withSessions: boolean;
  course: string;
  capacity: string;
  language: string;
  venueNote: string;
  reasons: Record<string, string>;
}

const MAX_NOTE = 300;

export const blankSave = (locale: Locale): TypedSave => ({
  ...{ withSessions: true, course: '', capacity: '', language: locale, venueNote: '', reasons: {} },
});

export function typedSaveOf(body: FormBody): TypedSave {
  return {
    withSessions: formText(body, 'withSessions') !== '',
    course: formText(body, 'course'),
    capacity: formText(body, 'capacity').trim(),
    language: formText(body, 'language'),
    venueNote: formText(body, 'venueNote'),
    reasons: reasonsOf(body),
  };
}

/** The sessions that are wanted; undefined when none are. */
export function readSave(typed: TypedSave): { sessions: SessionsWanted | undefined; errors: FieldError[] } {
  if (!typed.withSessions) return { sessions: undefined, errors: [] };
  const errors: FieldError[] = [];
  const capacity = /^\d{1,9}$/.test(typed.capacity) ? Number(typed.capacity) : Number.NaN;
  if (Number.isNaN(capacity))
    errors.push({ pointer: '/capacity', code: typed.capacity ? 'not-a-whole-number' : 'required' });
  else if (capacity < 1) errors.push({ pointer: '/capacity', code: 'capacity-zero' });
  else if (capacity > MAX_CAPACITY)
    errors.push({ pointer: '/capacity', code: 'too-large', params: { max: MAX_CAPACITY } });
  if (!isLocale(typed.language)) errors.push({ pointer: '/language', code: 'not-a-choice' });
  if (typed.venueNote.length > MAX_NOTE)
    errors.push({ pointer: '/venueNote', code: 'too-long', params: { max: MAX_NOTE } });
  const { course, venueNote, reasons } = typed;
  const language = isLocale(typed.language) ? typed.language : 'fr';
  return { sessions: { course, capacity, language, venueNote, reasons }, errors };
}

/** The form that saves a plan, with what is taken and what needs a reason. */
export function presentSave(
  typed: TypedSave,
  courses: ReadonlyArray<{ slug: string; title: Words }>,
  locale: Locale,
  refusal: { errors?: readonly FieldError[]; clash?: SessionClash } = {},
) {
  const errors = (refusal.errors ?? []).map((error) => ({
    field: error.pointer.replace(/^\/reasons\//, '/reason-').split('/')[1] ?? '',
    text: fieldDetail(locale, error),
  }));
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  return {
    errors,
    ...presentQuestions(refusal.clash, typed.reasons, locale, refusal.errors),
    withSessions: typed.withSessions,
    course: {
      value: typed.course,
      error: errorOf('course'),
      options: courses.map(({ slug, title }) => ({ value: slug, label: inLanguage(title, locale) })),
    },
    capacity: { value: typed.capacity, error: errorOf('capacity') },
    language: {
      value: typed.language,
      error: errorOf('language'),
      options: LOCALES.map((value) => ({ value, label: t(locale, `tours:language.${value}`) })),
    },
    venueNote: { value: typed.venueNote, error: errorOf('venueNote') },
  };
}
