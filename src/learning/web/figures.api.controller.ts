import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { ItemStatisticsQuery } from '../item-statistics.query.js';
import { LearningGainQuery } from '../learning-gain.query.js';
import { TEACHING_ROLES } from '../teaching.policy.js';
import { CourseLanguageDto } from './course.dto.js';
import { CourseGainDto, CourseStatisticsDto } from './figures.dto.js';
import { presentGain, presentStatistics } from './figures.presenter.js';

@ApiTags('learning')
@Controller('api/v1/courses/:course')
export class FiguresApiController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly statistics: ItemStatisticsQuery,
    private readonly gains: LearningGainQuery,
  ) {}

  @Get('item-statistics')
  @ForRoles(...TEACHING_ROLES)
  @ApiOperation({
    summary: 'How each quiz question is answered at the first try; no figure under five people',
  })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseStatisticsDto })
  async items(
    @Req() request: FastifyRequest,
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<CourseStatisticsDto> {
    const course = await this.catalogue.published(key);
    return presentStatistics(course, await this.statistics.of(course), lang ?? request.locale);
  }

  @Get('learning-gain')
  @ForRoles(...TEACHING_ROLES)
  @ApiOperation({ summary: 'Gain between the tests, by session and method; no figure under five pairs' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseGainDto })
  async gain(
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffActor,
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<CourseGainDto> {
    const course = await this.catalogue.published(key);
    return presentGain(course, await this.gains.of(staff, course.id), lang ?? request.locale);
  }
}
