import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AppConfig } from '../../config/app-config.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { CertificateRoomService } from '../certificate-room.service.js';
import { publicAddress } from '../../config/public-address.js';
import { ConfirmNamesDto, IssueOneDto } from './certificate-input.dto.js';
import { CertificateStaffGate } from './certificate-staff.gate.js';
import { ConfirmedDto, StaffCertificateDto } from './certificate.dto.js';
import { presentForStaff } from './certificate.presenter.js';

@ApiTags('certificates')
@Controller('api/v1/sessions/:session')
export class SessionCertificatesApiController {
  constructor(
    private readonly room: CertificateRoomService,
    private readonly gate: CertificateStaffGate,
    private readonly config: AppConfig,
  ) {}

  @Post('certificates')
  @HttpCode(201)
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  @ApiOperation({ summary: 'Issue one certificate to somebody of the session' })
  @ApiCreatedResponse({ type: StaffCertificateDto })
  @ApiNotFoundResponse({ description: 'No such session of yours, or nobody of it' })
  @ApiConflictResponse({ description: 'The person has a valid one; `certificate` is its code' })
  @ApiUnprocessableEntityResponse({
    description:
      'Not completed (`rule`, `have`, `need`), name not confirmed, or letters that cannot be printed',
  })
  async issue(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() { personId, confirmName }: IssueOneDto,
  ): Promise<StaffCertificateDto> {
    const session = await this.gate.session(actor, id);
    const issued = await this.room.issue(actor, session, personId, confirmName ?? false);
    return presentForStaff(issued, publicAddress(this.config));
  }

  @Post('certificate-names')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator', 'trainer')
  @ApiOperation({ summary: 'Confirm names of people of the session, as they will be printed' })
  @ApiOkResponse({ type: ConfirmedDto })
  @ApiNotFoundResponse({ description: 'No such session of yours, or one of them is not of it' })
  async confirm(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() { personIds }: ConfirmNamesDto,
  ): Promise<ConfirmedDto> {
    const session = await this.gate.session(actor, id);
    return { confirmed: await this.room.confirm(actor, session, personIds) };
  }
}
