import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CatalogueService, type PublishedCourse } from '../../courses/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { LearningQuery } from '../learning.query.js';
import {
  presentCount,
  presentCourseTexts,
  presentStart,
  presentStop,
  type Road,
  roadOf,
} from './course.pages.presenter.js';
import { learnerOf } from './learner.js';
import { LessonFragments } from './lesson-fragments.js';
import { Reader } from './reader.js';

/** The catalogue, and each course as a road of modules with where I am. */
@Controller('courses')
export class CoursesPagesController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly learning: LearningQuery,
    private readonly fragments: LessonFragments,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { locale } = request;
    const { courses } = await this.catalogue.current();
    const learner = learnerOf(request.actor);
    const progress = learner ? await this.learning.progressOfAll(learner, courses) : undefined;
    const reader = new Reader(locale);
    const cards = courses.map((course) => ({
      title: reader.plain(course.document.title),
      summary: reader.plain(course.document.summary),
      href: `/${locale}/courses/${course.slug}`,
      foot:
        presentCount(roadOf(course, progress), locale)?.text ??
        t(locale, 'learning:catalogue.modules', { count: course.modules.length }),
    }));
    const title = t(locale, 'learning:catalogue.title');
    await this.pages.send(reply, 'learning/web/views/courses.hbs', { title }, { courses: cards });
  }

  @Get(':course')
  @Public()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('course') key: string,
  ): Promise<void> {
    const { locale } = request;
    const course = (await this.catalogue.current()).course(key);
    if (!course) throw new NotFound('course');
    const learner = learnerOf(request.actor);
    const progress = learner ? await this.learning.progressOf(learner, course) : undefined;
    const signInHref = request.actor
      ? undefined
      : `/${locale}/sign-in?next=/${locale}/courses/${course.slug}`;
    const model = { ...(await this.texts(request, course, roadOf(course, progress))), signInHref };
    const title = new Reader(locale).plain(course.document.title);
    await this.pages.send(reply, 'learning/web/views/course.hbs', { title }, model);
  }

  /** All of it from memory as soon as somebody has seen it: the words of a version, and the few things said of a stop. */
  private async texts(request: FastifyRequest, course: PublishedCourse, road: Road): Promise<object> {
    const { versionId } = course;
    const { locale } = request;
    const model = (): object => presentCourseTexts(course, locale);
    const { target, label, count } = road;
    const start = `${versionId} ${target?.id} ${label} ${count?.done}`;
    const stops = road.stops.map((stop) => {
      const name = `${versionId} ${stop.module.id} ${stop.state} ${stop.note}`;
      return this.fragments.of(request, name, 'course-stop.hbs', () => presentStop(stop, locale));
    });
    return {
      intro: await this.fragments.of(request, versionId, 'course-intro.hbs', model),
      start: await this.fragments.of(request, start, 'course-start.hbs', () => presentStart(road, locale)),
      stops: await Promise.all(stops),
      about: await this.fragments.of(request, versionId, 'course-about.hbs', model),
    };
  }
}
