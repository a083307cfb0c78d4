import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { KEY_ROLES, titleOf } from '../../learning/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import { grantsOf, type StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { formText, formTexts } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { SESSION_FORMATS, usualModules } from '../agenda.js';
import { REVIEWING_ROLES } from '../task.policy.js';
import { presentGuide } from './guide.presenter.js';

/** The trainer's guide of a course, to be printed on A4. */
@Controller('staff/courses/:course/guide')
export class GuidePagesController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles(...REVIEWING_ROLES)
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() staff: StaffActor,
    @Param('course') key: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const { locale } = reply.request;
    const course = await this.catalogue.published(key);
    const format = SESSION_FORMATS.find((one) => one === formText(query, 'format')) ?? 'day';
    const chosen = formTexts(query, 'm');
    const some = course.modules.filter(({ slug }) => chosen.includes(slug));
    const choice = {
      format,
      modules: some.length > 0 ? some : usualModules(format, course.modules),
      withKeys: grantsOf(staff, KEY_ROLES).length > 0,
    };
    const title = t(locale, 'teaching:guide.title', { course: titleOf(course, locale) });
    const model = presentGuide(course, choice, locale);
    await this.pages.send(reply, 'teaching/web/views/guide.hbs', { title }, model);
  }
}
