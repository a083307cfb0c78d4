import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CourseLinks,
  ListeningShelf,
  type LocalizedText,
  type PublishedCourse,
} from '../../courses/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { slot } from '../../shared/web/slotted-markup.js';
import { CourseStays } from '../course-stay.service.js';
import { LearningQuery } from '../learning.query.js';
import {
  type CourseExercise,
  exercisesOf,
  presentCount,
  presentCourseTexts,
  presentExercise,
  presentStart,
  presentStop,
  type Road,
  roadOf,
  titleOf,
} from './course.pages.presenter.js';
import { presentCoverage } from './listening.presenter.js';
import { learnerOf } from './learner.js';
import { LessonFragments } from './lesson-fragments.js';
import { Reader } from './reader.js';

/** The catalogue, and each course as a road of modules with where I am. */
@Controller('courses')
export class CoursesPagesController {
  constructor(
    private readonly stays: CourseStays,
    private readonly links: CourseLinks,
    private readonly learning: LearningQuery,
    private readonly fragments: LessonFragments,
    private readonly shelf: ListeningShelf,
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
    const links = courses.flatMap(({ slug }) => this.linksOf(slug, locale));
    await this.pages.send(reply, 'learning/web/views/courses.hbs', { title }, { courses: cards, links });
  }

  // The one page that everybody opens again and again. Its parameter is read from the request: Nest's pipes would wait.
  @Get(':course')
  @Public()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { course: key } = request.params as { course: string };
    const learner = learnerOf(request.actor);
    const course = (await this.stays.catalogueOf(learner)).course(key);
    if (!course) throw new NotFound('course');
    const progress = learner ? await this.learning.progressOf(learner, course) : undefined;
    const isOlder = learner !== undefined && (await this.stays.isOlder(course));
    const exercises = learner ? exercisesOf(course, progress) : [];
    const content = await this.content(request, course, { ...roadOf(course, progress), isOlder }, exercises);
    await this.pages.sendReady(reply, { title: titleOf(course, request.locale) }, content);
  }

  /** All of it from memory as soon as somebody has seen it: the words of a version, and the few things said of a stop. */
  private async content(
    request: FastifyRequest,
    course: PublishedCourse,
    road: Road,
    exercises: readonly CourseExercise[],
  ): Promise<Buffer[]> {
    const { locale } = request;
    const { target, label, count } = road;
    const who = exercises.length > 0 ? 'learner' : request.actor ? 'known' : 'visitor';
    // Made anew when something is recorded: what can be heard of a course stands on its page.
    const page = await this.fragments.of(request, await this.shelf.ofCourse(course), who, 'course.hbs', () =>
      this.around(request, course, exercises.length > 0),
    );
    const name = `${target?.position} ${label} ${count?.done} ${road.isOlder}`;
    const start = await this.fragments.of(request, course, name, 'course-start.hbs', () =>
      presentStart(road, course.slug, locale),
    );
    const stops: Buffer[] = [];
    for (const stop of road.stops) {
      const { module, state, note } = stop;
      const model = (): object => presentStop(stop, locale);
      const known = this.fragments.of(request, module, `${state} ${note}`, 'course-stop.hbs', model);
      stops.push(('bytes' in known ? known : await known).bytes);
    }
    const tasks: Buffer[] = [];
    for (const exercise of exercises) {
      const { module, block, state } = exercise;
      const model = (): object => presentExercise(exercise, locale);
      const known = this.fragments.of(request, module, `${block.id} ${state}`, 'course-task.hbs', model);
      tasks.push(('bytes' in known ? known : await known).bytes);
    }
    return page.slotted.fill({ start: start.bytes, stops, tasks });
  }

  /** The page without what belongs to one person. */
  private async around(request: FastifyRequest, course: PublishedCourse, hasTasks: boolean): Promise<object> {
    const { locale } = request;
    const texts = presentCourseTexts(course, locale);
    const signInHref = request.actor
      ? undefined
      : `/${locale}/sign-in?next=/${locale}/courses/${course.slug}`;
    const testHref = course.document.test ? `/${locale}/courses/${course.slug}/test` : undefined;
    return {
      intro: await this.fragments.render(request, 'course-intro.hbs', texts),
      about: await this.fragments.render(request, 'course-about.hbs', {
        ...texts,
        listening: await presentCoverage(this.shelf, course, locale),
      }),
      ...{ start: slot('start'), stops: slot('stops'), tasks: slot('tasks'), hasTasks, signInHref, testHref },
      links: this.linksOf(course.slug, locale),
    };
  }

  /** What a course leads to besides its lessons. */
  private linksOf(slug: string, locale: Locale): { href: string; title: LocalizedText }[] {
    return this.links.of(slug).map(({ path, title }) => ({ href: `/${locale}${path}`, title }));
  }
}
