import { type Locale, t } from '../../shared/i18n/i18n.js';
import { NEW_ITEMS } from '../authoring/new-parts.js';
import type { Surroundings } from './part-fields.js';
import type { FormField, PartForm } from './part-form.js';

/** What a question is answered with, one after the other; without `add` nothing comes or goes. */
interface FormGroup {
  readonly entries: readonly { readonly fields: readonly FormField[]; readonly remove?: string }[];
  readonly add?: string;
  readonly addLabel?: string;
  readonly removeLabel?: string;
}

/** A question; kinds that this page does not know keep their answers and are edited as source. */
export interface FormItem {
  readonly id: string;
  readonly heading: string;
  readonly isKnown: boolean;
  readonly fields: readonly FormField[];
  readonly groups: readonly FormGroup[];
  readonly reason: readonly FormField[];
  /** Picture and arrangement, which most questions leave as they are. */
  readonly more: readonly FormField[];
}

interface Value {
  readonly [key: string]: unknown;
}

/** The questions of a quiz, or of a test, each of which says what module it checks. */
export function quizItems(form: PartForm, around: Surroundings, isTest: boolean): FormItem[] {
  const items = form.at('/items');
  if (!Array.isArray(items)) return [];
  return items.map((item: Value, index): FormItem => {
    const [id, kind, at] = [String(item['id']), String(item['kind']), `/items/#${String(item['id'])}`];
    const isKnown = NEW_ITEMS.some((known) => known === kind);
    const words = t(around.locale, `courses:quiz.kind.${isKnown ? kind : 'other'}`);
    const module = isTest ? [form.select(`${at}/module`, 'module', around.modules)] : [];
    const arranged = kind === 'boolean' || kind === 'number' || isTest;
    return {
      ...{
        id,
        isKnown,
        heading: t(around.locale, 'courses:quiz.heading', { number: index + 1, kind: words }),
      },
      fields: [
        ...[...module, form.pair(`${at}/prompt`, 'prompt')],
        ...keyFields(form, at, kind, item, around.locale),
      ],
      groups: groupsOf(form, at, item, kind, around),
      reason: [form.pair(`${at}/reason`, 'reason')],
      more: [
        ...form.picture(`${at}/image`, around.pictures, around.pictureBase, true),
        ...(arranged
          ? []
          : [form.bool(`${at}/shuffle`, 'shuffle', ['shuffled', 'inOrder'], 'shuffleAsQuiz')]),
      ],
    };
  });
}

function keyFields(form: PartForm, at: string, kind: string, item: Value, locale: Locale): FormField[] {
  const key = `${at}/key`;
  const options = optionsOf(item['choices'], 'courses:quiz.choice', locale);
  switch (kind) {
    case 'single':
    case 'picture':
      return [form.select(key, 'key', options)];
    case 'multiple':
      return [form.list(key, 'keys', options)];
    case 'order':
      return [form.order(key, 'order', options)];
    case 'boolean':
      return [
        form.bool(key, 'key'),
        form.pair(`${at}/feedback/true`, 'feedbackTrue', { rows: 2 }),
        form.pair(`${at}/feedback/false`, 'feedbackFalse', { rows: 2 }),
      ];
    case 'number':
      return [
        form.number(key, 'key'),
        form.number(`${at}/tolerance`, 'tolerance'),
        form.pair(`${at}/unit`, 'unit', { rows: 1 }),
      ];
    default:
      return [];
  }
}

function groupsOf(
  form: PartForm,
  at: string,
  item: Value,
  kind: string,
  { locale, pictures, pictureBase }: Surroundings,
): FormGroup[] {
  const id = String(item['id']);
  const isPiece = kind === 'order' || kind === 'match';
  const matched = optionsOf(item['options'], 'courses:quiz.option', locale);
  const groups: FormGroup[] = [];
  const group = (
    list: 'choices' | 'options',
    deed: 'choice' | 'option',
    own: (entry: string, choice: Value) => FormField[],
  ): void => {
    const entries = item[list];
    if (!Array.isArray(entries)) return;
    const fixed = {
      add: `${deed}-add ${id}`,
      addLabel: t(locale, `courses:quiz.${deed}Add`),
      removeLabel: t(locale, `courses:quiz.${deed}Remove`),
    };
    const shown = entries.map((choice: Value, n) => {
      const entry = `${at}/${list}/#${String(choice['id'])}`;
      const text = form.pair(`${entry}/text`, isPiece ? 'piece' : 'choice', { rows: isPiece ? 1 : 2 });
      const legend = t(locale, `courses:quiz.${deed}`, { letter: letter(n) });
      return {
        fields: [{ ...text, legend }, ...own(entry, choice)],
        remove: `${deed}-remove ${id} ${String(choice['id'])}`,
      };
    });
    groups.push(
      NEW_ITEMS.some((known) => known === kind)
        ? { entries: shown, ...fixed }
        : { entries: shown.map(({ fields }) => ({ fields })) },
    );
  };
  group('choices', 'choice', (entry, choice) => [
    ...(kind === 'match' ? [form.select(`${at}/key/${String(choice['id'])}`, 'goesWith', matched)] : []),
    ...(kind === 'picture' ? form.picture(`${entry}/image`, pictures, pictureBase) : []),
    ...(isPiece && choice['feedback'] === undefined
      ? []
      : [form.pair(`${entry}/feedback`, 'feedback', { rows: 2 })]),
  ]);
  group('options', 'option', () => []);
  return groups;
}

/** Entries as something to choose: a letter, and the words where there are some. */
function optionsOf(list: unknown, key: string, locale: Locale): { value: string; label: string }[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: { id?: unknown; text?: Record<string, unknown> }, n) => {
    const words = entry.text?.[locale] ?? entry.text?.['fr'];
    const name = t(locale, key, { letter: letter(n) });
    const isNamed = typeof words === 'string' && words.trim() !== '';
    return {
      value: String(entry.id),
      label: isNamed ? t(locale, 'courses:quiz.withText', { name, text: words.trim() }) : name,
    };
  });
}

/** Where a photo that is sent from the page of a quiz or test may stand: beside a question, or as one of its answers. */
export function pictureTargets(form: PartForm, locale: Locale): { value: string; label: string }[] {
  const items = form.at('/items');
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: Value, index) => {
    const at = `/items/#${String(item['id'])}`;
    const question = t(locale, 'courses:quiz.question', { number: index + 1 });
    const choices =
      item['kind'] === 'picture' && Array.isArray(item['choices']) ? (item['choices'] as Value[]) : [];
    return [
      { value: `${at}/image`, label: question },
      ...choices.map((choice, n) => ({
        value: `${at}/choices/#${String(choice['id'])}/image`,
        label: t(locale, 'courses:quiz.answerOf', { question, letter: letter(n) }),
      })),
    ];
  });
}

const letter = (n: number): string => String.fromCharCode(65 + n);
