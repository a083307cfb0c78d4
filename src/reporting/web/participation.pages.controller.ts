import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Dimension } from '../dimensions.js';
import { ReportService } from '../report.service.js';
import { dimensionsOf } from './participation.dto.js';
import { presentParticipationPage } from './participation-page.presenter.js';

const VIEWS = 'reporting/web/views';
const DEFAULT_BY = 'city,gender,category';

/** The agency's page of figures, with the grouping in the address. */
@Controller('staff')
export class ParticipationPagesController {
  constructor(
    private readonly reports: ReportService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('figures')
  @ForRoles('admin', 'manager', 'coordinator', 'funder', 'auditor')
  async campaigns(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { locale } = request;
    const campaigns = (await this.reports.campaigns(actor)).map(({ slug, name }) => ({
      name: name[locale],
      href: `/${locale}/staff/campaigns/${slug}/participation`,
    }));
    await this.pages.send(
      reply,
      `${VIEWS}/campaigns.hbs`,
      { title: t(locale, 'reporting:title') },
      { campaigns },
    );
  }

  @Get('campaigns/:campaign/participation')
  @ForRoles('admin', 'manager', 'coordinator', 'funder', 'auditor')
  async participation(
    @CurrentActor() actor: Actor,
    @Param('campaign') campaign: string,
    @Query('by') by: string | string[] | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked: readonly Dimension[] = dimensionsOf([by ?? DEFAULT_BY].flat().join(','));
    const report = await this.reports.report(actor, campaign, asked);
    const chart = await this.reports.report(actor, campaign, asked.slice(0, 1));
    const model = presentParticipationPage(report, chart, request.locale);
    await this.pages.send(
      reply,
      `${VIEWS}/participation.hbs`,
      { title: t(request.locale, 'reporting:title') },
      model,
    );
  }
}
