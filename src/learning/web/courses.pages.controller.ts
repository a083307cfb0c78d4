import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CourseLinks } from '../../courses/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseStays } from '../course-stay.service.js';
import { LearningQuery } from '../learning.query.js';
import { CoursePage, linksOf } from './course.page.js';
import { presentCount, roadOf } from './course.pages.presenter.js';
import { learnerOf } from './learner.js';
import { Reader } from './reader.js';

/** The catalogue, and each course as a road of modules with where I am. */
@Controller('courses')
export class CoursesPagesController {
  constructor(
    private readonly stays: CourseStays,
    private readonly links: CourseLinks,
    private readonly learning: LearningQuery,
    private readonly course: CoursePage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { locale } = request;
    const learner = learnerOf(request.actor);
    const { courses } = await this.stays.catalogueOf(learner);
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
    const links = courses.flatMap(({ slug }) => linksOf(this.links, slug, locale));
    await this.pages.send(reply, 'learning/web/views/courses.hbs', { title }, { courses: cards, links });
  }

  // The one page that everybody opens again and again. Its parameter is read from the request: Nest's pipes would wait.
  @Get(':course')
  @Public()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { course: key } = request.params as { course: string };
    const course = (await this.stays.catalogueOf(learnerOf(request.actor))).course(key);
    if (!course) throw new NotFound('course');
    await this.course.send(reply, course);
  }
}
