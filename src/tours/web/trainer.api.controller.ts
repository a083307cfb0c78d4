import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
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
import { LanguageDto, ListDto } from '../../shared/paging/list.dto.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { inLanguage } from '../../campaigns/public.js';
import type { TaughtCourse, TrainerDetail } from '../trainers/trainer.query.js';
import { TrainerService } from '../trainers/trainer.service.js';
import {
  DaysOffDto,
  NewDaysOffDto,
  TrainerChangeDto,
  TrainerDetailDto,
  TrainerDetailsDto,
} from './trainer.dto.js';

const PLANNERS = ['admin', 'manager', 'coordinator'] as const;
const WITH_TRAINERS = [...PLANNERS, 'trainer'] as const;
const NO_TRAINER = 'No such trainer, or one of somebody else';

/** Where trainers set out from, what they may teach, and when they cannot. */
@ApiTags('trainers')
@ApiBearerAuth()
@Controller('api/v1/trainers')
export class TrainerApiController {
  constructor(private readonly trainers: TrainerService) {}

  @Get()
  @ForRoles(...PLANNERS)
  @ApiOperation({ summary: 'Trainers that one plans with, by name' })
  @ApiOkResponse({ type: TrainerDetailsDto })
  async list(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Query() query: ListDto,
  ): Promise<TrainerDetailsDto> {
    const { items, next } = pageOfShort(await this.trainers.list(actor), query, ({ id }) => id);
    return { items: items.map((one) => present(one, answerLanguage(request))), next };
  }

  @Get(':trainer')
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: 'A trainer that one plans with, or oneself' })
  @ApiOkResponse({ type: TrainerDetailDto })
  @ApiNotFoundResponse({ description: NO_TRAINER })
  async one(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Query() _: LanguageDto,
  ): Promise<TrainerDetailDto> {
    return this.detail(request, actor, id);
  }

  @Patch(':trainer')
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: 'Say where a trainer sets out from and what they may teach' })
  @ApiOkResponse({ type: TrainerDetailDto })
  @ApiForbiddenResponse({ description: 'One says of oneself where one lives, not what one may teach' })
  @ApiNotFoundResponse({ description: NO_TRAINER })
  @ApiUnprocessableEntityResponse({ description: 'Not a city, not a course' })
  async change(
    @Req() request: FastifyRequest,
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Body() body: TrainerChangeDto,
  ): Promise<TrainerDetailDto> {
    await this.trainers.change(actor, id, body);
    return this.detail(request, actor, id);
  }

  @Post(':trainer/days-off')
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: 'Mark days on which a trainer cannot come' })
  @ApiCreatedResponse({ type: DaysOffDto })
  @ApiNotFoundResponse({ description: NO_TRAINER })
  @ApiConflictResponse({ description: 'Some of these days are marked already' })
  @ApiUnprocessableEntityResponse({ description: 'Not a day, over, or too long' })
  add(
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Body() { from, to }: NewDaysOffDto,
  ): Promise<DaysOffDto> {
    return this.trainers.addDaysOff(actor, id, { from, to });
  }

  @Delete(':trainer/days-off/:days')
  @HttpCode(204)
  @ForRoles(...WITH_TRAINERS)
  @ApiOperation({ summary: 'Take marked days back' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: NO_TRAINER })
  async drop(
    @CurrentStaff() actor: StaffActor,
    @Param('trainer') id: string,
    @Param('days') days: string,
  ): Promise<void> {
    await this.trainers.dropDaysOff(actor, id, days);
  }

  private async detail(request: FastifyRequest, actor: StaffActor, id: string): Promise<TrainerDetailDto> {
    const { trainer } = await this.trainers.find(actor, id);
    return present(trainer, answerLanguage(request));
  }
}

function present(
  { id, name, homeCity, courses, taught, daysOff }: TrainerDetail,
  locale: Locale,
): TrainerDetailDto {
  const course = ({ id: courseId, slug, title }: TaughtCourse) => ({
    id: courseId,
    slug,
    title: inLanguage(title, locale),
  });
  return { id, name, homeCity, courses: courses.map(course), taught: taught.map(course), daysOff };
}
