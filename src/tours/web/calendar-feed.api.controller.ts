import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { FeedService } from '../calendar/feed.service.js';
import { FeedToken } from '../calendar/feed-token.js';
import { CalendarFeedDto, CalendarFeedListDto, NewCalendarFeedDto } from './calendar-feed.dto.js';
import { presentFeed } from './calendar-feed.presenter.js';

@ApiTags('tours')
@ApiBearerAuth()
@Controller('api/v1/calendar-feeds')
export class CalendarFeedApiController {
  constructor(
    private readonly feeds: FeedService,
    private readonly token: FeedToken,
  ) {}

  @Get()
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  @ApiOperation({
    summary: 'The addresses of calendars that the caller made, or may see as the planner of a tour',
  })
  @ApiOkResponse({ type: CalendarFeedListDto })
  async list(@CurrentStaff() actor: StaffActor, @Query() query: ListDto): Promise<CalendarFeedListDto> {
    const choices = await this.feeds.choices(actor);
    const feeds = choices.flatMap(({ feed }) =>
      feed ? [presentFeed(feed, this.token.address(feed.id))] : [],
    );
    return pageOfShort(feeds, query, ({ id }) => id);
  }

  @Post()
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  @ApiOperation({ summary: 'A new secret address; the one before it ends' })
  @ApiCreatedResponse({ type: CalendarFeedDto })
  @ApiNotFoundResponse({ description: "No such tour, or somebody else's" })
  async make(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Body() { kind, tourId, language }: NewCalendarFeedDto,
  ): Promise<CalendarFeedDto> {
    if (kind === 'trainer' && tourId !== undefined)
      throw new InvalidFields([{ pointer: '/tourId', code: 'not-a-choice' }]);
    const about = kind === 'tour' ? (tourId ?? '') : null;
    const feed = await this.feeds.make(actor, about, language ?? answerLanguage(request));
    return presentFeed(feed, this.token.address(feed.id));
  }

  @Delete(':feed')
  @HttpCode(204)
  @ForRoles('admin', 'manager', 'coordinator', 'trainer', 'external-trainer')
  @ApiOperation({ summary: 'End an address' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: "No such address, or somebody else's" })
  async stop(@CurrentStaff() actor: StaffActor, @Param('feed') id: string): Promise<void> {
    await this.feeds.stop(actor, id);
  }
}
