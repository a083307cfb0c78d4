import type { PublishedModule, QuizBlock, QuizItem } from '../../courses/public.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, formatPercent } from '../../shared/web/handlebars/format.js';
import type { QuizProgress } from '../learning.query.js';
import type { MarkedAttempt } from '../quiz-attempt.service.js';
import type { Answer } from '../quiz-marking.js';
import { Reader, type ShownText } from './reader.js';

/** Before an item's id in the names of the form's fields. */
const FIELD = 'q.';

/** What stands in the form when it comes back: what was typed, and what is wrong with it. */
export interface Refused {
  readonly typed: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/** The answers in a form's body; fields left empty are no answers. */
export function answersOf(quiz: QuizBlock, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const { id, kind } of quiz.items) {
    const value = body[FIELD + id];
    if (value === undefined || value === '') continue;
    answers[id] = kind === 'multiple' ? [value].flat() : value;
  }
  return answers;
}

/** On a page every question is answered: what the form's `required` asks, without a script too. */
export function unanswered(quiz: QuizBlock, answers: Readonly<Record<string, unknown>>): FieldError[] {
  return quiz.items.flatMap(({ id }) =>
    id in answers ? [] : [{ pointer: `/answers/${id}`, code: 'required' }],
  );
}

/** The questions as form fields, each member named: no key, no feedback. */
export function presentQuestions(
  quiz: QuizBlock,
  locale: Locale,
  disabled: boolean,
  refused?: Refused,
): object[] {
  const reader = new Reader(locale);
  return quiz.items.map((item, index) => {
    const error = refused?.errors.find(({ pointer }) => pointer === `/answers/${item.id}`);
    const typed = refused?.typed[item.id];
    return {
      number: index + 1,
      ...{ id: item.id, name: FIELD + item.id, kind: item.kind, disabled },
      prompt: reader.shown(item.prompt),
      ...choicesOf(item, reader, [typed].flat()),
      ...(typeof typed === 'string' ? { value: typed } : {}),
      ...(error ? { error: fieldDetail(locale, error) } : {}),
    };
  });
}

function choicesOf(item: QuizItem, reader: Reader, typed: readonly unknown[]): object {
  const choice = (value: string, text: ShownText) => ({ value, text, checked: typed.includes(value) });
  switch (item.kind) {
    case 'single':
    case 'multiple':
      return { choices: item.choices.map(({ id, text }) => choice(id, reader.shown(text))) };
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

function yesOrNo(value: boolean, locale: Locale): string {
  return t(locale, value ? 'learning:quiz.yes' : 'learning:quiz.no');
}

/** The errors above a form that comes back. */
export function presentQuizErrors(quiz: QuizBlock, { errors }: Refused, locale: Locale) {
  return errors.map((error) => {
    const id = error.pointer.replace('/answers/', '');
    const n = quiz.items.findIndex((item) => item.id === id) + 1;
    return { field: id, text: `${t(locale, 'learning:quiz.number', { n })} : ${fieldDetail(locale, error)}` };
  });
}

/** The heading of a quiz for one person. */
export function presentQuizHeading(quiz: QuizBlock, locale: Locale, mine?: QuizProgress | null) {
  const best =
    mine && t(locale, 'learning:quiz.best', { count: mine.attempts, best: mine.best, max: mine.max });
  return {
    title: new Reader(locale).shown(quiz.title),
    count: quiz.items.length,
    passMark: formatPercent(quiz.pass, locale),
    ...(best ? { best } : {}),
  };
}

/** A marked attempt as a page. */
export function presentResultPage(
  { quiz, answers, marking, number }: MarkedAttempt,
  module: PublishedModule,
  locale: Locale,
) {
  const reader = new Reader(locale);
  const items = quiz.items.map((item, index) => {
    const mark = marking.items[index];
    return {
      number: index + 1,
      prompt: reader.shown(item.prompt),
      yours: answerTexts(item, answers[item.id], reader),
      correct: mark?.correct ?? false,
      texts: (mark?.texts ?? []).map((text) => reader.shown(text)),
    };
  });
  const { score, max, passed } = marking;
  return {
    lessonTitle: reader.shown(module.document.title),
    score: t(locale, 'learning:result.score', { score, max }),
    ...{ passed, attempt: number, items },
  };
}

function answerTexts(item: QuizItem, answer: Answer | undefined, reader: Reader): ShownText[] {
  if (answer === undefined) return [];
  switch (item.kind) {
    case 'single':
    case 'multiple':
      return item.choices
        .filter(({ id }) => [answer].flat().includes(id))
        .map(({ text }) => reader.shown(text));
    case 'boolean':
      return [{ text: yesOrNo(answer === true, reader.locale) }];
    case 'number':
      return [
        {
          text: `${formatNumber(Number(answer), reader.locale)} ${item.unit ? reader.plain(item.unit) : ''}`.trim(),
        },
      ];
  }
}
