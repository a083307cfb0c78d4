import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CourseLinks,
  ListeningShelf,
  type LocalizedText,
  type PublishedCourse,
} from '../../courses/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import { escaped, slot } from '../../shared/web/slotted-markup.js';
import { CourseStays } from '../course-stay.service.js';
import { LearningQuery } from '../learning.query.js';
import {
  type CourseExercise,
  exercisesOf,
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

/** A course as a road of modules with where I am. */
@Injectable()
export class CoursePage {
  constructor(
    private readonly stays: CourseStays,
    private readonly links: CourseLinks,
    private readonly learning: LearningQuery,
    private readonly fragments: LessonFragments,
    private readonly shelf: ListeningShelf,
    private readonly pages: PageRenderer,
  ) {}

  async send(reply: FastifyReply, course: PublishedCourse): Promise<void> {
    const { request } = reply;
    await this.pages.sendReady(reply, optionsOf(request, course), await this.ofReader(request, course));
  }

  /** What the page weighs for whoever asks, as a phone would store it. */
  async bytes(request: FastifyRequest, course: PublishedCourse): Promise<number> {
    const options = { ...optionsOf(request, course), path: `/courses/${course.slug}` };
    return this.pages.weighReady(request, options, await this.ofReader(request, course));
  }

  private async ofReader(request: FastifyRequest, course: PublishedCourse): Promise<Buffer[]> {
    const learner = learnerOf(request.actor);
    const progress = learner ? await this.learning.progressOf(learner, course) : undefined;
    const isOlder = learner !== undefined && (await this.stays.isOlder(course));
    const exercises = learner ? exercisesOf(course, progress) : [];
    return this.content(request, course, { ...roadOf(course, progress), isOlder }, exercises);
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
    const keep = await this.keep(request, course);
    return page.slotted.fill({ start: start.bytes, keep, stops, tasks });
  }

  /** What this phone has of the course, for somebody who learns. */
  private async keep(request: FastifyRequest, course: PublishedCourse): Promise<Buffer[]> {
    const learner = learnerOf(request.actor);
    if (learner === undefined) return [];
    const known = this.fragments.of(request, course, '', 'course-keep.hbs', () => ({
      pack: presentPack(course, request.locale),
      owner: slot('owner'),
    }));
    return ('bytes' in known ? known : await known).slotted.fill({ owner: escaped(learner) });
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
      ...{ start: slot('start'), keep: slot('keep'), stops: slot('stops'), tasks: slot('tasks') },
      ...{ hasTasks, signInHref, testHref },
      links: linksOf(this.links, course.slug, locale),
    };
  }
}

/** What a course leads to besides its lessons. */
export function linksOf(
  links: CourseLinks,
  slug: string,
  locale: Locale,
): { href: string; title: LocalizedText }[] {
  return links.of(slug).map(({ path, title }) => ({ href: `/${locale}${path}`, title }));
}

/** Scripts of a course's page. */
export function scriptsOfCourse({ actor }: FastifyRequest): string[] {
  return learnerOf(actor) === undefined ? [] : ['offline.js'];
}

function optionsOf(request: FastifyRequest, course: PublishedCourse): PageOptions {
  return { title: titleOf(course, request.locale), scripts: scriptsOfCourse(request) };
}

/** What the page tells the script that stores it. */
function presentPack({ id, versionId, modules }: PublishedCourse, locale: Locale): object {
  const url = `/api/v1/courses/${id}/pack?lang=${locale}`;
  return { url, versionId, hasVideo: modules.some(({ video }) => video !== undefined) };
}
