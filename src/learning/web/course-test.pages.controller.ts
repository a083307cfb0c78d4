import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseTestService } from '../course-test.service.js';
import { CourseTestPage } from './course-test.page.js';
import { answersOf } from './quiz-fields.presenter.js';

/** The test before and after a course as one page, which shows whatever is due; all of it without a script. */
@Controller('courses/:course/test')
export class CourseTestPagesController {
  constructor(
    private readonly tests: CourseTestService,
    private readonly page: CourseTestPage,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Public()
  async show(@Res() reply: FastifyReply, @Param('course') key: string): Promise<void> {
    await this.page.send(reply, key);
  }

  @Post()
  @ForPerson()
  async answer(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
    @Body() body: unknown,
  ): Promise<void> {
    const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const { id, phase, versionId } = form;
    const given = { id, phase, ...(versionId === undefined ? {} : { versionId }) };
    const own = await this.tests.of(person.id, key, given);
    const answers = answersOf(own.test.items, form);
    try {
      const { taken } = await this.tests.submit(person.id, key, { ...given, answers });
      const sentence = taken.phase === 'pre' ? 'thanks' : 'done';
      const flash = { kind: 'success' as const, key: `learning:test.${sentence}` };
      await this.pages.redirect(reply, `/courses/${own.course.slug}/test`, flash);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      await this.page.refuse(reply, own, { typed: answers, errors: error.errors });
    }
  }
}
