import { Controller, Header, Param, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { maskPhone } from '../../people/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { ROLL_CALL_ROLES } from '../attendance.policy.js';
import { RosterCodes } from '../roster-code.service.js';
import { RoomCodeDto } from './room-code.dto.js';
import { presentName } from './roster.presenter.js';

@ApiTags('attendance')
@ApiBearerAuth()
@ApiParam({ name: 'session', format: 'uuid' })
@ApiParam({ name: 'enrolment', format: 'uuid' })
@Controller('api/v1/sessions/:session/roster/:enrolment/room-code')
export class RoomCodeApiController {
  constructor(private readonly codes: RosterCodes) {}

  @Post()
  @Header('cache-control', 'no-store')
  @ForRoles(...ROLL_CALL_ROLES)
  @ApiOperation({
    summary: 'Draws a sign-in code to show to somebody of the roster',
    description:
      'For `POST /auth/token` with one of the person’s phones: ten minutes, once, five tries; the earlier one is dead. It opens this person and nobody else of a shared phone. An `Idempotency-Key` does not bring it back.',
  })
  @ApiCreatedResponse({ type: RoomCodeDto })
  @ApiForbiddenResponse({ description: 'The person is of the staff (`room-code-for-staff`)' })
  @ApiResponse({
    status: 409,
    description:
      'The person has no number (`room-code-needs-phone`); is a walk-in whose number was proved before (`room-code-number-proved`); the session is cancelled, more than 30 days ahead or over for a day (`room-code-not-now`)',
  })
  @ApiTooManyRequestsResponse({ description: '5 an hour and 15 a day for one person' })
  async show(
    @CurrentStaff() staff: StaffActor,
    @Param('session') sessionId: string,
    @Param('enrolment') enrolmentId: string,
    @Req() { locale }: FastifyRequest,
  ): Promise<RoomCodeDto> {
    const person = await this.codes.find(staff, { sessionId, enrolmentId }, locale);
    const { code, expiresAt } = await this.codes.show(staff, person);
    return {
      code,
      expiresAt: expiresAt.toISOString(),
      name: presentName(person.row),
      phones: person.phones.map(({ e164 }) => maskPhone(e164)),
    };
  }
}
