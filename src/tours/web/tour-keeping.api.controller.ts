import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
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
import type { Locale } from '../../shared/i18n/i18n.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { type MovedStop, StopMoveService } from '../stop-move.service.js';
import { TourCopying } from '../tour-copy.service.js';
import { TourKeeping } from '../tour-keeping.service.js';
import { sayingClashes } from './session.api.controller.js';
import {
  type MovedStopDto,
  StopMovedDto,
  StopMoveDto,
  TourArchiveDto,
  TourCopyDto,
} from './tour-keeping.dto.js';
import { TourRefDto } from './tour.dto.js';
import { presentStop, presentTourRef } from './tour.presenter.js';

const PLANNERS = ['admin', 'manager', 'coordinator'] as const;
const CLASH = 'Taken at that time (`clashes`), or to be passed with a reason (`soft`)';

/** Tours copied, put away and deleted; stops moved and deleted. */
@ApiTags('tours')
@Controller('api/v1')
export class TourKeepingApiController {
  constructor(
    private readonly keeping: TourKeeping,
    private readonly copying: TourCopying,
    private readonly moving: StopMoveService,
  ) {}

  @Post('tours/:tour/copy')
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Copy a tour to new dates: teams, stops and sessions, without anybody enrolled' })
  @ApiCreatedResponse({ type: TourRefDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  @ApiConflictResponse({ description: CLASH })
  @ApiUnprocessableEntityResponse({
    description: 'A date that is none, a missing name, a tour without a stop',
  })
  async copy(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() body: TourCopyDto,
  ): Promise<TourRefDto> {
    const copied = await sayingClashes(request, () => this.copying.copy(actor, id, body));
    return presentTourRef(await this.keeping.tourFor(actor, copied), answerLanguage(request));
  }

  @Post('tours/:tour/archive')
  @HttpCode(204)
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Put a tour away, or take it back' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  async archive(
    @CurrentStaff() actor: StaffActor,
    @Param('tour') id: string,
    @Body() { archived }: TourArchiveDto,
  ): Promise<void> {
    await this.keeping.archive(actor, id, archived);
  }

  @Delete('tours/:tour')
  @HttpCode(204)
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Delete a tour without a stop' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  @ApiConflictResponse({ description: '`tour-not-empty`: it can be put away' })
  async remove(@CurrentStaff() actor: StaffActor, @Param('tour') id: string): Promise<void> {
    await this.keeping.remove(actor, id);
  }

  @Patch('stops/:stop')
  @ForRoles(...PLANNERS)
  @ApiOperation({
    summary: 'Move a stop to another day with its sessions, and the rest of the road where asked',
  })
  @ApiOkResponse({ type: StopMovedDto })
  @ApiNotFoundResponse({ description: "No such stop, or somebody else's" })
  @ApiConflictResponse({
    description: `${CLASH}; \`stop-exists\`, \`stop-changed\`, or a session that is over`,
  })
  @ApiUnprocessableEntityResponse({ description: 'A date that is none, or the day it has' })
  async move(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('stop') id: string,
    @Body() { preview, seen, localDate, shiftRest = false, reasons }: StopMoveDto,
  ): Promise<StopMovedDto> {
    const locale = answerLanguage(request);
    const move = { localDate, shiftRest, ...(reasons ? { reasons } : {}) };
    return sayingClashes(request, async () => {
      if (!preview) {
        const stops = await this.moving.move(actor, id, move, seen);
        return {
          saved: true,
          stops: stops.map((one) => presentMoved(one, locale)),
          people: null,
          seen: null,
        };
      }
      const looked = await this.moving.rehearse(actor, id, move);
      if (looked.clash) throw looked.clash;
      const stops = looked.moves.map((one) => presentMoved(one, locale));
      return { saved: false, stops, people: looked.people, seen: looked.seen };
    });
  }

  @Delete('stops/:stop')
  @HttpCode(204)
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Delete a stop without a session' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: "No such stop, or somebody else's" })
  @ApiConflictResponse({ description: '`stop-not-empty`' })
  async removeStop(@CurrentStaff() actor: StaffActor, @Param('stop') id: string): Promise<void> {
    await this.keeping.removeStop(actor, id);
  }
}

function presentMoved({ stop, to, sessions }: MovedStop, locale: Locale): MovedStopDto {
  return {
    ...presentStop({ ...stop, localDate: to }, locale),
    from: stop.localDate,
    sessions: sessions.length,
  };
}
