import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson, ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor, CurrentPerson } from '../../shared/access/current-actor.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import type { Booking } from '../enrolment-status.js';
import { EnrolmentService } from '../enrolment.service.js';
import { MyEnrolmentsQuery } from '../my-enrolments.query.js';
import { OpenLinkQuery } from '../open-link.query.js';
import { SeatChangeService } from '../seat-change.service.js';
import { BookingDto, EnrolDto, MyEnrolmentsDto } from './enrolment.dto.js';
import { NoFieldsPipe } from './no-fields.pipe.js';
import { presentMyEnrolment } from './enrolment.presenter.js';

@ApiTags('enrolment')
@ApiBearerAuth()
@Controller('api/v1')
export class EnrolmentApiController {
  constructor(
    private readonly enrolments: EnrolmentService,
    private readonly changes: SeatChangeService,
    private readonly mine: MyEnrolmentsQuery,
    private readonly links: OpenLinkQuery,
  ) {}

  @Post('sessions/:session/enrolments')
  @ForSignedIn()
  @ApiOperation({ summary: 'Takes a seat, or the next place in the queue' })
  @ApiParam({ name: 'session', format: 'uuid' })
  @ApiCreatedResponse({ type: BookingDto })
  @ApiResponse({
    status: 409,
    description:
      'Already enrolled (`booking`), a seat elsewhere at that time (`session`), closed, cancelled, started, or enrolment not open',
  })
  async enrol(
    @CurrentActor() actor: Actor,
    @Param('session') session: string,
    @Body() { personId }: EnrolDto,
  ): Promise<Booking> {
    return this.enrolments.enrol(actor, session, personId);
  }

  @Post('enrolments/:enrolment/cancel')
  @HttpCode(200)
  @ForSignedIn()
  @ApiOperation({ summary: 'Gives the seat, the offer or the place in the queue back' })
  @ApiParam({ name: 'enrolment', format: 'uuid' })
  @ApiOkResponse({ type: BookingDto })
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Body(NoFieldsPipe) _: undefined,
  ): Promise<Booking> {
    return this.changes.cancel(actor, id);
  }

  @Post('enrolments/:enrolment/accept')
  @HttpCode(200)
  @ForSignedIn()
  @ApiOperation({ summary: 'Says yes to an offered seat' })
  @ApiParam({ name: 'enrolment', format: 'uuid' })
  @ApiOkResponse({ type: BookingDto })
  async accept(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Body(NoFieldsPipe) _: undefined,
  ): Promise<Booking> {
    return this.changes.accept(actor, id);
  }

  @Post('enrolments/:enrolment/decline')
  @HttpCode(200)
  @ForSignedIn()
  @ApiOperation({ summary: 'Says no to an offered seat, which passes to the next' })
  @ApiParam({ name: 'enrolment', format: 'uuid' })
  @ApiOkResponse({ type: BookingDto })
  async decline(
    @CurrentActor() actor: Actor,
    @Param('enrolment') id: string,
    @Body(NoFieldsPipe) _: undefined,
  ): Promise<Booking> {
    return this.changes.decline(actor, id);
  }

  @Get('me/enrolments')
  @ForPerson()
  @ApiOperation({ summary: 'One’s own enrolments, newest first' })
  @ApiOkResponse({ type: MyEnrolmentsDto })
  async list(
    @CurrentPerson() person: { id: string },
    @Query() { cursor, limit, lang }: ListDto,
    @Req() request: FastifyRequest,
  ): Promise<MyEnrolmentsDto> {
    const rows = await this.mine.page(person.id, readCursor(cursor), limit);
    const { items, next } = pageOf(rows, limit, (row) => ({ at: row.enrolledAt, id: row.enrolmentId }));
    const open = await this.links.of(items);
    const locale = lang ?? request.locale;
    return { items: items.map((row) => presentMyEnrolment(row, locale, open.get(row.enrolmentId))), next };
  }
}
