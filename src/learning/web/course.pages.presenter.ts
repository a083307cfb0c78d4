import {
  blockOf,
  type ExerciseBlock,
  type LocalizedText,
  type PublishedCourse,
  type PublishedModule,
} from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatPercent } from '../../shared/web/handlebars/format.js';
import type { CourseProgress, ModuleProgress, TaskState } from '../learning.query.js';
import { Reader, type ShownText } from './reader.js';

type StopState = 'done' | 'current' | 'next';

/** A module on the course's road, before it is put into words: few codes stand for all that can be said of it. */
export interface Stop {
  readonly module: PublishedModule;
  readonly state: StopState;
  /** `done`, `outline`, `quiz`, `retry`, `video`, `watched <percent>` or nothing. */
  readonly note: string;
}

/** Where somebody is on a course's road; without progress, where it begins. */
export interface Road {
  readonly stops: readonly Stop[];
  /** The lesson to open next; undefined when the course has none online. */
  readonly target?: PublishedModule | undefined;
  readonly label: 'begin' | 'continue' | 'again';
  /** A newer version than this one is published. */
  readonly isOlder?: boolean;
  /** Lessons done and lessons there are; undefined for somebody whose progress is not known. */
  readonly count?: { readonly done: number; readonly total: number };
}

/** An exercise on the course's page. */
export interface CourseExercise {
  readonly module: PublishedModule;
  readonly block: ExerciseBlock;
  readonly state: TaskState | 'todo';
}

/** Does a module ask for anything online? */
function hasLesson({ document, video }: PublishedModule): boolean {
  return video !== undefined || blockOf(document, 'quiz') !== undefined;
}

/** The course as a road: what is done, where I am, what comes. */
export function roadOf(course: PublishedCourse, progress?: CourseProgress): Road {
  const lessons = course.modules.filter(hasLesson);
  const done = lessons.filter(({ id }) => progress?.get(id)?.done).length;
  const current = progress && lessons.find(({ id }) => !progress.get(id)?.done);
  const stops = course.modules.map((module): Stop => {
    const mine = progress?.get(module.id);
    return {
      module,
      state: mine?.done ? 'done' : module === current ? 'current' : 'next',
      note: hasLesson(module) ? noteOf(module, mine) : 'outline',
    };
  });
  const target = current ?? lessons[0];
  const mine = target && progress?.get(target.id);
  const label = progress && !current ? 'again' : done > 0 || mine?.video || mine?.quiz ? 'continue' : 'begin';
  return {
    ...{ stops, target, label },
    ...(progress && lessons.length > 0 ? { count: { done, total: lessons.length } } : {}),
  };
}

/** What is left to do in a module; nothing where nothing was begun. */
function noteOf(module: PublishedModule, mine: ModuleProgress | undefined): string {
  if (mine?.done) return 'done';
  const { video, quiz } = mine ?? {};
  if (quiz?.passed) return 'video';
  if (quiz && (video?.completed || !module.video)) return 'retry';
  if (video?.completed) return 'quiz';
  return video ? `watched ${Math.floor(video.percent)}` : '';
}

/** A stop in words, as the `stop` partial takes it. */
export function presentStop({ module, state, note }: Stop, locale: Locale) {
  const [code = '', percent] = note.split(' ');
  const params = percent === undefined ? {} : { percent: formatPercent(Number(percent), locale) };
  return {
    name: titleOf(module, locale),
    when: t(locale, 'learning:course.minutes', { count: module.document.minutes }),
    note: code ? t(locale, `learning:state.${code}`, params) : '',
    href: hrefOf(module, locale),
    ...{ state, number: module.position },
  };
}

/** Exercises of a course with what became of each; `todo` where nothing was handed in. */
export function exercisesOf(course: PublishedCourse, progress: CourseProgress | undefined): CourseExercise[] {
  return course.modules.flatMap((module) =>
    module.document.blocks.flatMap((block) =>
      block.kind === 'exercise'
        ? [{ module, block, state: progress?.get(module.id)?.tasks?.get(block.id) ?? ('todo' as const) }]
        : [],
    ),
  );
}

/** An exercise in words: where it is handed in, and where it stands. */
export function presentExercise({ module, block, state }: CourseExercise, locale: Locale) {
  const kinds = { todo: 'neutral', 'handed-in': 'info', returned: 'warn', accepted: 'good' } as const;
  return {
    title: new Reader(locale).shown(block.title),
    module: titleOf(module, locale),
    href: `${hrefOf(module, locale)}/tasks/${block.id}`,
    badge: { kind: kinds[state], text: t(locale, `learning:task.${state}`) },
  };
}

/** Lessons done, in words; undefined for somebody whose progress is not known. */
export function presentCount({ count }: Road, locale: Locale): { value: number; text: string } | undefined {
  if (!count) return undefined;
  const text = t(locale, 'learning:course.progressText', { count: count.done, total: count.total });
  return { value: Math.round((count.done / count.total) * 100), text };
}

/** What a course page says to one person above the road. */
export function presentStart(road: Road, slug: string, locale: Locale) {
  const { target, label, count } = road;
  const params = target ? { module: titleOf(target, locale) } : {};
  return {
    ...(road.isOlder ? { newerHref: `/${locale}/courses/${slug}/version` } : {}),
    progress: presentCount(road, locale),
    finished: count !== undefined && count.done === count.total,
    next: target && { label: t(locale, `learning:course.${label}`, params), href: hrefOf(target, locale) },
  };
}

/** Address of a module's lesson. */
export function hrefOf(module: PublishedModule, locale: Locale): string {
  return `/${locale}${pathOf(module)}`;
}

/** The same, below the language. */
export function pathOf({ courseSlug, slug }: PublishedModule): string {
  return `/courses/${courseSlug}/${slug}`;
}

/** A title in the reader's language, or the nearest there is. */
export function titleOf({ document }: { document: { title: LocalizedText } }, locale: Locale): string {
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
