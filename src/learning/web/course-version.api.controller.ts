import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson, ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentPerson, CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { CourseMoves } from '../course-move.service.js';
import { CourseStays } from '../course-stay.service.js';
import { presentChange } from './course-change.presenter.js';
import { CourseVersionDto, SessionMovedDto } from './course-version.dto.js';

@ApiTags('learning')
@Controller('api/v1')
export class CourseVersionApiController {
  constructor(
    private readonly stays: CourseStays,
    private readonly moves: CourseMoves,
  ) {}

  @Get('courses/:course/version')
  @ForPerson()
  @ApiOperation({ summary: 'The version that the signed-in person is on, and what the newest would change' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseVersionDto })
  async show(
    @Req() { locale }: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
  ): Promise<CourseVersionDto> {
    const course = (await this.stays.catalogueOf(person.id)).course(key);
    if (!course) throw new NotFound('course');
    const newer = await this.stays.newerThan(course);
    const changes = (newer?.changes ?? []).map((change) => presentChange(change, locale));
    return { version: course.number, newest: newer?.course.number ?? course.number, changes };
  }

  @Post('courses/:course/version')
  @ForPerson()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Moves the signed-in person to the newest version; progress on what did not change counts on',
  })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseVersionDto })
  async accept(
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
  ): Promise<CourseVersionDto> {
    const { number } = await this.moves.accept(person.id, key);
    return { version: number, newest: number, changes: [] };
  }

  @Post('sessions/:session/course-version')
  @ForRoles('admin', 'manager')
  @HttpCode(200)
  @ApiOperation({ summary: "Moves a session's people to the newest version of its course" })
  @ApiParam({ name: 'session', format: 'uuid' })
  @ApiOkResponse({ type: SessionMovedDto })
  async moveSession(
    @CurrentStaff() actor: StaffActor,
    @Param('session') id: string,
  ): Promise<SessionMovedDto> {
    const moved = await this.moves.moveSession(actor, id);
    return { moved, version: (await this.moves.ofSession(actor, id)).newest.number };
  }
}
