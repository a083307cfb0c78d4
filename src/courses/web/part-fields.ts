import type { Locale } from '../../shared/i18n/i18n.js';
import { t } from '../../shared/i18n/i18n.js';
import { NEW_ITEMS } from '../authoring/new-parts.js';
import type { FormField, FormItem, PartForm } from './part-form.js';

/** What a form needs to know of the rest of the course. */
export interface Surroundings {
  readonly locale: Locale;
  /** Pictures of the module, by their paths in it. */
  readonly pictures: readonly string[];
  /** Other modules: slug and title. */
  readonly modules: readonly { readonly value: string; readonly label: string }[];
}

/** Fields of a course's own texts. */
export function courseFields(form: PartForm): FormField[] {
  return [
    form.pair('/title', 'title'),
    form.pair('/summary', 'summary', { rows: 3 }),
    form.pair('/audience', 'audience', { rows: 3 }),
    ...form.texts('/objectives', 'objective'),
  ];
}

/** Fields of a module's own texts and rules. */
export function moduleFields(form: PartForm, { locale, modules }: Surroundings): FormField[] {
  const statuses = ['outline', 'complete'].map((value) => ({ value, label: t(locale, `courses:status.${value}`) }));
  return [
    form.pair('/title', 'title'),
    form.number('/minutes', 'minutes'),
    form.select('/status', 'status', statuses),
    form.list('/requires', 'requires', modules),
    form.number('/completion/watched', 'watched'),
    ...form.texts('/objectives', 'objective'),
    ...form.texts('/bring', 'bring'),
  ];
}

/** Fields of a block of one of the kinds that this page knows; the questions of a quiz come apart. */
export function blockFields(form: PartForm, kind: string, { locale, pictures }: Surroundings): FormField[] {
  const title = form.pair('/title', 'title');
  switch (kind) {
    case 'card':
      return [
        title,
        form.pair('/text', 'text', { rows: 8, markdown: true, hint: 'textHint' }),
        form.select('/image/file', 'picture', pictures.map((value) => ({ value, label: value.replace('images/', '') }))),
        form.pair('/image/alt', 'alt', { hint: 'altHint' }),
      ];
    case 'exercise':
      return [
        title,
        form.pair('/text', 'text', { rows: 8, markdown: true, hint: 'exerciseHint' }),
        form.select('/proof', 'proof', ['tick', 'photo'].map((value) => ({ value, label: t(locale, `courses:proof.${value}`) }))),
      ];
    case 'quiz':
      return [title, form.number('/pass', 'pass')];
    default:
      return [title];
  }
}

/** The questions of a quiz. Of a kind that is not known here the words are shown, and the rest is edited as source. */
export function quizItems(form: PartForm, locale: Locale): FormItem[] {
  const items = form.at('/items');
  if (!Array.isArray(items)) return [];
  return items.map((item: Readonly<Record<string, unknown>>, index): FormItem => {
    const id = String(item['id']);
    const kind = String(item['kind']);
    const at = `/items/#${id}`;
    const isKnown = NEW_ITEMS.some((known) => known === kind);
    const choices = Array.isArray(item['choices']) ? (item['choices'] as { id?: unknown; feedback?: unknown }[]) : undefined;
    const heading = t(locale, 'courses:quiz.heading', { number: index + 1, kind: t(locale, `courses:quiz.kind.${isKnown ? kind : 'other'}`) });
    const own = isKnown ? keyFields(form, at, kind, choices ?? [], locale) : [];
    return {
      ...{ id, heading, isKnown },
      fields: [form.pair(`${at}/prompt`, 'prompt'), ...own, form.pair(`${at}/reason`, 'reason')],
      ...(choices ? { choices: choices.map((choice, n) => choiceOf(form, `${at}/choices`, choice, n)) } : {}),
    };
  });
}

function choiceOf(form: PartForm, at: string, choice: { id?: unknown; feedback?: unknown }, n: number) {
  const id = String(choice.id);
  const text = form.pair(`${at}/#${id}/text`, 'choice', { rows: 1 });
  const feedback = choice.feedback === undefined ? [] : [form.pair(`${at}/#${id}/feedback`, 'feedback', { rows: 1 })];
  return { id, fields: [{ ...text, legend: `${text.legend} ${letter(n)}` }, ...feedback] };
}

function keyFields(form: PartForm, at: string, kind: string, choices: readonly { id?: unknown }[], locale: Locale): FormField[] {
  const options = choices.map(({ id }, n) => ({ value: String(id), label: t(locale, 'courses:quiz.choice', { letter: letter(n) }) }));
  if (kind === 'single') return [form.select(`${at}/key`, 'key', options)];
  if (kind === 'multiple') return [form.list(`${at}/key`, 'keys', options)];
  if (kind === 'boolean') return [form.bool(`${at}/key`, 'key')];
  return [form.number(`${at}/key`, 'key'), form.number(`${at}/tolerance`, 'tolerance')];
}

const letter = (n: number): string => String.fromCharCode(65 + n);
