import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AppConfig } from '../../config/app-config.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { CertificateQuery } from '../certificate.query.js';
import { publicAddress } from '../../config/public-address.js';
import { BatchRequest } from './batch-request.js';
import { CertificateListDto, IssueBatchDto } from './certificate-input.dto.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { JobIdDto, StaffCertificatesDto } from './certificate.dto.js';
import { presentForStaff, searchWords } from './certificate.presenter.js';

@ApiTags('certificates')
@Controller('api/v1/campaigns/:campaign/certificates')
export class CampaignCertificatesApiController {
  constructor(
    private readonly query: CertificateQuery,
    private readonly batches: BatchRequest,
    private readonly gate: CertificateStaffGate,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @HttpCode(202)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Issue to everybody of a session, a course or the campaign who completed' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiAcceptedResponse({ type: JobIdDto, description: 'Ask /jobs/{id} how far it is' })
  @ApiNotFoundResponse({ description: 'No such campaign, session or course of yours' })
  @ApiUnprocessableEntityResponse({ description: 'Both a session and a course' })
  async issue(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: IssueBatchDto,
  ): Promise<JobIdDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    return { jobId: await this.batches.start(actor, campaign, body) };
  }

  @Get()
  @ForRoles('admin', 'manager', 'coordinator', 'auditor')
  @ApiOperation({ summary: 'Certificates of a campaign, newest first' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: StaffCertificatesDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  async list(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Query() { cursor, limit, status, q }: CertificateListDto,
  ): Promise<StaffCertificatesDto> {
    const { campaignId } = await this.gate.campaign(actor, key, 'read');
    const filter = { status, search: searchWords(q) };
    const rows = await this.query.ofCampaign(campaignId, filter, readCursor(cursor), limit);
    const page = pageOf(rows, limit, ({ issuedAt, id }) => ({ at: issuedAt, id }));
    return {
      items: page.items.map((row) => presentForStaff(row, publicAddress(this.config))),
      next: page.next,
    };
  }
}
