import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { ConcernedListDto } from './concerned.dto.js';
import { SessionDesk } from './session-desk.js';

/** The people whom a change of a session concerns. */
@ApiTags('enrolment')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/concerned')
export class ConcernedApiController {
  constructor(private readonly desk: SessionDesk) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Who is booked, offered a seat or waiting, and how they would be told' })
  @ApiOkResponse({ type: ConcernedListDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  async list(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: ListDto,
  ): Promise<ConcernedListDto> {
    return this.desk.concerned(await this.desk.session(actor, id), query, answerLanguage(request));
  }
}
