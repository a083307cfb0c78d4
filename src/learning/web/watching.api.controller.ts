import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { SessionWatchingQuery } from '../session-watching.query.js';
import { TEACHING_ROLES } from '../teaching.policy.js';
import { WatchingQuery } from '../watching.query.js';
import { CourseLanguageDto } from './course.dto.js';
import { CourseWatchingDto, SessionWatchingDto } from './watching.dto.js';
import { presentSessionVideos, presentWatching } from './watching.presenter.js';

@ApiTags('learning')
@Controller('api/v1')
export class WatchingApiController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly watching: WatchingQuery,
    private readonly sessions: SessionWatchingQuery,
  ) {}

  @Get('courses/:course/watching')
  @ForRoles(...TEACHING_ROLES)
  @ApiOperation({ summary: 'Where people stop in each video and what they play again; no figure under five' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseWatchingDto })
  async course(
    @Req() request: FastifyRequest,
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<CourseWatchingDto> {
    const course = await this.catalogue.published(key);
    return presentWatching(course, await this.watching.of(course), lang ?? request.locale);
  }

  @Get('sessions/:session/watching')
  @ForRoles(...TEACHING_ROLES)
  @ApiOperation({ summary: "What each person with a seat has seen of the course's videos" })
  @ApiParam({ name: 'session', format: 'uuid' })
  @ApiOkResponse({ type: SessionWatchingDto })
  async session(
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffActor,
    @Param('session') session: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<SessionWatchingDto> {
    return presentSessionVideos(await this.sessions.of(staff, session), lang ?? request.locale);
  }
}
