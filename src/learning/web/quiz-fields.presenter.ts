import type { QuizBlock, QuizItem, QuizPiece } from '../../courses/public.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { ShownTrack } from '../../shared/listening/tracks.presenter.js';
import { shownChoices } from '../quiz-paper.js';
import type { ItemView } from './quiz.presenter.js';
import type { Reader, ShownText } from './reader.js';

/** Before an item's id in the names of the form's fields. */
const FIELD = 'q.';

/** What stands in the form when it comes back: what was typed, and what is wrong with it. */
export interface Refused {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/** The answers in a form's body; fields left empty are no answers. */
export function answersOf(
  items: readonly QuizItem[],
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const item of items) {
    const value = answerOf(item, body);
    if (value !== undefined && value !== '') answers[item.id] = value;
  }
  return answers;
}

/** Order and pairs come as one field for each place or choice; empty ones stay, so that the form comes back as it was. */
function answerOf(item: QuizItem, body: Readonly<Record<string, unknown>>): unknown {
  const value = body[FIELD + item.id];
  if (item.kind === 'multiple') return value === undefined || value === '' ? undefined : [value].flat();
  if (item.kind !== 'order' && item.kind !== 'match') return value;
  const parts = item.choices.map((choice, index): [string, unknown] => [
    choice.id,
    body[`${FIELD}${item.id}.${item.kind === 'order' ? index + 1 : choice.id}`] ?? '',
  ]);
  if (parts.every(([, part]) => part === '')) return undefined;
  return item.kind === 'order' ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

/** The questions as form fields, each member named: no key, no feedback. */
export function presentFields(
  items: readonly QuizItem[],
  quiz: Pick<QuizBlock, 'shuffle'>,
  view: ItemView & {
    readonly disabled: boolean;
    readonly optional?: boolean;
    /** The recordings of a question. */
    readonly tracksOf: (item: string) => readonly ShownTrack[];
    readonly refused?: Refused | undefined;
  },
): object[] {
  const { reader, base, disabled, optional, refused } = view;
  return items.map((item, index) => {
    const error = refused?.errors.find(({ pointer }) => pointer === `/answers/${item.id}`);
    const typed = refused?.typed[item.id];
    return {
      number: index + 1,
      ...{ id: item.id, name: FIELD + item.id, kind: item.kind, disabled, optional },
      prompt: reader.shown(item.prompt),
      tracks: view.tracksOf(item.id),
      ...(item.image
        ? { image: { src: `${base}/${item.image.file}`, alt: reader.plain(item.image.alt) } }
        : {}),
      ...partsOf(item, quiz, view, typed),
      ...(typeof typed === 'string' ? { value: typed } : {}),
      ...(error ? { error: fieldDetail(reader.locale, error) } : {}),
    };
  });
}

function partsOf(item: QuizItem, quiz: Pick<QuizBlock, 'shuffle'>, view: ItemView, typed: unknown): object {
  const { reader, base, arrangement } = view;
  const given = [typed].flat();
  const choice = (value: string, text: ShownText) => ({ value, text, checked: given.includes(value) });
  switch (item.kind) {
    case 'single':
    case 'multiple':
      return {
        choices: shownChoices(item, item.choices, quiz, arrangement).map(({ id, text }) =>
          choice(id, reader.shown(text)),
        ),
      };
    case 'picture': {
      const choices = shownChoices(item, item.choices, quiz, arrangement);
      return {
        choices: choices.map(({ id, text, image }) => ({
          ...choice(id, reader.shown(text)),
          image: { src: `${base}/${image.file}`, alt: reader.plain(image.alt) },
        })),
      };
    }
    case 'order': {
      const pieces = optionsOf(shownChoices(item, item.choices, quiz, arrangement), reader);
      return { pieces, places: placesOf(item, pieces, typed, reader.locale) };
    }
    case 'match': {
      const options = optionsOf(shownChoices(item, item.options, quiz, arrangement), reader);
      return { pieces: options, rows: rowsOf(item, options, typed, reader) };
    }
    case 'boolean':
      return {
        choices: (['true', 'false'] as const).map((value) =>
          choice(value, { text: yesOrNo(value === 'true', reader.locale) }),
        ),
      };
    case 'number':
      return item.unit ? { unit: reader.plain(item.unit) } : {};
  }
}

/** An option of a select, with its language where that is not the page's. */
type Option = { readonly value: string } & ShownText;

function optionsOf(pieces: readonly QuizPiece[], reader: Reader): Option[] {
  return pieces.map(({ id, text }) => ({ value: id, ...reader.shown(text) }));
}

function select(options: readonly Option[], chosen: unknown): object[] {
  return options.map((option) => ({ ...option, selected: option.value === chosen }));
}

function placesOf(item: QuizItem, pieces: readonly Option[], typed: unknown, locale: Locale): object[] {
  const chosen = Array.isArray(typed) ? (typed as unknown[]) : [];
  return pieces.map((_, index) => ({
    field: `${item.id}-${index + 1}`,
    name: `${FIELD}${item.id}.${index + 1}`,
    label: t(locale, 'learning:quiz.place', { n: index + 1 }),
    options: select(pieces, chosen[index]),
  }));
}

function rowsOf(
  item: QuizItem & { kind: 'match' },
  options: readonly Option[],
  typed: unknown,
  reader: Reader,
): object[] {
  const chosen = typeof typed === 'object' && typed !== null ? (typed as Record<string, unknown>) : {};
  return item.choices.map(({ id, text }) => ({
    field: `${item.id}-${id}`,
    name: `${FIELD}${item.id}.${id}`,
    text: reader.shown(text),
    options: select(options, chosen[id]),
  }));
}

/** "Vrai" or "Faux". */
export function yesOrNo(value: boolean, locale: Locale): string {
  return t(locale, value ? 'learning:quiz.yes' : 'learning:quiz.no');
}
