import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ListeningShelf } from '../../courses/public.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseTestService, type OwnTest } from '../course-test.service.js';
import { presentTestPage, presentTestVisit } from './course-test.pages.presenter.js';
import { learnerOf } from './learner.js';
import type { Refused } from './quiz-fields.presenter.js';
import { Reader } from './reader.js';

const VIEW = 'learning/web/views/course-test.hbs';

/** The page of the test before and after a course: whatever is due to whoever looks. */
@Injectable()
export class CourseTestPage {
  constructor(
    private readonly tests: CourseTestService,
    private readonly shelf: ListeningShelf,
    private readonly pages: PageRenderer,
  ) {}

  /** @throws NotFound */
  async send(reply: FastifyReply, courseKey: string): Promise<void> {
    const { options, model } = await this.model(reply.request, courseKey);
    await this.pages.send(reply, VIEW, options, model);
  }

  /** The form again with what was typed, as 422. */
  async refuse(reply: FastifyReply, own: OwnTest, refused: Refused): Promise<void> {
    const { options, model } = await this.ofLearner(reply.request, own, refused);
    await this.pages.refuse(reply, VIEW, options, model);
  }

  /** What is due to whoever asks, and what its page weighs as a phone would store it; undefined where there is no test any more. */
  async weighed(
    request: FastifyRequest,
    courseSlug: string,
  ): Promise<{ bytes: number; own: OwnTest } | undefined> {
    const learner = learnerOf(request.actor);
    if (learner === undefined || !(await this.tests.has(courseSlug))) return undefined;
    const own = await this.tests.of(learner, courseSlug);
    const { options, model } = await this.ofLearner(request, own);
    const path = `/courses/${courseSlug}/test`;
    return { own, bytes: await this.pages.weigh(request, VIEW, { ...options, path }, model) };
  }

  private async model(
    request: FastifyRequest,
    courseKey: string,
  ): Promise<{ options: PageOptions; model: object }> {
    const { actor, locale } = request;
    const learner = learnerOf(actor);
    if (learner) return this.ofLearner(request, await this.tests.of(learner, courseKey));
    const current = await this.tests.current(courseKey);
    const title = new Reader(locale).plain(current.test.title);
    return {
      options: { title, scripts: ['listen.js'] },
      model: presentTestVisit(current, locale, actor?.kind === 'staff'),
    };
  }

  private async ofLearner(
    { actor, locale }: FastifyRequest,
    own: OwnTest,
    refused?: Refused,
  ): Promise<{ options: PageOptions; model: object }> {
    const listening = await this.shelf.ofTest(own.course.id, own.test);
    const { id, versionId } = own.course;
    const kept = { owner: learnerOf(actor), url: `/api/v1/courses/${id}/pack?lang=${locale}`, versionId };
    return {
      options: { title: new Reader(locale).plain(own.test.title), scripts: TEST_SCRIPTS },
      model: { ...presentTestPage(own, listening, locale, refused), kept },
    };
  }
}

/** Scripts of the test's page for somebody who learns. */
export const TEST_SCRIPTS = ['listen.js', 'offline.js'];
