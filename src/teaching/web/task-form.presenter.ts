import type { Catalogue, ExerciseBlock, PublishedModule } from '../../courses/public.js';
import { hrefOf } from '../../learning/public.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { newId } from '../../shared/new-id.js';
import { formatNumber, pickText } from '../../shared/web/handlebars/format.js';
import { LONGEST_LINK, LONGEST_NOTE, type Task, type TaskState, type TaskStep } from '../task.js';
import { photoAddress, titleOfTask } from './task.presenter.js';

/** Colour and word of a state. */
export interface StateBadge {
  readonly kind: 'good' | 'warn' | 'info';
  readonly text: string;
}

const KINDS: Readonly<Record<TaskState, StateBadge['kind']>> = {
  'handed-in': 'info',
  accepted: 'good',
  returned: 'warn',
};

/** What was typed into a refused form, and what is wrong with it. */
export interface RefusedHandIn {
  readonly link: string;
  readonly note: string;
  readonly ticked: boolean;
  readonly errors: ReadonlyArray<{ field: string; text: string }>;
}

export function stateBadge(state: TaskState, locale: Locale): StateBadge {
  return { kind: KINDS[state], text: t(locale, `teaching:state.${state}`) };
}

export function instantText(at: Date, locale: Locale): string {
  return formatInstant(at, DEFAULT_ZONE, locale);
}

/** A step of a task in words, with its proof. */
export function presentSteps(task: Task, locale: Locale): object[] {
  return task.steps.map((step: TaskStep) => ({
    badge: stateBadge(step.kind, locale),
    when: instantText(step.at, locale),
    by: step.by,
    ...{ link: step.link, note: step.note, reason: step.reason, ticked: step.proof === 'tick' },
    photo: photoAddress(task, step),
  }));
}

/** The exercise of a lesson with its state and, while it is open, its form. */
export function presentTaskForm(
  module: PublishedModule,
  exercise: ExerciseBlock,
  task: Task | undefined,
  locale: Locale,
  refused?: RefusedHandIn,
): object {
  const asksPhoto = exercise.proof === 'photo';
  const error = (field: string) => refused?.errors.find((one) => one.field === field)?.text;
  const ofState = task && {
    badge: stateBadge(task.state, locale),
    [task.state === 'handed-in' ? 'handedIn' : task.state]: true,
    when: instantText(task.changedAt, locale),
    reason: task.steps.at(-1)?.reason,
  };
  return {
    block: exercise.id,
    title: pickText(exercise.title, locale).text,
    href: taskHref(module, exercise.id, locale),
    asksPhoto,
    ...(ofState ? { state: ofState } : {}),
    open: task?.state !== 'accepted',
    id: newId(),
    limits: { link: LONGEST_LINK, note: LONGEST_NOTE, noteText: formatNumber(LONGEST_NOTE, locale) },
    typed: { link: refused?.link ?? '', note: refused?.note ?? '', ticked: refused?.ticked ?? false },
    wrong: { photo: error('photo'), link: error('link'), tick: error('tick'), note: error('note') },
    submit: t(locale, task ? 'teaching:task.again' : 'teaching:task.send'),
  };
}

/** Address of an exercise's own page, with the language. */
export function taskHref(module: PublishedModule, block: string, locale: Locale): string {
  return `${hrefOf(module, locale)}/tasks/${block}`;
}

/** A person's own tasks as a list. */
export function presentMyTasks(catalogue: Catalogue, tasks: readonly Task[], locale: Locale): object[] {
  return tasks.map((task) => {
    const module = catalogue.module(task.moduleId);
    return {
      title: titleOfTask(catalogue, task, locale),
      module: module ? pickText(module.document.title, locale).text : '',
      badge: stateBadge(task.state, locale),
      when: instantText(task.changedAt, locale),
      ...(module ? { href: taskHref(module, task.block, locale) } : {}),
    };
  });
}
