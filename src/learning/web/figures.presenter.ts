import { pickText } from '../../shared/web/handlebars/format.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { PublishedCourse, QuizItem } from '../../courses/public.js';
import type { ModuleStatistics } from '../item-statistics.query.js';
import type { ItemStatistics } from '../item-statistics.js';
import type { LearningGain } from '../learning-gain.js';
import type { CourseGain } from '../learning-gain.query.js';
import type {
  CourseGainDto,
  CourseStatisticsDto,
  ItemStatisticsDto,
  LearningGainDto,
} from './figures.dto.js';
import { answerTexts } from './quiz.pages.presenter.js';
import { Reader } from './reader.js';
import { roundedShare } from './rounded-share.js';

/** How the questions of a course are answered, as JSON. */
export function presentStatistics(
  course: PublishedCourse,
  modules: readonly ModuleStatistics[],
  locale: Locale,
): CourseStatisticsDto {
  const reader = new Reader(locale);
  return {
    courseId: course.id,
    modules: modules.map(({ module, quiz, items }) => ({
      ...{ moduleId: module.id, slug: module.slug, title: reader.plain(module.document.title) },
      items: items.flatMap((one) => {
        const item = quiz.items.find(({ id }) => id === one.itemId);
        return item ? [presentItemStatistics(item, one, reader)] : [];
      }),
    })),
  };
}

/** One question with its figures and its commonest wrong answer in words. */
export function presentItemStatistics(
  item: QuizItem,
  one: ItemStatistics,
  reader: Reader,
): ItemStatisticsDto {
  const { itemId, n, difficulty, commonestWrong } = one;
  return {
    ...{ itemId, prompt: reader.plain(item.prompt), n, difficulty: roundedShare(difficulty) },
    commonestWrong: commonestWrong && {
      text: answerTexts(item, commonestWrong.answer, reader)
        .map(({ text }) => text)
        .join(' · '),
      share: roundedShare(commonestWrong.share) ?? 0,
    },
  };
}

/** The gains of a course as JSON. */
export function presentGain(
  course: PublishedCourse,
  { groups, total }: CourseGain,
  locale: Locale,
): CourseGainDto {
  return {
    courseId: course.id,
    sessions: groups.map(({ session, method, gain }) => ({
      sessionId: session?.sessionId ?? null,
      city: session ? pickText(session.city, locale).text : null,
      localDate: session?.localDate ?? null,
      ...presentFigures(method, gain),
    })),
    total: total.map(({ method, gain }) => presentFigures(method, gain)),
  };
}

function presentFigures(
  method: string,
  { n, atMax, unpaired, gain, pre, post }: LearningGain,
): LearningGainDto {
  return {
    method,
    n,
    atMax,
    unpaired,
    gain: roundedShare(gain),
    pre: roundedShare(pre),
    post: roundedShare(post),
  };
}
