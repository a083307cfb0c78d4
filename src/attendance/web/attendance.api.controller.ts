import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { Actor, StaffActor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentStaff } from '../../shared/access/current-actor.js';
import { ROLL_CALL_ROLES } from '../attendance.policy.js';
import { AttendanceService } from '../attendance.service.js';
import { readBatch } from '../batch-reader.js';
import { ClosingService, type SessionStatus } from '../closing.service.js';
import { RosterService } from '../roster.service.js';
import {
  AttendanceBatchDto,
  BatchAnswerDto,
  CloseDto,
  ReopenDto,
  SessionStatusDto,
} from './attendance.dto.js';
import { presentAnswer } from './attendance.presenter.js';
import { RosterDto } from './roster.dto.js';
import { presentRoster } from './roster.presenter.js';

@ApiTags('attendance')
@ApiBearerAuth()
@ApiParam({ name: 'session', format: 'uuid' })
@Controller('api/v1/sessions/:session')
export class AttendanceApiController {
  constructor(
    private readonly attendance: AttendanceService,
    private readonly closing: ClosingService,
    private readonly rosters: RosterService,
  ) {}

  @Get('roster')
  @ForRoles(...ROLL_CALL_ROLES)
  @ApiOperation({ summary: 'Names, pass digests and units, for the phone of whoever calls the roll' })
  @ApiOkResponse({ type: RosterDto })
  async roster(
    @CurrentActor() actor: Actor,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
  ): Promise<RosterDto> {
    const { session, rows, ...passes } = await this.rosters.withPasses(actor, id, request.locale);
    return presentRoster(session, rows, passes, request.locale);
  }

  @Post('attendance')
  @HttpCode(200)
  @ForRoles(...ROLL_CALL_ROLES)
  @ApiOperation({
    summary: 'Takes what a device recorded; a bad event waits for review and refuses no other',
  })
  @ApiBody({ type: AttendanceBatchDto })
  @ApiOkResponse({ type: BatchAnswerDto })
  @ApiResponse({ status: 413, description: 'More events than one call may hold (`limit`)' })
  async record(
    @CurrentActor() actor: Actor,
    @Param('session') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<BatchAnswerDto> {
    return presentAnswer(await this.attendance.record(actor, id, readBatch(body)), request.locale);
  }

  @Post('close')
  @HttpCode(200)
  @ForRoles(...ROLL_CALL_ROLES)
  @ApiOperation({ summary: 'Closes the session with the trainer’s log; it completes nobody' })
  @ApiOkResponse({ type: SessionStatusDto })
  @ApiResponse({ status: 409, description: 'Closed already (`closedAt`), or cancelled' })
  async close(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() { log }: CloseDto,
  ): Promise<SessionStatusDto> {
    return presentStatus(await this.closing.close(staff, id, log ?? ''));
  }

  @Post('reopen')
  @HttpCode(200)
  @ForRoles(...ROLL_CALL_ROLES)
  @ApiOperation({ summary: 'Reopens a closed session with a reason; for coordinators' })
  @ApiOkResponse({ type: SessionStatusDto })
  @ApiResponse({ status: 409, description: 'Not closed' })
  async reopen(
    @CurrentStaff() staff: StaffActor,
    @Param('session') id: string,
    @Body() { reason }: ReopenDto,
  ): Promise<SessionStatusDto> {
    return presentStatus(await this.closing.reopen(staff, id, reason));
  }
}

function presentStatus({ status, closedAt }: SessionStatus): SessionStatusDto {
  return { status, closedAt: closedAt?.toISOString() ?? null };
}
