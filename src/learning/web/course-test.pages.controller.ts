import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ListeningShelf } from '../../courses/public.js';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseTestService } from '../course-test.service.js';
import { presentTestPage, presentTestVisit } from './course-test.pages.presenter.js';
import { learnerOf } from './learner.js';
import { answersOf } from './quiz-fields.presenter.js';
import { Reader } from './reader.js';

const VIEW = 'learning/web/views/course-test.hbs';

/** The test before and after a course as one page, which shows whatever is due; all of it without a script. */
@Controller('courses/:course/test')
export class CourseTestPagesController {
  constructor(
    private readonly tests: CourseTestService,
    private readonly shelf: ListeningShelf,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async show(@Res() reply: FastifyReply, @Param('course') key: string): Promise<void> {
    const { actor, locale } = reply.request;
    const learner = learnerOf(actor);
    const own = learner ? await this.tests.of(learner, key) : undefined;
    const current = own ?? (await this.tests.current(key));
    const model = own
      ? presentTestPage(own, await this.shelf.ofTest(own.course.id, own.test), locale)
      : presentTestVisit(current, locale, actor?.kind === 'staff');
    const title = new Reader(locale).plain(current.test.title);
    await this.pages.send(reply, VIEW, { title, scripts: ['listen.js'] }, model);
  }

  @Post()
  @ForPerson()
  async answer(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { locale } = reply.request;
    const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const own = await this.tests.of(person.id, key);
    const answers = answersOf(own.test.items, form);
    try {
      const { taken } = await this.tests.submit(person.id, key, {
        id: form['id'],
        phase: form['phase'],
        answers,
      });
      const sentence = taken.phase === 'pre' ? 'thanks' : 'done';
      const flash = { kind: 'success' as const, key: `learning:test.${sentence}` };
      await this.pages.redirect(reply, `/courses/${own.course.slug}/test`, flash);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      const listening = await this.shelf.ofTest(own.course.id, own.test);
      const model = presentTestPage(own, listening, locale, { typed: answers, errors: error.errors });
      const title = new Reader(locale).plain(own.test.title);
      await this.pages.refuse(reply, VIEW, { title, scripts: ['listen.js'] }, model);
    }
  }
}
