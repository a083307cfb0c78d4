import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { Films } from '../films.service.js';
import { FilmDto } from './film.dto.js';
import { presentFilm } from './film.presenter.js';
import { FilmStreams } from './film-streams.js';

/** Films that are made of uploads, for whoever sent one and for the authors of its course. */
@ApiTags('courses')
@ApiParam({ name: 'upload', description: 'Id of the upload', format: 'uuid' })
@ApiNotFoundResponse({ description: 'No such upload of yours, or its film was not begun' })
@Controller('api/v1/films/:upload')
export class FilmApiController {
  constructor(
    private readonly films: Films,
    private readonly streams: FilmStreams,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'How far the film of an upload is' })
  @ApiOkResponse({ type: FilmDto })
  async one(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') upload: string,
  ): Promise<FilmDto> {
    return presentFilm(await this.films.stateFor(actor, upload), request.locale);
  }

  @Get('events')
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({
    summary:
      'The same as server-sent events named `film`, one for each change, until it is placed or has failed',
  })
  @ApiOkResponse({
    description: 'Data of each event: as the answer of `/films/{upload}`',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiTooManyRequestsResponse({ description: 'Six are open already' })
  async events(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') upload: string,
  ): Promise<void> {
    // Whoever may not see it is told so before the stream begins.
    await this.films.stateFor(actor, upload);
    if (!this.streams.enter(actor.accountId, reply.raw)) return void reply.hijack();
    const look = async () => {
      const film = presentFilm(await this.films.stateFor(actor, upload), request.locale);
      return { data: film, hasEnded: film.state !== 'working' };
    };
    // Packing would hold events back until there are many.
    reply.hijack();
    const kind = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...kind, 'x-accel-buffering': 'no' }))
      if (value !== undefined) reply.raw.setHeader(name, value);
    await this.streams.follow(actor.accountId, reply.raw, look);
  }

  @Post('again')
  @HttpCode(202)
  @ForRoles('admin', 'manager', 'trainer')
  @ApiOperation({ summary: 'Begins a film that has failed once more' })
  @ApiAcceptedResponse({ type: FilmDto })
  @ApiConflictResponse({ description: 'It has not failed' })
  async again(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('upload') upload: string,
  ): Promise<FilmDto> {
    const { filmId } = await this.films.stateFor(actor, upload);
    await this.films.again(actor, filmId);
    return presentFilm(await this.films.stateFor(actor, upload), request.locale);
  }
}
