import type { QuizBlock, QuizItem, QuizPiece } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { MarkedAttempt, QuizPaper } from '../quiz-attempt.service.js';
import type { ItemMark } from '../quiz-marking.js';
import { shownChoices } from '../quiz-paper.js';
import type { ItemFeedbackDto, QuizChoiceDto, QuizDto, QuizItemDto, QuizResultDto } from './quiz.dto.js';
import { Reader } from './reader.js';

/** The questions, each member named: a key, a reason or a feedback can not slip in. */
export function presentQuiz({ module, quiz, arrangement, n }: QuizPaper, locale: Locale): QuizDto {
  const reader = new Reader(locale);
  const items = quiz.items.map((item) =>
    presentItem(item, quiz, { arrangement, base: module.picturesBase, reader }),
  );
  const { id: moduleId, versionId } = module;
  return { moduleId, versionId, title: reader.plain(quiz.title), pass: quiz.pass, paper: n, items };
}

/** How an item is shown: arranged, with pictures from `base`, in one language. */
export interface ItemView {
  readonly arrangement: number;
  readonly base: string;
  readonly reader: Reader;
}

/** One question as JSON. */
export function presentItem(item: QuizItem, quiz: Pick<QuizBlock, 'shuffle'>, view: ItemView): QuizItemDto {
  const { reader, base, arrangement } = view;
  const picture = ({ file, alt }: NonNullable<QuizItem['image']>) => ({
    src: `${base}/${file}`,
    alt: reader.plain(alt),
  });
  const pieces = (choices: readonly QuizPiece[]): QuizChoiceDto[] =>
    shownChoices(item, choices, quiz, arrangement).map(({ id, text }) => ({ id, text: reader.plain(text) }));
  const { id, kind } = item;
  const shown = {
    id,
    kind,
    prompt: reader.plain(item.prompt),
    ...(item.image ? { image: picture(item.image) } : {}),
  };
  switch (item.kind) {
    case 'single':
    case 'multiple':
    case 'order':
      return { ...shown, choices: pieces(item.choices) };
    case 'match': {
      // The things to match stand as the file has them; what they are matched with does not.
      const choices = item.choices.map((choice) => ({ id: choice.id, text: reader.plain(choice.text) }));
      return { ...shown, choices, options: pieces(item.options) };
    }
    case 'picture': {
      const choices = shownChoices(item, item.choices, quiz, arrangement);
      return {
        ...shown,
        choices: choices.map((one) => ({
          id: one.id,
          text: reader.plain(one.text),
          image: picture(one.image),
        })),
      };
    }
    case 'number':
      return item.unit ? { ...shown, unit: reader.plain(item.unit) } : shown;
    case 'boolean':
      return shown;
  }
}

/** One item after it was answered. */
export function presentMark(
  { itemId, correct, incomplete, texts }: ItemMark,
  reader: Reader,
): ItemFeedbackDto {
  const said = texts.map((text) => reader.plain(text));
  const missing = incomplete ? [t(reader.locale, 'learning:quiz.incomplete')] : [];
  return { itemId, correct, text: [...missing, ...said].join(' ') };
}

/** What a person is told after answering. */
export function presentResult({ id, at, number, marking }: MarkedAttempt, locale: Locale): QuizResultDto {
  const reader = new Reader(locale);
  const { score, max, passed, items } = marking;
  const feedback = items.map((mark) => presentMark(mark, reader));
  return { id, score, max, passed, attempt: number, at: at.toISOString(), feedback };
}
