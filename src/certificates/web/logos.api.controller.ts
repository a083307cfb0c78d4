import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { FileSender } from '../../shared/web/file-sender.js';
import type { FormBody } from '../../shared/web/form-text.js';
import type { CampaignPlace } from '../certificate-scope.query.js';
import { LOGO_FORM_BYTES, LOGO_TYPE } from '../logo-picture.js';
import { LogoService } from '../logo.service.js';
import type { LogoRow } from '../logo.store.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { logoAddress, readAltOf } from './logos.presenter.js';
import { bothOf, LogoChangeDto, LogoDto, LogosDto, LogoUploadDto } from './texts.dto.js';

interface Place {
  campaign: string;
  logo: string;
}

function present({ id, position, alt, width, height }: LogoRow, { slug }: CampaignPlace): LogoDto {
  return { id, position, alt, width, height, pictureUrl: logoAddress(slug, id) };
}

@ApiTags('certificates')
@Controller('api/v1/campaigns/:campaign/certificates/logos')
export class LogosApiController {
  constructor(
    private readonly logos: LogoService,
    private readonly gate: CertificateStaffGate,
    private readonly sender: FileSender,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Logos of a campaign’s certificates' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: LogosDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  async list(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Query() query: ListDto,
  ): Promise<LogosDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const { shown, removed } = await this.logos.of(campaign.campaignId);
    const { items, next } = pageOfShort(shown, query, ({ id }) => id);
    return {
      items: items.map((row) => present(row, campaign)),
      next,
      removed: removed.map((row) => present(row, campaign)),
    };
  }

  @Post()
  @ForRolesUploading(LOGO_FORM_BYTES, 'admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Puts a logo behind those that are there, at most three' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: LogoUploadDto })
  @ApiCreatedResponse({ type: LogoDto })
  @ApiNotFoundResponse({ description: 'No such campaign of yours' })
  @ApiConflictResponse({ description: 'Three logos are there' })
  @ApiPayloadTooLargeResponse({ description: 'More than 2 MB' })
  @ApiUnsupportedMediaTypeResponse({ description: 'By its content neither PNG nor JPEG' })
  @ApiUnprocessableEntityResponse({ description: 'Broken, too small, too large, without alternative text' })
  async add(
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: unknown,
  ): Promise<LogoDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const form: FormBody = typeof body === 'object' && body !== null ? { ...body } : {};
    const given = { picture: form['picture'], alt: readAltOf(form) };
    return present(await this.logos.add(actor, campaign, given), campaign);
  }

  @Patch(':logo')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Gives a logo another place, or says anew what it shows' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiParam({ name: 'logo', format: 'uuid' })
  @ApiOkResponse({ type: LogoDto })
  @ApiNotFoundResponse({ description: 'No such logo on the sheet of a campaign of yours' })
  async change(
    @CurrentStaff() actor: StaffActor,
    @Param() { campaign: key, logo }: Place,
    @Body() { alt, position }: LogoChangeDto,
  ): Promise<LogoDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    const change = { position, alt: alt && bothOf(alt) };
    return present(await this.logos.change(actor, campaign, logo, change), campaign);
  }

  @Delete(':logo')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Takes a logo off the sheet; once more changes nothing' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiParam({ name: 'logo', format: 'uuid' })
  @ApiOkResponse({ type: LogoDto })
  @ApiNotFoundResponse({ description: 'No such logo of a campaign of yours' })
  async remove(@CurrentStaff() actor: StaffActor, @Param() { campaign: key, logo }: Place): Promise<LogoDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    return present(await this.logos.remove(actor, campaign, logo), campaign);
  }

  @Post(':logo/restore')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Brings a logo back that was taken away, behind the others' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiParam({ name: 'logo', format: 'uuid' })
  @ApiOkResponse({ type: LogoDto })
  @ApiNotFoundResponse({ description: 'No such logo of a campaign of yours' })
  @ApiConflictResponse({ description: 'Three logos are there' })
  async restore(
    @CurrentStaff() actor: StaffActor,
    @Param() { campaign: key, logo }: Place,
  ): Promise<LogoDto> {
    const campaign = await this.gate.campaign(actor, key, 'issue');
    return present(await this.logos.restore(actor, campaign, logo), campaign);
  }

  @Get(':logo/picture')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'The picture of a logo as it is printed' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiParam({ name: 'logo', format: 'uuid' })
  @ApiProduces(LOGO_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such logo of a campaign of yours' })
  async picture(
    @CurrentStaff() actor: StaffActor,
    @Param() { campaign: key, logo }: Place,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { campaignId } = await this.gate.campaign(actor, key, 'issue');
    const { hash } = await this.logos.get(campaignId, logo);
    const file = await this.sender.stat(hash);
    if (!file) throw new NotFound('picture');
    void reply.header('cache-control', 'private, max-age=86400').type(LOGO_TYPE);
    await this.sender.send(reply.request, reply, file);
  }
}
