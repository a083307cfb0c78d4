import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { SessionWatchingQuery } from '../session-watching.query.js';
import { TaughtSessionQuery } from '../taught-session.query.js';
import { TEACHING_ROLES } from '../teaching.policy.js';
import { WatchingQuery } from '../watching.query.js';
import { titleOf } from './course.pages.presenter.js';
import { sessionLabel } from './figures.pages.presenter.js';
import { presentSessionWatching, presentWatchingPage } from './watching.pages.presenter.js';

const VIEWS = 'learning/web/views';

/** For whoever teaches: how the videos of a course are watched, and what each person of a session has seen of them. */
@Controller('staff')
export class WatchingPagesController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly watching: WatchingQuery,
    private readonly watched: SessionWatchingQuery,
    private readonly sessions: TaughtSessionQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get('learning/:course/videos')
  @ForRoles(...TEACHING_ROLES)
  async course(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('course') key: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const course = await this.catalogue.published(key);
    const sessions = await this.sessions.ofCourse(staff, course.id);
    const model = presentWatchingPage(course, await this.watching.of(course), sessions, locale);
    await this.pages.send(reply, `${VIEWS}/figures-videos.hbs`, { title: titleOf(course, locale) }, model);
  }

  @Get('sessions/:session/videos')
  @ForRoles(...TEACHING_ROLES)
  async session(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const watched = await this.watched.of(staff, id);
    const course = await this.catalogue.published(watched.session.courseId);
    const title = `${t(locale, 'learning:watching.title')} – ${sessionLabel(watched.session, locale)}`;
    const model = presentSessionWatching(watched, course, locale);
    await this.pages.send(reply, `${VIEWS}/session-videos.hbs`, { title }, model);
  }
}
