import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CatalogueService } from '../../courses/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { readCursor } from '../../shared/paging/cursor.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import { REVIEWING_ROLES, reviewReach } from '../task.policy.js';
import { TaskReviewQuery } from '../task-review.query.js';
import { TaskReviewService } from '../task-review.service.js';
import { readDecision } from './read-decision.js';
import { ReviewedTaskDto, ReviewedTaskListDto, TaskDecisionDto, TaskQueueDto } from './task.dto.js';
import { presentReviewed } from './task.presenter.js';

@ApiTags('learning')
@Controller('api/v1/staff/tasks')
export class StaffTaskApiController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly query: TaskReviewQuery,
    private readonly review: TaskReviewService,
  ) {}

  @Get()
  @ForRoles(...REVIEWING_ROLES)
  @ApiOperation({ summary: 'What the people of one’s sessions handed in; who waits longest comes first' })
  @ApiOkResponse({ type: ReviewedTaskListDto })
  async queue(
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffActor,
    @Query() { course: key, session, state, cursor, limit }: TaskQueueDto,
  ): Promise<ReviewedTaskListDto> {
    const catalogue = await this.catalogue.current();
    const course = key === undefined ? undefined : catalogue.course(key);
    if (key !== undefined && !course) throw new NotFound('course');
    const filter = { courseId: course?.id, sessionId: session, state };
    const { items, next } = await this.query.queue(reviewReach(staff), filter, readCursor(cursor), limit);
    const locale = answerLanguage(request);
    return { items: items.map((task) => presentReviewed(catalogue, task, locale)), next };
  }

  @Get(':task')
  @ForRoles(...REVIEWING_ROLES)
  @ApiOperation({ summary: 'One task with all its steps' })
  @ApiParam({ name: 'task', format: 'uuid' })
  @ApiOkResponse({ type: ReviewedTaskDto })
  async show(
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffActor,
    @Param('task') id: string,
  ): Promise<ReviewedTaskDto> {
    const task = await this.review.get(staff, id);
    return presentReviewed(await this.catalogue.current(), task, request.locale);
  }

  @Post(':task/decision')
  @HttpCode(200)
  @ForRoles(...REVIEWING_ROLES)
  @ApiOperation({ summary: 'Accepts or returns what was handed in; the second of two gets what was decided' })
  @ApiParam({ name: 'task', format: 'uuid' })
  @ApiBody({ type: TaskDecisionDto })
  @ApiOkResponse({ type: ReviewedTaskDto })
  async decide(
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffActor,
    @Param('task') id: string,
    @Body() body: TaskDecisionDto,
  ): Promise<ReviewedTaskDto> {
    const task = await this.review.decide(staff, id, readDecision(body));
    return presentReviewed(await this.catalogue.current(), task, request.locale);
  }
}
