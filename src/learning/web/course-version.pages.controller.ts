import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForPerson, ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentPerson, CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseMoves } from '../course-move.service.js';
import { CourseStays } from '../course-stay.service.js';
import { presentChange } from './course-change.presenter.js';
import { titleOf } from './course.pages.presenter.js';

/** What a new version changes, and the button that moves: for oneself, and for a session's people. */
@Controller()
export class CourseVersionPagesController {
  constructor(
    private readonly stays: CourseStays,
    private readonly moves: CourseMoves,
    private readonly pages: PageRenderer,
  ) {}

  @Get('courses/:course/version')
  @ForPerson()
  async show(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
  ): Promise<void> {
    const course = (await this.stays.catalogueOf(person.id)).course(key);
    if (!course) throw new NotFound('course');
    const newer = await this.stays.newerThan(course);
    if (!newer) return this.pages.redirect(reply, `/courses/${course.slug}`);
    const model = {
      course: titleOf(course, locale),
      backHref: `/${locale}/courses/${course.slug}`,
      action: `/${locale}/courses/${course.slug}/version`,
      numbers: { from: course.number, to: newer.course.number },
      changes: newer.changes.map((change) => presentChange(change, locale)),
    };
    const title = t(locale, 'learning:changes.title');
    await this.pages.send(reply, 'learning/web/views/course-version.hbs', { title }, model);
  }

  @Post('courses/:course/version')
  @ForPerson()
  async accept(
    @Res() reply: FastifyReply,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
  ): Promise<void> {
    const { slug, number } = await this.moves.accept(person.id, key);
    const flash = { kind: 'success' as const, key: 'learning:changes.moved', params: { number } };
    await this.pages.redirect(reply, `/courses/${slug}`, flash);
  }

  @Get('staff/sessions/:session/course')
  @ForRoles('admin', 'manager')
  async session(
    @Req() { locale }: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const { session, newest, older } = await this.moves.ofSession(actor, id);
    const model = {
      course: titleOf(newest, locale),
      newest: newest.number,
      backHref: `/${locale}/staff/sessions/${session.id}`,
      action: `/${locale}/staff/sessions/${session.id}/course`,
      older: older.map(({ course, people, changes }) => ({
        title: t(locale, 'learning:changes.peopleOn', { count: people, number: course.number }),
        changes: changes.map((change) => presentChange(change, locale)),
      })),
    };
    const title = t(locale, 'learning:changes.sessionTitle');
    await this.pages.send(reply, 'learning/web/views/session-course.hbs', { title }, model);
  }

  @Post('staff/sessions/:session/course')
  @ForRoles('admin', 'manager')
  async moveSession(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const count = await this.moves.moveSession(actor, id);
    const flash = { kind: 'success' as const, key: 'learning:changes.sessionMoved', params: { count } };
    await this.pages.redirect(reply, `/staff/sessions/${id}/course`, flash);
  }
}
