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
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { ReplacementService } from '../replacement/replacement.service.js';
import { SessionQuery } from '../session.query.js';
import { ReplacementDto, ReplacementQueryDto, ReplacementsDto } from './replacement.dto.js';
import { presentReplacements } from './replacement.presenter.js';
import { sayingClashes } from './session.api.controller.js';
import { SessionDetailDto } from './session.dto.js';
import { presentDetail } from './session.presenter.js';

const NOT_THERE = "No such session or somebody else's, or the trainer does not teach it";

/** Who can step in for a trainer of a session. */
@ApiTags('trainers')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/replacements')
export class ReplacementApiController {
  constructor(
    private readonly service: ReplacementService,
    private readonly sessions: SessionQuery,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Who can arrive, is qualified and free, and why the others cannot' })
  @ApiOkResponse({ type: ReplacementsDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  @ApiConflictResponse({ description: 'The session is over, closed or called off' })
  async candidates(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() { trainer }: ReplacementQueryDto,
  ): Promise<ReplacementsDto> {
    const found = await this.service.candidates(actor, id, trainer);
    return presentReplacements(found, answerLanguage(request));
  }

  @Post()
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Put somebody in for the half-days that are not over' })
  @ApiOkResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  @ApiConflictResponse({
    description: 'Taken at that time, to be passed with a reason, over, or changed meanwhile',
  })
  @ApiUnprocessableEntityResponse({ description: "Not one of the campaign's trainers" })
  async replace(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: ReplacementDto,
  ): Promise<SessionDetailDto> {
    await sayingClashes(request, () => this.service.replace(actor, id, body));
    const row = await this.sessions.get(id);
    return presentDetail(row, { locale: answerLanguage(request), actor, remoteUrl: undefined });
  }
}
