import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ListeningShelf } from '../../courses/public.js';
import { RoleNotAllowed } from '../../shared/access/access.errors.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { CourseTestService } from '../course-test.service.js';
import { mayKey, TEACHING_ROLES } from '../teaching.policy.js';
import { CardsQueryDto } from './cards.dto.js';
import { titleOf } from './course.pages.presenter.js';
import { presentCards } from './test-cards.pages.presenter.js';

/** The cards of a course's test, to read or play aloud and to print; with the key for whoever may have it. */
@Controller('staff/learning/:course/test/cards')
export class TestCardsPagesController {
  constructor(
    private readonly tests: CourseTestService,
    private readonly shelf: ListeningShelf,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...TEACHING_ROLES)
  async cards(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('course') key: string,
    @Query() query: CardsQueryDto,
  ): Promise<void> {
    const { locale } = reply.request;
    const withKey = query.key === '1';
    if (withKey && !mayKey(staff)) throw new RoleNotAllowed();
    const test = await this.tests.current(key);
    const listening = await this.shelf.ofTest(test.course.id, test.test);
    const title = `${t(locale, 'learning:cards.title')} – ${titleOf(test.course, locale)}`;
    const model = presentCards(test, { listening, locale, withKey });
    const page = { title, scripts: ['listen.js'] };
    await this.pages.send(reply, 'learning/web/views/test-cards.hbs', page, model);
  }
}
