import { blockOf, type PublishedCourse, type PublishedModule } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatPercent } from '../../shared/web/handlebars/format.js';
import type { CourseProgress, ModuleProgress } from '../learning.query.js';
import { Reader, type ShownText } from './reader.js';

/** A module as a stop of the course's road. */
export interface StopView {
  readonly name: string;
  readonly when: string;
  readonly note: string;
  readonly href: string;
  readonly state: 'done' | 'current' | 'next';
}

/** What of a course page hangs on who looks at it. */
export interface CourseRoadView {
  readonly stops: readonly StopView[];
  readonly next?: { readonly label: string; readonly href: string };
  readonly progress?: { readonly value: number; readonly text: string };
  readonly finished?: true;
}

/** Does a module ask for anything online? */
function hasLesson({ document, video }: PublishedModule): boolean {
  return video !== undefined || blockOf(document, 'quiz') !== undefined;
}

/** The course as a road: what is done, where I am, what comes. Without progress: where to begin. */
export function presentRoad(
  course: PublishedCourse,
  locale: Locale,
  progress?: CourseProgress,
): CourseRoadView {
  const lessons = course.modules.filter(hasLesson);
  const done = lessons.filter(({ id }) => progress?.get(id)?.done).length;
  const current = progress && lessons.find(({ id }) => !progress.get(id)?.done);
  const stops = course.modules.map((module): StopView => {
    const mine = progress?.get(module.id);
    const state = mine?.done ? 'done' : module === current ? 'current' : 'next';
    return {
      name: titleOf(module, locale),
      when: t(locale, 'learning:course.minutes', { count: module.document.minutes }),
      note: noteOf(module, mine, locale),
      href: hrefOf(module, locale),
      state,
    };
  });
  const [first] = lessons;
  const target = current ?? first;
  const next = target && {
    label: labelOf(target, done, current, locale, progress),
    href: hrefOf(target, locale),
  };
  return {
    stops,
    ...(next ? { next } : {}),
    ...(progress && lessons.length > 0 ? { progress: progressOf(done, lessons.length, locale) } : {}),
    ...(progress && lessons.length > 0 && done === lessons.length ? { finished: true } : {}),
  };
}

function progressOf(done: number, total: number, locale: Locale): { value: number; text: string } {
  const text = t(locale, 'learning:course.progressText', { count: done, total });
  return { value: Math.round((done / total) * 100), text };
}

function labelOf(
  target: PublishedModule,
  done: number,
  current: PublishedModule | undefined,
  locale: Locale,
  progress: CourseProgress | undefined,
): string {
  if (progress && !current) return t(locale, 'learning:course.again');
  const begun = done > 0 || progress?.get(target.id)?.video || progress?.get(target.id)?.quiz;
  return begun
    ? t(locale, 'learning:course.continue', { module: titleOf(target, locale) })
    : t(locale, 'learning:course.begin');
}

/** What is left to do in a module, in a few words; nothing where nothing was begun. */
function noteOf(module: PublishedModule, mine: ModuleProgress | undefined, locale: Locale): string {
  if (!hasLesson(module)) return t(locale, 'learning:state.outline');
  if (mine?.done) return t(locale, 'learning:state.done');
  const { video, quiz } = mine ?? {};
  if (quiz?.passed) return t(locale, 'learning:state.video');
  if (quiz && (video?.completed || !module.video)) return t(locale, 'learning:state.retry');
  if (video?.completed) return t(locale, 'learning:state.quiz');
  return video
    ? t(locale, 'learning:state.watched', { percent: formatPercent(Math.floor(video.percent), locale) })
    : '';
}

/** Address of a module's lesson. */
export function hrefOf(module: PublishedModule, locale: Locale): string {
  return `/${locale}/courses/${module.courseSlug}/${module.slug}`;
}

/** A title in the reader's language, or the nearest there is. */
export function titleOf({ document }: Pick<PublishedModule, 'document'>, locale: Locale): string {
  return new Reader(locale).plain(document.title);
}

/** The parts of a course page that are the same for everybody. */
export function presentCourseTexts({ document }: PublishedCourse, locale: Locale) {
  const reader = new Reader(locale);
  const texts: { title: ShownText; summary: ShownText; audience: ShownText; objectives: ShownText[] } = {
    title: reader.shown(document.title),
    summary: reader.shown(document.summary),
    audience: reader.shown(document.audience),
    objectives: document.objectives.map((text) => reader.shown(text)),
  };
  document.modules.forEach(({ title }) => reader.plain(title));
  return {
    allHref: `/${locale}/courses`,
    ...texts,
    fallback: fallbackSentence(reader, 'learning:course.fallback'),
  };
}

/** Says in which language the missing texts are shown; undefined while none is missing. */
export function fallbackSentence({ fallbackLang, locale }: Reader, key: string): string | undefined {
  if (!fallbackLang) return undefined;
  return t(locale, key, { language: t(locale, `learning:languageOf.${fallbackLang}`) });
}
