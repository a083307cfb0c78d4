import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles, Public } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { isLocalDate } from '../../shared/clock/local-date.js';
import { type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { LanguageDto, ListDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { CampaignQuery, type CampaignRow, mayReadPlan } from '../../campaigns/public.js';
import { SessionQuery } from '../session.query.js';
import { StopService } from '../stop.service.js';
import { TourQuery } from '../tour.query.js';
import { NewStopDto, SessionListQueryDto, VenueQueryDto } from './session-input.dto.js';
import { SessionListDto } from './session.dto.js';
import { presentSession } from './session.presenter.js';
import { StopDto, TourDto, TourListDto, TrainerListDto, VenueListDto } from './tour.dto.js';
import { presentStop, presentTour, presentTourRef, presentVenueRooms } from './tour.presenter.js';

const STAFF = ['admin', 'manager', 'coordinator', 'auditor'] as const;

@ApiTags('tours')
@Controller('api/v1')
export class TourApiController {
  constructor(
    private readonly campaigns: CampaignQuery,
    private readonly sessions: SessionQuery,
    private readonly tours: TourQuery,
    private readonly stops: StopService,
    private readonly clock: Clock,
  ) {}

  @Get('campaigns/:campaign/sessions')
  @Public()
  @ApiOperation({ summary: "A campaign's sessions in the order of time, cancelled ones too" })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: SessionListDto })
  @ApiNotFoundResponse({ description: 'No such campaign' })
  @ApiUnprocessableEntityResponse({ description: 'Unknown city, or a date that is none' })
  async ofCampaign(
    @Req() request: FastifyRequest,
    @Param('campaign') key: string,
    @Query() { cursor, limit, city, from, to }: SessionListQueryDto,
  ): Promise<SessionListDto> {
    const campaign = await this.campaigns.get(key);
    await this.assertFilter({ city, from, to });
    const rows = await this.sessions.ofCampaign(
      { campaignId: campaign.id, city, from, to },
      readCursor(cursor),
      limit,
    );
    const page = pageOf(rows, limit, ({ startsAt, id }) => ({ at: startsAt, id }));
    const locale = answerLanguage(request);
    return { items: page.items.map((row) => presentSession(row, locale)), next: page.next };
  }

  @Get('campaigns/:campaign/tours')
  @ForRoles(...STAFF)
  @ApiOperation({ summary: "A campaign's tours" })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: TourListDto })
  @ApiNotFoundResponse({ description: "No such campaign, or somebody else's" })
  async list(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('campaign') key: string,
    @Query() query: ListDto,
  ): Promise<TourListDto> {
    const campaign = await this.campaignFor(actor, key);
    const { items, next } = pageOfShort(await this.tours.ofCampaign(campaign.id), query, ({ id }) => id);
    return { items: items.map((row) => presentTourRef(row, answerLanguage(request))), next };
  }

  @Get('campaigns/:campaign/trainers')
  @ForRoles(...STAFF)
  @ApiOperation({ summary: 'Trainers that the campaign may send' })
  @ApiParam({ name: 'campaign', description: 'Id or slug' })
  @ApiOkResponse({ type: TrainerListDto })
  @ApiNotFoundResponse({ description: "No such campaign, or somebody else's" })
  async trainers(
    @CurrentActor() actor: Actor,
    @Param('campaign') key: string,
    @Query() query: ListDto,
  ): Promise<TrainerListDto> {
    const campaign = await this.campaignFor(actor, key);
    const scope = { campaignId: campaign.id, organisationId: campaign.organisationId };
    return pageOfShort(await this.tours.trainers(scope, this.clock.now()), query, ({ id }) => id);
  }

  @Get('venues')
  @ForRoles(...STAFF)
  @ApiOperation({ summary: 'Venues with their rooms' })
  @ApiOkResponse({ type: VenueListDto })
  @ApiUnprocessableEntityResponse({ description: 'Unknown city' })
  async venues(@Req() request: FastifyRequest, @Query() query: VenueQueryDto): Promise<VenueListDto> {
    const { city } = query;
    await this.assertFilter({ city });
    const { items, next } = pageOfShort(await this.tours.venues(city), query, ({ id }) => id);
    return { items: items.map((row) => presentVenueRooms(row, answerLanguage(request))), next };
  }

  @Get('tours/:tour')
  @ForRoles(...STAFF)
  @ApiOperation({ summary: 'A tour with its teams, stops and sessions' })
  @ApiOkResponse({ type: TourDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  async tour(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('tour') id: string,
    @Query() _: LanguageDto,
  ): Promise<TourDto> {
    const tour = await this.stops.tourFor(actor, id);
    const teams = await this.tours.teams(tour.id);
    const stops = await this.tours.stops(tour.id);
    const sessions = await this.sessions.ofTour(tour.id);
    return presentTour(tour, { teams, stops, sessions }, answerLanguage(request));
  }

  @Post('tours/:tour/stops')
  @ForRoles('admin', 'manager', 'coordinator')
  @ApiOperation({ summary: "Add a stop to a team's road" })
  @ApiCreatedResponse({ type: StopDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  @ApiConflictResponse({ description: 'The team already stops there that day' })
  @ApiUnprocessableEntityResponse({ description: 'Unknown city or team, or a date that is none' })
  async addStop(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Param('tour') id: string,
    @Body() body: NewStopDto,
  ): Promise<StopDto> {
    return presentStop(await this.stops.create(actor, id, body), answerLanguage(request));
  }

  private async campaignFor(actor: Actor, key: string): Promise<CampaignRow> {
    const campaign = await this.campaigns.get(key);
    if (!mayReadPlan(actor.grants, { campaignId: campaign.id, organisationId: campaign.organisationId }))
      throw new NotFound('campaign');
    return campaign;
  }

  private async assertFilter({
    city,
    from,
    to,
  }: {
    city?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }): Promise<void> {
    const errors: FieldError[] = [];
    if (city !== undefined && !(await this.tours.hasCity(city)))
      errors.push({ pointer: '/city', code: 'city-unknown' });
    for (const [field, date] of Object.entries({ from, to })) {
      if (date !== undefined && !isLocalDate(date))
        errors.push({ pointer: `/${field}`, code: 'not-a-date', params: { date } });
    }
    if (errors.length > 0) throw new InvalidFields(errors);
  }
}
