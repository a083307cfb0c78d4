import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ItemStatisticsQuery } from '../item-statistics.query.js';
import { LearningGainQuery } from '../learning-gain.query.js';
import { TaughtSessionQuery } from '../taught-session.query.js';
import { mayKey, TEACHING_ROLES } from '../teaching.policy.js';
import { titleOf } from './course.pages.presenter.js';
import { presentGainPage, presentItemsPage } from './figures.pages.presenter.js';

const VIEWS = 'learning/web/views';

/** For whoever teaches: how the questions are answered, what the groups gained. */
@Controller('staff/learning')
export class FiguresPagesController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly statistics: ItemStatisticsQuery,
    private readonly gains: LearningGainQuery,
    private readonly sessions: TaughtSessionQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...TEACHING_ROLES)
  async list(@Res() reply: FastifyReply): Promise<void> {
    const { locale } = reply.request;
    const courses = (await this.catalogue.current()).courses.map((course) => ({
      title: titleOf(course, locale),
      href: `/${locale}/staff/learning/${course.slug}`,
    }));
    await this.pages.send(
      reply,
      `${VIEWS}/figures.hbs`,
      { title: t(locale, 'learning:figures.title') },
      { courses },
    );
  }

  @Get(':course')
  @ForRoles(...TEACHING_ROLES)
  async items(@Res() reply: FastifyReply, @Param('course') key: string): Promise<void> {
    const { locale } = reply.request;
    const course = await this.catalogue.published(key);
    const model = presentItemsPage(course, await this.statistics.of(course), locale);
    await this.pages.send(reply, `${VIEWS}/figures-items.hbs`, { title: titleOf(course, locale) }, model);
  }

  @Get(':course/test')
  @ForRoles(...TEACHING_ROLES)
  async gain(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('course') key: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const course = await this.catalogue.published(key);
    const seen = {
      gains: await this.gains.of(staff, course.id),
      sessions: await this.sessions.ofCourse(staff, course.id),
      mayKey: mayKey(staff),
    };
    const model = presentGainPage(course, seen, locale);
    await this.pages.send(reply, `${VIEWS}/figures-test.hbs`, { title: titleOf(course, locale) }, model);
  }
}
