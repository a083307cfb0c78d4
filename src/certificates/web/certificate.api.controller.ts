import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { Public, ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { CertificateCheckService } from '../certificate-check.service.js';
import { CertificateChangeService } from '../certificate-change.service.js';
import { publicAddress } from '../../config/public-address.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { RevokeDto, ReplaceDto } from './certificate-input.dto.js';
import { CertificateDto, StaffCertificateDto } from './certificate.dto.js';
import { presentCertificate, presentForStaff } from './certificate.presenter.js';
import { readName } from './read-name.js';

@ApiTags('certificates')
@Controller('api/v1/certificates')
export class CertificateApiController {
  constructor(
    private readonly checks: CertificateCheckService,
    private readonly changes: CertificateChangeService,
    private readonly gate: CertificateStaffGate,
    private readonly config: AppConfig,
  ) {}

  @Get(':code')
  @Public()
  @ApiOperation({ summary: 'Check a certificate: every printed field, and whether it holds' })
  @ApiOkResponse({ type: CertificateDto })
  @ApiNotFoundResponse({ description: 'No such code' })
  @ApiTooManyRequestsResponse({ description: 'Thirty unknown codes in a minute' })
  async check(@Req() request: FastifyRequest, @Param('code') code: string): Promise<CertificateDto> {
    return presentCertificate(await this.checks.find(code, request.ip), publicAddress(this.config));
  }

  @Post(':code/revoke')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Take a certificate back, with a reason' })
  @ApiOkResponse({ type: StaffCertificateDto })
  @ApiNotFoundResponse({ description: 'No such certificate of a campaign of yours' })
  @ApiConflictResponse({ description: 'Replaced or revoked already' })
  @ApiUnprocessableEntityResponse({ description: 'No reason' })
  async revoke(
    @CurrentStaff() actor: StaffActor,
    @Param('code') code: string,
    @Body() { reason }: RevokeDto,
  ): Promise<StaffCertificateDto> {
    const certificate = await this.gate.certificate(actor, code, 'issue');
    const revoked = await this.changes.revoke(actor, certificate, reason);
    return presentForStaff(revoked, publicAddress(this.config));
  }

  @Post(':code/replace')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Put the name right: a new code and serial, the old one says replaced' })
  @ApiOkResponse({ type: StaffCertificateDto, description: 'The new certificate' })
  @ApiNotFoundResponse({ description: 'No such certificate of a campaign of yours' })
  @ApiConflictResponse({ description: 'Replaced or revoked already' })
  @ApiUnprocessableEntityResponse({
    description: 'No name, the same name, or letters that cannot be printed',
  })
  async replace(
    @CurrentStaff() actor: StaffActor,
    @Param('code') code: string,
    @Body() { name }: ReplaceDto,
  ): Promise<StaffCertificateDto> {
    const certificate = await this.gate.certificate(actor, code, 'issue');
    const issued = await this.changes.replace(actor, certificate, readName(name));
    return presentForStaff(issued, publicAddress(this.config));
  }
}
