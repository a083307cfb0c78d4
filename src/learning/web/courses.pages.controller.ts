import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CatalogueService, type PublishedCourse } from '../../courses/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { slot } from '../../shared/web/slotted-markup.js';
import { LearningQuery } from '../learning.query.js';
import {
  presentCount,
  presentCourseTexts,
  presentStart,
  presentStop,
  type Road,
  roadOf,
  titleOf,
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
    const road = roadOf(course, progress);
    const title = titleOf(course, locale);
    await this.pages.sendReady(reply, { title }, await this.content(request, course, road));
  }

  /** All of it from memory as soon as somebody has seen it: the words of a version, and the few things said of a stop. */
  private async content(request: FastifyRequest, course: PublishedCourse, road: Road): Promise<Buffer[]> {
    const { versionId } = course;
    const { locale } = request;
    const { target, label, count } = road;
    const who = request.actor ? 'known' : 'visitor';
    const page = await this.fragments.of(request, `${versionId} ${who}`, 'course.hbs', () =>
      this.around(request, course),
    );
    const start = await this.fragments.of(
      request,
      `${versionId} ${target?.id} ${label} ${count?.done}`,
      'course-start.hbs',
      () => presentStart(road, locale),
    );
    const stops: Buffer[] = [];
    for (const stop of road.stops) {
      const name = `${stop.module.versionId} ${stop.module.id} ${stop.state} ${stop.note}`;
      const known = this.fragments.of(request, name, 'course-stop.hbs', () => presentStop(stop, locale));
      stops.push(('bytes' in known ? known : await known).bytes);
    }
    return page.slotted.fill({ start: start.bytes, stops });
  }

  /** The page without what belongs to one person. */
  private async around(request: FastifyRequest, course: PublishedCourse): Promise<object> {
    const { locale } = request;
    const texts = presentCourseTexts(course, locale);
    const signInHref = request.actor
      ? undefined
      : `/${locale}/sign-in?next=/${locale}/courses/${course.slug}`;
    return {
      intro: await this.fragments.render(request, 'course-intro.hbs', texts),
      about: await this.fragments.render(request, 'course-about.hbs', texts),
      ...{ start: slot('start'), stops: slot('stops'), signInHref },
    };
  }
}
