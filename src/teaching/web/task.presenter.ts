import type { Catalogue, ExerciseBlock, PublishedModule } from '../../courses/public.js';
import { displayName } from '../../people/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { Task, TaskStep } from '../task.js';
import type { ReviewedTask } from '../task-review.query.js';
import type { ReviewedTaskDto, TaskDto, TaskStepDto } from './task.dto.js';

/** The exercise of a task as it is published now; a later version may have dropped it. */
export function publishedExercise(
  catalogue: Catalogue,
  { moduleId, block }: Task,
): { module: PublishedModule | undefined; exercise: ExerciseBlock | undefined } {
  const module = catalogue.module(moduleId);
  const exercise = module?.document.blocks.find(
    (one): one is ExerciseBlock => one.kind === 'exercise' && one.id === block,
  );
  return { module, exercise };
}

/** Title of the exercise; its id where it is published no more. */
export function titleOfTask(catalogue: Catalogue, task: Task, locale: Locale): string {
  const { exercise } = publishedExercise(catalogue, task);
  return exercise ? pickText(exercise.title, locale).text : task.block;
}

/** Where the picture of a step is served to those who may see the task. */
export function photoAddress({ id }: { id: string }, step: TaskStep): string | null {
  return step.photo ? `/api/v1/tasks/${id}/photos/${step.id}` : null;
}

/** Name of whoever handed in, in the reader's script where there is one. */
export function personName({ givenFr, familyFr, givenAr, familyAr }: ReviewedTask, locale: Locale): string {
  const name = {
    ...(givenFr || familyFr ? { fr: { given: givenFr ?? '', family: familyFr ?? '' } } : {}),
    ...(givenAr || familyAr ? { ar: { given: givenAr ?? '', family: familyAr ?? '' } } : {}),
  };
  return displayName(name, locale);
}

/** A task as the API gives it. */
export function presentTask(catalogue: Catalogue, task: Task, locale: Locale): TaskDto {
  return {
    id: task.id,
    course: task.courseSlug,
    module: task.moduleSlug,
    block: task.block,
    title: titleOfTask(catalogue, task, locale),
    state: task.state,
    changedAt: task.changedAt.toISOString(),
    steps: task.steps.map((step) => presentStep(task, step)),
  };
}

/** The same for the staff, with whose it is. */
export function presentReviewed(catalogue: Catalogue, task: ReviewedTask, locale: Locale): ReviewedTaskDto {
  const person = { id: task.personId, name: personName(task, locale) };
  return { ...presentTask(catalogue, task, locale), person };
}

function presentStep(task: Task, step: TaskStep): TaskStepDto {
  const { id, kind, at, proof, link, note, ofStep, reason, by } = step;
  const said = { proof, link, photo: photoAddress(task, step), note };
  return { id, kind, at: at.toISOString(), ...said, ofStep, reason, by };
}
