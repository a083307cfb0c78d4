import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CourseStays } from '../../learning/public.js';
import { ForPerson, ForPersonUploading } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { PHOTO_FORM_BYTES } from '../../shared/files/photo.js';
import { readCursor } from '../../shared/paging/cursor.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { answerLanguage } from '../../shared/web/answer-language.js';
import type { HandInGiven } from '../hand-in.js';
import { TaskService } from '../task.service.js';
import { TaskStore } from '../task.store.js';
import { TaskDto, TaskHandInDto, TaskListDto } from './task.dto.js';
import { presentTask } from './task.presenter.js';

@ApiTags('learning')
@Controller('api/v1')
export class TaskApiController {
  constructor(
    private readonly stays: CourseStays,
    private readonly tasks: TaskService,
    private readonly store: TaskStore,
  ) {}

  @Post('modules/:module/tasks/:block')
  @ForPersonUploading(PHOTO_FORM_BYTES)
  @ApiOperation({
    summary: 'Hands in what was done for an exercise: exactly one of photo, link and tick, and a note',
  })
  @ApiParam({ name: 'module', description: 'Id or slug' })
  @ApiParam({ name: 'block', description: 'Id of the exercise within its module' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: TaskHandInDto })
  @ApiCreatedResponse({ type: TaskDto })
  async handIn(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param() { module: key, block }: { module: string; block: string },
    @Body() body: unknown,
  ): Promise<TaskDto> {
    const catalogue = await this.stays.catalogueOf(person.id);
    const module = catalogue.module(key);
    if (!module) throw new NotFound('module');
    const given = typeof body === 'object' && body !== null ? (body as HandInGiven) : {};
    const task = await this.tasks.handIn(person.id, module, block, given);
    return presentTask(catalogue, task, request.locale);
  }

  @Get('me/tasks')
  @ForPerson()
  @ApiOperation({ summary: 'What the signed-in person handed in, with all steps; the latest change first' })
  @ApiOkResponse({ type: TaskListDto })
  async mine(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Query() { cursor, limit }: ListDto,
  ): Promise<TaskListDto> {
    const { items, next } = await this.store.ofPerson(person.id, readCursor(cursor), limit);
    const catalogue = await this.stays.catalogueOf(person.id);
    const locale = answerLanguage(request);
    return { items: items.map((task) => presentTask(catalogue, task, locale)), next };
  }
}
