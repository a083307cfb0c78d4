import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import type { ExerciseBlock, PublishedCourse, PublishedModule } from '../../courses/public.js';
import { hrefOf, LessonSection, LessonSections } from '../../learning/public.js';
import { Csrf } from '../../shared/access/csrf.js';
import { TaskStore } from '../task.store.js';
import { presentTaskForm } from './task-form.presenter.js';

const VIEW = 'teaching/web/views/lesson-tasks.hbs';

/** Below a lesson: its exercises, what became of them, and the form to hand them in. */
@Injectable()
export class LessonTasks extends LessonSection implements OnModuleInit {
  constructor(
    private readonly sections: LessonSections,
    private readonly store: TaskStore,
    private readonly csrf: Csrf,
  ) {
    super();
  }

  onModuleInit(): void {
    this.sections.add(this);
  }

  async render(
    request: FastifyRequest,
    _course: PublishedCourse,
    module: PublishedModule,
  ): Promise<Handlebars.SafeString | undefined> {
    const { actor, locale, signInToken } = request;
    const exercises = module.document.blocks.filter(
      (block): block is ExerciseBlock => block.kind === 'exercise',
    );
    if (exercises.length === 0 || actor?.kind === 'staff') return undefined;
    const person = actor?.person?.id;
    const tasks = await Promise.all(
      exercises.map(async (exercise) => {
        const task = person ? await this.store.of(person, module.id, exercise.id) : undefined;
        return presentTaskForm(module, exercise, task, locale);
      }),
    );
    const csrf = signInToken && actor?.via === 'cookie' ? this.csrf.tokenFor(signInToken) : undefined;
    const model = {
      page: { locale, csrf },
      ...(person
        ? { tasks, owner: person }
        : { signInHref: `/${locale}/sign-in?next=${hrefOf(module, locale)}%23tasks` }),
    };
    return new Handlebars.SafeString(await request.server.view(VIEW, model));
  }
}
