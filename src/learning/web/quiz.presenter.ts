import type { PublishedModule, QuizBlock } from '../../courses/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { MarkedAttempt } from '../quiz-attempt.service.js';
import type { QuizDto, QuizItemDto, QuizResultDto } from './quiz.dto.js';
import { Reader } from './reader.js';

/** The questions, each member named: a key, a reason or a feedback can not slip in. */
export function presentQuiz(module: PublishedModule, quiz: QuizBlock, locale: Locale): QuizDto {
  const reader = new Reader(locale);
  const items = quiz.items.map((item): QuizItemDto => {
    const { id, kind } = item;
    const shown = { id, kind, prompt: reader.plain(item.prompt) };
    if (item.kind === 'single' || item.kind === 'multiple')
      return {
        ...shown,
        choices: item.choices.map((choice) => ({ id: choice.id, text: reader.plain(choice.text) })),
      };
    return item.kind === 'number' && item.unit ? { ...shown, unit: reader.plain(item.unit) } : shown;
  });
  const { id: moduleId, versionId } = module;
  return { moduleId, versionId, title: reader.plain(quiz.title), pass: quiz.pass, items };
}

/** What a person is told after answering. */
export function presentResult({ id, at, number, marking }: MarkedAttempt, locale: Locale): QuizResultDto {
  const reader = new Reader(locale);
  const { score, max, passed, items } = marking;
  const feedback = items.map(({ itemId, correct, texts }) => {
    return { itemId, correct, text: texts.map((text) => reader.plain(text)).join(' ') };
  });
  return { id, score, max, passed, attempt: number, at: at.toISOString(), feedback };
}
