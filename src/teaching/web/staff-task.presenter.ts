import type { Catalogue } from '../../courses/public.js';
import { titleOf } from '../../learning/public.js';
import { formatDayShort } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { TASK_STATES } from '../task.js';
import type { QueueSession, ReviewedTask } from '../task-review.query.js';
import { instantText, presentSteps, stateBadge } from './task-form.presenter.js';
import { personName, publishedExercise, titleOfTask } from './task.presenter.js';

/** What the queue shows and how it was narrowed. */
export interface QueueView {
  readonly catalogue: Catalogue;
  readonly items: readonly ReviewedTask[];
  readonly next: string | null;
  readonly sessions: readonly QueueSession[];
  readonly chosen: {
    readonly course: string;
    readonly session: string;
    readonly state: string;
    readonly cursor: string;
  };
}

/** The queue as a table, with its filters in the address. */
export function presentQueue(view: QueueView, locale: Locale): object {
  const { catalogue, items, next, sessions, chosen } = view;
  const base = `/${locale}/staff/tasks`;
  const address = (changes: Record<string, string>): string => {
    const { course, session, state } = chosen;
    const query = Object.entries({ course, session, state, ...changes }).filter(([, value]) => value !== '');
    return `${base}?${new URLSearchParams(query).toString()}`;
  };
  const every = { value: '', label: t(locale, 'teaching:review.every') };
  const courses = catalogue.courses.map((course) => ({ value: course.slug, label: titleOf(course, locale) }));
  return {
    base,
    chosen,
    tabs: [...TASK_STATES, 'all'].map((state) => ({
      label: t(locale, state === 'all' ? 'teaching:review.all' : `teaching:state.${state}`),
      href: address({ state }),
      current: state === chosen.state,
    })),
    courses: [every, ...courses],
    sessions: [every, ...sessions.map((session) => sessionChoice(catalogue, session, locale))],
    columns: ['person', 'exercise', 'module', 'state', 'since'].map((key) => ({
      label: t(locale, `teaching:review.${key}`),
    })),
    rows: items.map((task) => rowOf(catalogue, task, locale)),
    firstHref: chosen.cursor === '' ? null : address({}),
    nextHref: next ? address({ cursor: next }) : null,
    guides: catalogue.courses.map((course) => ({
      label: titleOf(course, locale),
      href: `/${locale}/staff/courses/${course.slug}/guide`,
    })),
  };
}

function sessionChoice(catalogue: Catalogue, session: QueueSession, locale: Locale) {
  const course = catalogue.course(session.courseId);
  const parts = [pickText(session.city, locale).text, formatDayShort(session.localDate, locale)];
  return { value: session.id, label: [...parts, course ? titleOf(course, locale) : ''].join(' · ') };
}

function rowOf(catalogue: Catalogue, task: ReviewedTask, locale: Locale): object {
  const { module } = publishedExercise(catalogue, task);
  return {
    cells: [
      { text: personName(task, locale), href: `/${locale}/staff/tasks/${task.id}` },
      { text: titleOfTask(catalogue, task, locale) },
      { text: module ? titleOf(module, locale) : task.moduleSlug },
      { badge: stateBadge(task.state, locale) },
      { text: instantText(task.changedAt, locale) },
    ],
  };
}

/** One task with its steps; the latest first, and the form while nothing is decided. */
export function presentReviewPage(
  catalogue: Catalogue,
  task: ReviewedTask,
  locale: Locale,
): { title: string } & Record<string, unknown> {
  const { module, exercise } = publishedExercise(catalogue, task);
  const latest = task.steps.findLast(({ kind }) => kind === 'handed-in');
  return {
    title: titleOfTask(catalogue, task, locale),
    backHref: `/${locale}/staff/tasks`,
    person: personName(task, locale),
    module: module ? titleOf(module, locale) : task.moduleSlug,
    badge: stateBadge(task.state, locale),
    task: exercise ? pickText(exercise.text, locale).text : '',
    steps: presentSteps(task, locale).reverse(),
    ...(task.state === 'handed-in' && latest
      ? { action: `/${locale}/staff/tasks/${task.id}/decision`, handIn: latest.id }
      : {}),
  };
}
