import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
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
import { type NamedLine, SeatMoves } from '../seat-move/seat-moves.js';
import { type SeatMoveCountsDto, SeatMoveDto, SeatMovePreviewDto, SeatMovesDto } from './seat-move.dto.js';

const NO_SESSION = "No such session, or somebody else's";
const WRONG = 'A field is wrong, or the other session is none of the campaign';

/** How many get what. */
export function countsOf(lines: readonly NamedLine[]): SeatMoveCountsDto {
  const to = (status: NamedLine['to']): number => lines.filter((line) => line.to === status).length;
  return { booked: to('booked'), offered: to('offered'), waiting: to('waiting'), stays: to(null) };
}

/** Many people from one session to another. */
@ApiTags('enrolment')
@ApiBearerAuth()
@Controller('api/v1/sessions/:session/moves')
export class SeatMoveApiController {
  constructor(private readonly moves: SeatMoves) {}

  @Post('preview')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({
    summary: 'Who would get a seat in the other session, who stays and why, who would be told',
  })
  @ApiOkResponse({ type: SeatMovePreviewDto })
  @ApiNotFoundResponse({ description: NO_SESSION })
  @ApiConflictResponse({ description: 'Whatever the deed itself would be refused for' })
  @ApiUnprocessableEntityResponse({ description: WRONG })
  async preview(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: SeatMoveDto,
  ): Promise<SeatMovePreviewDto> {
    const from = await this.moves.session(actor, id);
    const seen = await this.moves.preview(actor, { ...body, from: from.id }, answerLanguage(request));
    return { ...seen, counts: countsOf(seen.lines) };
  }

  @Post()
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: 'Move people to another session of the campaign, within its seats' })
  @ApiOkResponse({ type: SeatMovesDto })
  @ApiNotFoundResponse({ description: NO_SESSION })
  @ApiConflictResponse({
    description: 'A session is over, called off or the same; or what was looked at has changed',
  })
  @ApiUnprocessableEntityResponse({ description: WRONG })
  async move(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
    @Body() body: SeatMoveDto,
  ): Promise<SeatMovesDto> {
    const from = await this.moves.session(actor, id);
    const done = await this.moves.move(actor, { ...body, from: from.id }, answerLanguage(request));
    return { ...done, counts: countsOf(done.lines) };
  }
}
