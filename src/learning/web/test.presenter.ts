import type { Locale } from '../../shared/i18n/i18n.js';
import { asQuiz, type MarkedTest, type OwnTest } from '../course-test.service.js';
import { presentItem, presentMark } from './quiz.presenter.js';
import { Reader } from './reader.js';
import type { OwnTestDto, TestTakenDto } from './test.dto.js';

/** A person's test as JSON: the questions while one is due, what was right once both are in. */
export function presentOwnTest(own: OwnTest, locale: Locale): OwnTestDto {
  const reader = new Reader(locale);
  const { test, base, step } = own;
  const view = { arrangement: 0, base, reader };
  const isDue = step === 'pre' || step === 'post';
  return {
    ...{ courseId: own.course.id, versionId: own.versionId, step },
    title: reader.plain(test.title),
    intro: reader.plain(test.intro),
    items: isDue ? test.items.map((item) => presentItem(item, asQuiz(test), view)) : [],
    pre: own.pre ? presentTaken(own.pre, own, locale) : null,
    post: own.post ? presentTaken(own.post, own, locale) : null,
  };
}

/** One test: that it was taken; its points and what was right only after the second. */
export function presentTaken(
  { id, phase, at, marking }: MarkedTest,
  own: OwnTest,
  locale: Locale,
): TestTakenDto {
  const reader = new Reader(locale);
  const isOver = own.post !== undefined;
  const feedback = marking.items.map((mark) => presentMark(mark, reader));
  return {
    ...{ id, phase, at: at.toISOString(), score: isOver ? marking.score : null, max: marking.max },
    feedback: isOver ? feedback : [],
  };
}
