import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles, Public } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, MaybeActor } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { LanguageDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { SessionChangeService } from '../session-change.service.js';
import { SessionClash } from '../session.errors.js';
import { SessionQuery } from '../session.query.js';
import { SessionService } from '../session.service.js';
import { ClashProblem } from './clash.presenter.js';
import { CancelDto, ManyChangesDto, NewSessionDto, SessionChangeDto } from './session-input.dto.js';
import { SessionDetailDto, SessionListDto } from './session.dto.js';
import { RemoteLinkQuery } from '../remote-link.query.js';
import { presentDetail } from './session.presenter.js';

const CLASH = 'Taken at that time (`clashes`), or to be passed with a reason (`soft`)';

/** Puts a clash into the words of whoever asked. */
export async function sayingClashes<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SessionClash ? new ClashProblem(error, answerLanguage(request)) : error;
  }
}

@ApiTags('sessions')
@Controller('api/v1')
export class SessionApiController {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly service: SessionService,
    private readonly changes: SessionChangeService,
    private readonly links: RemoteLinkQuery,
  ) {}

  @Get('sessions/:session')
  @Public()
  @ApiOperation({ summary: 'One session; its staff also gets the plan' })
  @ApiOkResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: 'No such session' })
  async one(
    @Req() request: FastifyRequest,
    @MaybeActor() actor: Actor | undefined,
    @Param('session') id: string,
    @Query() _: LanguageDto,
  ): Promise<SessionDetailDto> {
    return this.detail(request, actor, id);
  }

  @Post('stops/:stop/sessions')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Make a session at a stop' })
  @ApiCreatedResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: "No such stop, or somebody else's" })
  @ApiConflictResponse({ description: CLASH })
  @ApiUnprocessableEntityResponse({ description: 'A field is wrong' })
  async create(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('stop') stopId: string,
    @Body() body: NewSessionDto,
  ): Promise<SessionDetailDto> {
    const id = await sayingClashes(request, () => this.service.create(actor, stopId, body));
    return this.detail(request, actor, id);
  }

  @Patch('sessions/:session')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Change a session that is not over' })
  @ApiOkResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  @ApiConflictResponse({ description: `${CLASH}; or past, closed, cancelled, or changed meanwhile` })
  @ApiUnprocessableEntityResponse({ description: 'A field is wrong' })
  async change(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('session') id: string,
    @Body() body: SessionChangeDto,
  ): Promise<SessionDetailDto> {
    const { id: known } = await this.sessions.get(id);
    await sayingClashes(request, () => this.changes.change(actor, new Map([[known, body]])));
    return this.detail(request, actor, known);
  }

  @Patch('sessions')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Change several sessions at once, all or none' })
  @ApiOkResponse({ type: SessionListDto })
  @ApiNotFoundResponse({ description: "One of them does not exist or is somebody else's" })
  @ApiConflictResponse({ description: CLASH })
  @ApiUnprocessableEntityResponse({ description: 'A field is wrong' })
  async changeMany(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Body() body: ManyChangesDto,
  ): Promise<SessionListDto> {
    const changes = new Map(body.sessions.map(({ id, ...change }) => [id, change]));
    if (changes.size < body.sessions.length)
      throw new InvalidFields([{ pointer: '/sessions', code: 'repeated' }]);
    await sayingClashes(request, () => this.changes.change(actor, changes));
    const items = [];
    for (const id of changes.keys()) items.push(await this.detail(request, actor, id));
    return { items, next: null };
  }

  @Post('sessions/:session/postpone')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: "Take a session's date away: it keeps its seats, and everybody is told that a new day will come",
    description: 'A change that gives days or hours plans it again.',
  })
  @ApiOkResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  @ApiConflictResponse({ description: 'Past, closed, cancelled, postponed already, or changed meanwhile' })
  @ApiUnprocessableEntityResponse({ description: 'The reason is missing' })
  async postpone(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('session') id: string,
    @Body() { reason, revision }: CancelDto,
  ): Promise<SessionDetailDto> {
    const { id: known } = await this.sessions.get(id);
    await this.changes.postpone(actor, known, reason, revision);
    return this.detail(request, actor, known);
  }

  @Post('sessions/:session/cancel')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Call a session off; it stays in history' })
  @ApiOkResponse({ type: SessionDetailDto })
  @ApiNotFoundResponse({ description: "No such session, or somebody else's" })
  @ApiConflictResponse({ description: 'Past, closed, cancelled already, or changed meanwhile' })
  @ApiUnprocessableEntityResponse({ description: 'The reason is missing' })
  async cancel(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('session') id: string,
    @Body() { reason, revision }: CancelDto,
  ): Promise<SessionDetailDto> {
    const { id: known } = await this.sessions.get(id);
    await this.changes.cancel(actor, known, reason, revision);
    return this.detail(request, actor, known);
  }

  private async detail(
    request: FastifyRequest,
    actor: Actor | undefined,
    id: string,
  ): Promise<SessionDetailDto> {
    const row = await this.sessions.get(id);
    const remoteUrl = await this.links.forStaff(actor, row);
    return presentDetail(row, { locale: answerLanguage(request), actor, remoteUrl });
  }
}
