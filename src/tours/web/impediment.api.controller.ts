import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { ImpedimentService } from '../impediments/impediment.service.js';
import { SessionQuery } from '../session.query.js';
import { ImpedimentDto, ImpedimentListDto, NewImpedimentDto } from './impediment.dto.js';
import { presentImpediment } from './impediment.presenter.js';

const PLANNERS = ['admin', 'manager', 'coordinator'] as const;
const WITH_TRAINERS = [...PLANNERS, 'trainer'] as const;
const NOT_THERE = "No such thing, or somebody else's";

/** Trainers who cannot come, and what is answered. */
@ApiTags('trainers')
@ApiBearerAuth()
@Controller('api/v1')
export class ImpedimentApiController {
  constructor(
    private readonly impediments: ImpedimentService,
    private readonly sessions: SessionQuery,
  ) {}

  @Post('sessions/:session/impediments')
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({
    summary: 'Say that one cannot come to a session that one teaches',
    description:
      'Those who plan it are told at once. Unanswered for 15 minutes, the session is postponed and everybody is told, unless somebody else teaches it too. Saying it twice gives the first one back.',
  })
  @ApiCreatedResponse({ type: ImpedimentDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  @ApiConflictResponse({ description: 'The session is over, closed, called off or postponed' })
  @ApiUnprocessableEntityResponse({ description: 'A field is wrong' })
  async report(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() { reason, note }: NewImpedimentDto,
  ): Promise<ImpedimentDto> {
    return presentImpediment(await this.impediments.report(actor, id, { reason, note }));
  }

  @Get('sessions/:session/impediments')
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: "A session's impediments, the latest first; a trainer sees their own" })
  @ApiOkResponse({ type: ImpedimentListDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  async ofSession(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Query() query: ListDto,
  ): Promise<ImpedimentListDto> {
    const session = await this.sessions.getFor(actor, id);
    const all = (await this.impediments.ofSession(actor, session)).map(presentImpediment);
    return pageOfShort(all, query, (one) => one.id);
  }

  @Get('impediments')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Impediments that wait for an answer, the most urgent first' })
  @ApiOkResponse({ type: ImpedimentListDto })
  async open(@CurrentStaff() actor: StaffActor, @Query() query: ListDto): Promise<ImpedimentListDto> {
    const all = (await this.impediments.open(actor)).map(presentImpediment);
    return pageOfShort(all, query, (one) => one.id);
  }

  @Post('impediments/:impediment/withdraw')
  @HttpCode(200)
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: 'One can come after all' })
  @ApiOkResponse({ type: ImpedimentDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  @ApiConflictResponse({ description: 'Answered already (`answer`)' })
  async withdraw(@CurrentStaff() actor: StaffActor, @Param('impediment') id: string): Promise<ImpedimentDto> {
    return presentImpediment(await this.impediments.withdraw(actor, id));
  }

  @Post('impediments/:impediment/hold')
  @HttpCode(200)
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'The session is held all the same' })
  @ApiOkResponse({ type: ImpedimentDto })
  @ApiNotFoundResponse({ description: NOT_THERE })
  @ApiConflictResponse({ description: 'Answered already (`answer`)' })
  async hold(@CurrentStaff() actor: StaffActor, @Param('impediment') id: string): Promise<ImpedimentDto> {
    return presentImpediment(await this.impediments.hold(actor, id));
  }
}
