import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ListeningShelf, type PublishedCourse, type PublishedModule } from '../../courses/public.js';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseStays } from '../course-stay.service.js';
import { LearningQuery } from '../learning.query.js';
import { type MarkedAttempt, QuizAttemptService } from '../quiz-attempt.service.js';
import { hrefOf } from './course.pages.presenter.js';
import { learnerOf } from './learner.js';
import { LessonPage } from './lesson.page.js';
import { neighboursOf } from './lesson.presenter.js';
import { answersOf } from './quiz-fields.presenter.js';
import { presentResultPage, unanswered } from './quiz.pages.presenter.js';

const VIEW = 'learning/web/views/quiz-result.hbs';

interface Place {
  course: PublishedCourse;
  module: PublishedModule;
}

/** A lesson, its quiz as a form, and the result with a word on each answer; all of it without JavaScript. */
@Controller('courses/:course/:module')
export class LessonPagesController {
  constructor(
    private readonly stays: CourseStays,
    private readonly attempts: QuizAttemptService,
    private readonly learning: LearningQuery,
    private readonly shelf: ListeningShelf,
    private readonly lesson: LessonPage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async show(@Res() reply: FastifyReply, @Param() params: { course: string; module: string }): Promise<void> {
    const { course, module } = await this.find(params, learnerOf(reply.request.actor));
    await this.lesson.send(reply, course, module);
  }

  @Post('quiz')
  @ForPerson()
  async answer(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param() params: { course: string; module: string },
    @Body() body: unknown,
  ): Promise<void> {
    const { course, module } = await this.find(params, person.id);
    const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    let answers: Record<string, unknown> = {};
    try {
      // A page opened before a new version was published is answered on the version it shows.
      const { id: attemptId, versionId = module.versionId, paper } = form;
      const given = { id: attemptId, versionId, ...(paper === undefined ? {} : { paper }) };
      const asked = await this.attempts.asked(person.id, module, given);
      answers = answersOf(asked.items, form);
      const left = unanswered(asked, answers);
      if (left.length > 0) throw new InvalidFields(left);
      const { id } = await this.attempts.submit(person.id, module.id, { ...given, answers });
      await reply.redirect(`${hrefOf(module, reply.request.locale)}/quiz/${id}`, 303);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      await this.lesson.send(reply, course, module, { typed: answers, errors: error.errors });
    }
  }

  @Get('quiz/:attempt')
  @ForPerson()
  async result(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param() params: { course: string; module: string; attempt: string },
  ): Promise<void> {
    const { course, module } = await this.find(params, person.id);
    const attempt = await this.attempts.find(person.id, module, params.attempt);
    await this.sendResult(request, reply, { course, module }, person.id, attempt);
  }

  private async sendResult(
    request: FastifyRequest,
    reply: FastifyReply,
    { course, module }: Place,
    personId: string,
    attempt: MarkedAttempt,
  ): Promise<void> {
    const { locale } = request;
    const mine = (await this.learning.progressOf(personId, course)).get(module.id);
    const backHref = hrefOf(module, locale);
    const model = {
      ...presentResultPage(attempt, module, await this.shelf.ofModule(module), locale),
      ...{ backHref, againHref: `${backHref}#quiz`, routeHref: `/${locale}/courses/${course.slug}` },
      videoLeft: attempt.marking.passed && module.video !== undefined && !mine?.video?.completed,
      nextHref: mine?.done ? neighboursOf(module, course, locale).next?.href : undefined,
    };
    const title = t(locale, 'learning:result.title');
    await this.pages.send(reply, VIEW, { title, scripts: ['listen.js'] }, model);
  }

  private async find(
    params: { course: string; module: string },
    learner: string | undefined,
  ): Promise<Place> {
    const course = (await this.stays.catalogueOf(learner)).course(params.course);
    const module = course?.modules.find(({ id, slug }) => slug === params.module || id === params.module);
    if (!course || !module) throw new NotFound('lesson');
    return { course, module };
  }
}
