import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { LetterService } from '../letter.service.js';
import { type SeatingPlan, SeatingService } from '../seating.service.js';
import { given } from './given.js';
import { LettersQueryDto, SeatingDto, SeatingPlanDto } from './seating.dto.js';
import { SelectionDoor } from './selection.door.js';

const PDF = 'application/pdf';

/** What follows a published result: seats, and letters on paper. */
@ApiTags('selection')
@Controller('api/v1')
export class LettersApi {
  constructor(
    private readonly door: SelectionDoor,
    private readonly seating: SeatingService,
    private readonly letters: LetterService,
  ) {}

  @Post('calls/:call/selection/seats')
  @HttpCode(200)
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'Enrols the selected by rank, first in their own city; at most 200 at once' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiBody({ type: SeatingPlanDto })
  @ApiOkResponse({ type: SeatingDto })
  @ApiNotFoundResponse({ description: 'No such call of yours' })
  @ApiConflictResponse({ description: 'Not published' })
  @ApiUnprocessableEntityResponse()
  async seat(
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: unknown,
  ): Promise<SeatingDto> {
    const { call } = await this.door.decided(actor, key);
    const seating = await this.seating.seat(actor, call, planOf(body));
    return { ...seating, refused: [...seating.refused] };
  }

  @Get('calls/:call/letters')
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'Letters of everybody, or of one outcome: one PDF, a page each, by rank' })
  @ApiParam({ name: 'call', description: 'Id or slug' })
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such call of yours, not published, or nobody' })
  async all(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Query() { outcome }: LettersQueryDto,
  ): Promise<void> {
    await this.door.decided(actor, key);
    const place = await this.door.managed(actor, key);
    const pdf = await this.letters.pdf(place, (row) => outcome === undefined || row.outcome === outcome);
    await sendPdf(reply, pdf, `${place.call.slug}.pdf`);
  }

  @Get('applications/:application/letter')
  @ForRoles('admin', 'manager')
  @ApiOperation({ summary: 'The letter about a dossier, in the person’s language' })
  @ApiParam({ name: 'application', format: 'uuid' })
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse({ description: 'No such dossier of yours, or not published' })
  async one(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
  ): Promise<void> {
    const place = await this.door.dossier(actor, id);
    await this.door.decided(actor, place.call.id);
    await sendPdf(reply, await this.letters.pdf(place, (row) => row.id === id), `${place.call.slug}.pdf`);
  }
}

/** @throws InvalidFields */
function planOf(body: unknown): SeatingPlan {
  const { sessions, elsewhere = false } = given(body);
  if (!Array.isArray(sessions) || !sessions.every((id) => typeof id === 'string'))
    throw new InvalidFields([
      { pointer: '/sessions', code: sessions === undefined ? 'required' : 'not-a-list' },
    ]);
  if (typeof elsewhere !== 'boolean')
    throw new InvalidFields([{ pointer: '/elsewhere', code: 'not-a-choice' }]);
  return { sessions, elsewhere };
}

async function sendPdf(reply: FastifyReply, pdf: Buffer, name: string): Promise<void> {
  await reply
    .type(PDF)
    .header('content-disposition', `inline; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .send(pdf);
}
