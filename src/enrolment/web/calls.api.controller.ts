import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallList } from '../../messages/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import {
  type CallLineDto,
  CallLineListDto,
  CallOutcomeDto,
  CallProgressDto,
  CallsQueryDto,
  CallTakenDto,
} from './calls.dto.js';
import { NoFieldsPipe } from './no-fields.pipe.js';
import { type NamedCall, SessionDesk } from './session-desk.js';

const CONFLICT = 'Somebody else has the line, the person was reached, or is told something newer';

function presentCall(line: NamedCall): CallLineDto {
  const { id, name, recipient, why, language, body, attempts, outcome, note } = line;
  const { calledAt, takenBy, takenUntil } = line;
  return {
    ...{ id, name, phone: recipient, why, language, say: body, attempts, outcome, note, takenBy },
    calledAt: calledAt?.toISOString() ?? null,
    takenUntil: takenUntil?.toISOString() ?? null,
  };
}

/** The people of a session whom a change did not reach by SMS. */
@ApiTags('enrolment')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/calls')
export class CallsApiController {
  constructor(
    private readonly desk: SessionDesk,
    private readonly calls: CallList,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Whom to call about a session that changed or is called off, and what came of it',
  })
  @ApiOkResponse({ type: CallLineListDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  async list(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: CallsQueryDto,
  ): Promise<CallLineListDto> {
    const row = await this.desk.session(actor, id);
    const { progress, items, next } = await this.desk.callList(row, query, answerLanguage(request));
    return { progress, items: items.map(presentCall), next };
  }

  @Post(':call/take')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Take the line for ten minutes: nobody else calls meanwhile' })
  @ApiOkResponse({ type: CallTakenDto })
  @ApiNotFoundResponse({ description: "No such line, or somebody else's" })
  @ApiConflictResponse({ description: CONFLICT })
  async take(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Param('call') call: string,
    @Body(NoFieldsPipe) _: undefined,
  ): Promise<CallTakenDto> {
    const row = await this.desk.session(actor, id);
    const { takenUntil } = await this.calls.take(actor, row.id, call);
    return { takenUntil: takenUntil?.toISOString() ?? '' };
  }

  @Post(':call/outcome')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'What came of a call; the line is free again' })
  @ApiOkResponse({ type: CallProgressDto })
  @ApiNotFoundResponse({ description: "No such line, or somebody else's" })
  @ApiConflictResponse({ description: CONFLICT })
  @ApiUnprocessableEntityResponse({ description: 'The outcome is none, or the note is too long' })
  async settle(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Param('call') call: string,
    @Body() body: CallOutcomeDto,
  ): Promise<CallProgressDto> {
    const row = await this.desk.session(actor, id);
    await this.calls.settle(actor, row.id, call, body);
    return this.calls.progress(row.id);
  }
}
