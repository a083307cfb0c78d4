import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { CertificateTextsService } from '../certificate-texts.service.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { OwnTextsDto, TextsDto, textsOf } from './texts.dto.js';

@ApiTags('certificates')
@Controller('api/v1/campaigns/:campaign/certificates/texts')
export class TextsApiController {
  constructor(
    private readonly texts: CertificateTextsService,
    private readonly gate: CertificateStaffGate,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Words of a campaign’s certificates' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: OwnTextsDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  async get(@CurrentStaff() actor: StaffActor, @Param('campaign') key: string): Promise<OwnTextsDto> {
    const { campaignId } = await this.gate.campaign(actor, key, 'issue');
    return this.texts.of(campaignId);
  }

  @Put()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Sets them for certificates to come; those that are out keep theirs' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: OwnTextsDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  @ApiUnprocessableEntityResponse({ description: 'Too long, too wide for the sheet, or not in the fonts' })
  async put(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: TextsDto,
  ): Promise<OwnTextsDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    return this.texts.save(actor, campaign, textsOf(body));
  }
}
