import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { formatDay } from '../../shared/clock/format-date.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Dimension } from '../dimensions.js';
import { ReportService } from '../report.service.js';
import { dimensionsOf } from './participation.dto.js';
import { presentGrouping, presentParticipationPage } from './participation-page.presenter.js';

const CAMPAIGNS = 'reporting/web/views/campaigns.hbs';
const FIGURES = 'reporting/web/views/participation.hbs';
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
    const campaigns = (await this.reports.campaigns(actor)).map(({ slug, name, startsOn, endsOn }) => ({
      name: name[locale],
      period: t(locale, 'reporting:period', {
        from: formatDay(startsOn, locale),
        to: formatDay(endsOn, locale),
      }),
      href: `/${locale}/staff/campaigns/${slug}/participation`,
    }));
    await this.pages.send(reply, CAMPAIGNS, { title: t(locale, 'reporting:title') }, { campaigns });
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
    const { locale } = request;
    const asked = [by ?? DEFAULT_BY].flat().join(',');
    const options = { title: t(locale, 'reporting:title') };
    const grouping = groupingOf(asked);
    if (grouping instanceof InvalidFields) {
      const form = presentGrouping(await this.reports.campaign(actor, campaign), asked.split(','), locale);
      const error = refusalOf(grouping, locale);
      return this.pages.refuse(reply, FIGURES, options, {
        ...form,
        error,
        errors: [{ field: 'by', text: error }],
      });
    }
    const report = await this.reports.report(actor, campaign, grouping);
    const chart = await this.reports.report(actor, campaign, grouping.slice(0, 1));
    await this.pages.send(reply, FIGURES, options, presentParticipationPage(report, chart, locale));
  }
}

function groupingOf(asked: string): readonly Dimension[] | InvalidFields {
  try {
    return dimensionsOf(asked);
  } catch (error) {
    if (error instanceof InvalidFields) return error;
    throw error;
  }
}

/** Too many boxes ticked is what a person does; the other refusals need an address typed by hand. */
function refusalOf({ errors }: InvalidFields, locale: Locale): string {
  const code = errors[0]?.code ?? 'not-a-choice';
  return code === 'too-many' ? t(locale, 'reporting:tooManyGroups') : t(locale, `errors:field.${code}`);
}
