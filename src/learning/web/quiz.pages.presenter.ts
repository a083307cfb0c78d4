import type { Listening, PublishedModule, QuizBlock, QuizItem, QuizPiece } from '../../courses/public.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { ShownTrack } from '../../shared/listening/tracks.presenter.js';
import { formatNumber, formatPercent } from '../../shared/web/handlebars/format.js';
import type { QuizProgress } from '../learning.query.js';
import type { MarkedAttempt } from '../quiz-attempt.service.js';
import type { Answer, Answers, Marking, Pairs } from '../quiz-marking.js';
import { presentChoice, presentTracks } from './listening.presenter.js';
import { type Refused, yesOrNo } from './quiz-fields.presenter.js';
import { Reader, type ShownText } from './reader.js';

/** On a page every question is answered: what the form's `required` asks, without a script too. */
export function unanswered(
  quiz: Pick<QuizBlock, 'items'>,
  answers: Readonly<Record<string, unknown>>,
): FieldError[] {
  return quiz.items.flatMap(({ id }) =>
    id in answers ? [] : [{ pointer: `/answers/${id}`, code: 'required' }],
  );
}

/** The errors above a form that comes back. */
export function presentQuizErrors(
  quiz: { readonly items: readonly QuizItem[] },
  { errors }: Refused,
  locale: Locale,
) {
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

/** Each question answered and explained. @param tracksOf the recordings of a question; why it is so, no one has recorded */
export function presentMarks(
  quiz: Pick<QuizBlock, 'items'>,
  { answers, marking }: { readonly answers: Answers; readonly marking: Marking },
  reader: Reader,
  tracksOf: (item: string) => readonly ShownTrack[],
): object[] {
  return quiz.items.map((item, index) => {
    const mark = marking.items[index];
    return {
      number: index + 1,
      prompt: reader.shown(item.prompt),
      tracks: tracksOf(item.id),
      yours: answerTexts(item, answers[item.id], reader),
      correct: mark?.correct ?? false,
      texts: [
        ...(mark?.incomplete ? [{ text: t(reader.locale, 'learning:quiz.incomplete') }] : []),
        ...(mark?.texts ?? []).map((text) => reader.shown(text)),
      ],
    };
  });
}

/** A marked attempt as a page. */
export function presentResultPage(
  attempt: MarkedAttempt,
  { slug, document }: PublishedModule,
  listening: Listening,
  locale: Locale,
) {
  const reader = new Reader(locale);
  const { quiz, marking, number } = attempt;
  const lineOf = (item: string) => `${slug}/${quiz.id}.${item}`;
  const items = presentMarks(quiz, attempt, reader, (item) => presentTracks(listening, lineOf(item), locale));
  const { score, max, passed } = marking;
  return {
    lessonTitle: reader.shown(document.title),
    score: t(locale, 'learning:result.score', { score, max }),
    choice: presentChoice(
      listening,
      quiz.items.map(({ id }) => lineOf(id)),
      locale,
    ),
    ...{ passed, attempt: number, items },
  };
}

/** What was answered, as words. */
export function answerTexts(item: QuizItem, answer: Answer | undefined, reader: Reader): ShownText[] {
  if (answer === undefined) return [];
  switch (item.kind) {
    case 'single':
    case 'picture':
    case 'multiple':
      return item.choices
        .filter(({ id }) => [answer].flat().includes(id))
        .map(({ text }) => reader.shown(text));
    case 'order':
      return [answer]
        .flat()
        .map((id, index) => textOf(item.choices, id, reader, (text) => `${index + 1}. ${text}`));
    case 'match':
      return item.choices.map(({ text, id }) =>
        textOf(item.options, (answer as Pairs)[id], reader, (option) => `${reader.plain(text)} : ${option}`),
      );
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

function textOf(
  pieces: readonly QuizPiece[],
  id: unknown,
  reader: Reader,
  phrase: (text: string) => string,
): ShownText {
  const piece = pieces.find((one) => one.id === id);
  const shown = piece ? reader.shown(piece.text) : { text: '–' };
  return { ...shown, text: phrase(shown.text) };
}
