import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type ExerciseBlock, type PublishedModule, renderMarkdown } from '../../courses/public.js';
import { CourseStays, hrefOf, titleOf } from '../../learning/public.js';
import { ForPerson, ForPersonUploading } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound, TooMany } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PHOTO_FORM_BYTES } from '../../shared/files/photo.js';
import { readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import Handlebars from 'handlebars';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { exerciseOf, TaskService } from '../task.service.js';
import { TaskStore } from '../task.store.js';
import { presentMyTasks, presentSteps, presentTaskForm, type RefusedHandIn } from './task-form.presenter.js';

interface Place {
  readonly module: PublishedModule;
  readonly exercise: ExerciseBlock;
}

interface PlaceParams {
  course: string;
  module: string;
  block: string;
}

/** The page of one exercise: its text, what was handed in and decided, and the form; and the list of one's own. */
@Controller()
export class TaskPagesController {
  constructor(
    private readonly stays: CourseStays,
    private readonly tasks: TaskService,
    private readonly store: TaskStore,
    private readonly pages: PageRenderer,
  ) {}

  @Get('courses/:course/:module/tasks/:block')
  @ForPerson()
  async show(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param() params: PlaceParams,
  ): Promise<void> {
    await this.send(reply, person.id, await this.find(params, person.id));
  }

  @Post('courses/:course/:module/tasks/:block')
  @ForPersonUploading(PHOTO_FORM_BYTES)
  async handIn(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param() params: PlaceParams,
    @Body() body: unknown,
  ): Promise<void> {
    const place = await this.find(params, person.id);
    const form = (body ?? {}) as NonNullable<FormBody>;
    const photo = form['photo'];
    const [id, link, note, tick] = ['id', 'link', 'note', 'tick'].map((name) => formText(form, name));
    const shows = (Buffer.isBuffer(photo) && photo.length > 0) || link !== '';
    try {
      // Whoever shows something and ticks the box as well has shown it.
      const given = { ...(id ? { id } : {}), photo, link, note, tick: shows ? '' : tick };
      await this.tasks.handIn(person.id, place.module, place.exercise.id, given);
      const path = `${hrefOf(place.module, reply.request.locale)}#tasks`;
      await this.pages.redirect(reply, path.slice(3), { kind: 'success', key: 'teaching:task.done' });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound || error instanceof TooMany)
        throw error;
      const errors = wordsOf(error, reply.request.locale);
      const typed = { link: link ?? '', note: note ?? '', ticked: tick !== '', errors };
      await this.send(reply, person.id, place, typed, failureOf(error).status);
    }
  }

  @Get('my/tasks')
  @ForPerson()
  async mine(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Query() { cursor, limit }: ListDto,
  ): Promise<void> {
    const { locale } = reply.request;
    const { items, next } = await this.store.ofPerson(person.id, readCursor(cursor), limit);
    const base = `/${locale}/my/tasks`;
    const model = {
      tasks: presentMyTasks(await this.stays.catalogueOf(person.id), items, locale),
      coursesHref: `/${locale}/courses`,
      firstHref: cursor ? base : null,
      nextHref: next ? `${base}?cursor=${next}` : null,
    };
    const title = t(locale, 'teaching:task.mine');
    await this.pages.send(reply, 'teaching/web/views/my-tasks.hbs', { title }, model);
  }

  private async send(
    reply: FastifyReply,
    personId: string,
    { module, exercise }: Place,
    refused?: RefusedHandIn,
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const task = await this.store.of(personId, module.id, exercise.id);
    const { text: source, locale: lang } = pickText(exercise.text, locale);
    const model = {
      owner: personId,
      backHref: hrefOf(module, locale),
      back: titleOf(module, locale),
      mineHref: `/${locale}/my/tasks`,
      task: presentTaskForm(module, exercise, task, locale, refused),
      text: new Handlebars.SafeString(renderMarkdown(source, locale)),
      ...(lang === locale ? {} : { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' }),
      steps: task ? presentSteps(task, locale).reverse() : [],
      errors: refused?.errors ?? [],
    };
    const title = pickText(exercise.title, locale).text;
    const page = { title, scripts: ['offline.js'] };
    await this.pages.refuse(reply, 'teaching/web/views/task.hbs', page, model, status);
  }

  /** In the version of the course that the person is on. */
  private async find({ course: key, module: part, block }: PlaceParams, personId: string): Promise<Place> {
    const course = (await this.stays.catalogueOf(personId)).course(key);
    const module = course?.modules.find(({ id, slug }) => slug === part || id === part);
    if (!module) throw new NotFound('lesson');
    return { module, exercise: exerciseOf(module, block) };
  }
}

function wordsOf(error: DomainError, locale: Locale): Array<{ field: string; text: string }> {
  if (error instanceof InvalidFields)
    return error.errors.map((one) => ({ field: one.pointer.slice(1), text: fieldDetail(locale, one) }));
  return [{ field: 'photo', text: t(locale, `errors:${error.code}.detail`, error.params) }];
}
