import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { directionOf, t } from '../../shared/i18n/i18n.js';
import { csvOf, xlsxOf } from '../report-files.js';
import { tableOf } from '../report-table.js';
import { ReportService } from '../report.service.js';
import { dimensionsOf, ParticipationDto, ParticipationQueryDto } from './participation.dto.js';
import { presentParticipation } from './participation.presenter.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The agency's figures: the same rows as JSON, CSV and XLSX. */
@ApiTags('figures')
@ApiBearerAuth('token')
@Controller('api/v1/campaigns/:campaign')
export class ParticipationApiController {
  constructor(private readonly reports: ReportService) {}

  @Get('participation')
  @ForRoles('admin', 'manager', 'coordinator', 'funder', 'auditor')
  @Header('cache-control', 'private, no-store')
  @ApiOperation({
    summary: 'Participation by dimensions; small cells are hidden from whoever may not see names',
  })
  @ApiOkResponse({ type: ParticipationDto })
  async json(
    @CurrentActor() actor: Actor,
    @Param('campaign') campaign: string,
    @Query() query: ParticipationQueryDto,
    @Req() request: FastifyRequest,
  ): Promise<ParticipationDto> {
    const report = await this.reports.report(actor, campaign, dimensionsOf(query.by));
    return presentParticipation(report, answerLanguage(request));
  }

  @Get('participation.csv')
  @ForRoles('admin', 'manager', 'coordinator', 'funder', 'auditor')
  @ApiOperation({ summary: 'The same rows as CSV, in the language asked for' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @CurrentActor() actor: Actor,
    @Param('campaign') campaign: string,
    @Query() query: ParticipationQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.reports.report(actor, campaign, dimensionsOf(query.by));
    await this.download(
      reply,
      `${report.campaign.slug}-participation.csv`,
      'text/csv; charset=utf-8',
      csvOf(tableOf(report, answerLanguage(request))),
    );
  }

  @Get('participation.xlsx')
  @ForRoles('admin', 'manager', 'coordinator', 'funder', 'auditor')
  @ApiOperation({ summary: 'The same rows as an Excel workbook, in the language asked for' })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async xlsx(
    @CurrentActor() actor: Actor,
    @Param('campaign') campaign: string,
    @Query() query: ParticipationQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.reports.report(actor, campaign, dimensionsOf(query.by));
    const locale = answerLanguage(request);
    const workbook = await xlsxOf(
      tableOf(report, locale),
      t(locale, 'reporting:sheet'),
      directionOf(locale) === 'rtl',
    );
    await this.download(reply, `${report.campaign.slug}-participation.xlsx`, XLSX, workbook);
  }

  private async download(
    reply: FastifyReply,
    name: string,
    type: string,
    content: string | Buffer,
  ): Promise<void> {
    await reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'private, no-store')
      .send(content);
  }
}
