import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { FIELD_TYPES, LONGEST, MOST_FIELDS } from '../call.js';
import { editorControl, LANGUAGES, type TypedCall } from './editor-form.js';

/** How the form is shown. */
export interface EditorPage {
  readonly locale: Locale;
  readonly action: string;
  readonly isPublished: boolean;
  readonly problems: readonly FieldError[];
  /** Of what is wrong with no field in particular. */
  readonly words?: string | undefined;
  /** Question that was just added or moved. */
  readonly focus?: number;
}

/** `Question 3: Libellé en arabe`: where in the form an error is. */
function placeOf(pointer: string, locale: Locale): string {
  const [part = '', n = ''] = pointer.slice(1).split('/');
  if (part !== 'fields')
    return t(locale, `calls:edit.${part === 'title' || part === 'body' ? part : 'dates'}`);
  return n === '' ? t(locale, 'calls:edit.fields') : t(locale, 'calls:edit.field', { n: Number(n) + 1 });
}

/** The form of a call, both languages side by side. */
export function presentEditor(typed: TypedCall, page: EditorPage): object {
  const { locale, problems, isPublished, focus = -1 } = page;
  const errors = problems
    .map((problem) => ({
      field: editorControl(problem.pointer),
      detail: fieldDetail(locale, problem),
      problem,
    }))
    .filter((error, n, all) => all.findIndex(({ field }) => field === error.field) === n);
  const errorOf = (name: string): string | undefined => errors.find(({ field }) => field === name)?.detail;
  const words = (name: string, texts: Record<string, string>, key: string, max: number) =>
    LANGUAGES.map((lang) => ({
      ...{ name: `${name}-${lang}`, value: texts[lang] ?? '', max, error: errorOf(`${name}-${lang}`) },
      label: `${t(locale, `calls:edit.${key}`)} (${t(locale, `calls:edit.lang.${lang}`)})`,
      optional: lang === 'en',
    }));
  return {
    ...{ action: page.action, isPublished, words: page.words, revision: typed.revision },
    errors: errors.map(({ field, detail, problem }) => ({
      field,
      text: `${placeOf(problem.pointer, locale)} – ${detail}`,
    })),
    title: words('title', typed.title, 'title', LONGEST.title),
    body: words('body', typed.body, 'body', LONGEST.body),
    dates: [
      { name: 'opens-date', kind: 'date', value: typed.opensDate, key: 'opensDate' },
      { name: 'opens-time', kind: 'time', value: typed.opensTime, key: 'opensTime' },
      { name: 'closes-date', kind: 'date', value: typed.closesDate, key: 'closesDate' },
      { name: 'closes-time', kind: 'time', value: typed.closesTime, key: 'closesTime' },
    ].map(({ key, ...one }) => ({ ...one, label: t(locale, `calls:edit.${key}`), error: errorOf(one.name) })),
    fieldsError: errorOf('fields'),
    count: typed.fields.length,
    canAdd: !isPublished && typed.fields.length < MOST_FIELDS,
    left: t(locale, 'calls:edit.count', { n: typed.fields.length, max: MOST_FIELDS }),
    fields: typed.fields.map((field, n) => ({
      ...{ n, id: field.id, isChoice: field.type === 'choice', type: field.type, optionIds: field.optionIds },
      ...{ required: field.required, several: field.several, focused: n === focus },
      heading: t(locale, 'calls:edit.field', { n: n + 1 }),
      summary: t(locale, `calls:type.${FIELD_TYPES.find((one) => one === field.type) ?? 'text'}`),
      types: FIELD_TYPES.map((value) => ({ value, label: t(locale, `calls:type.${value}`) })),
      typeError: errorOf(`f${n}-type`),
      label: words(`f${n}-label`, field.label, 'label', LONGEST.label),
      help: words(`f${n}-help`, field.help, 'help', LONGEST.help),
      options: words(`f${n}-options`, field.options, 'options', 4000),
      isFirst: n === 0,
      isLast: n === typed.fields.length - 1,
    })),
  };
}
