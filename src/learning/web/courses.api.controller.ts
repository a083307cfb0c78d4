import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { ListDto } from '../../shared/paging/list.dto.js';
import { pageOfShort } from '../../shared/paging/short-list.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { CourseStays } from '../course-stay.service.js';
import { LearningQuery } from '../learning.query.js';
import { CourseDto, CourseLanguageDto, CourseListDto } from './course.dto.js';
import { presentCourse } from './course.presenter.js';
import { learnerOf } from './learner.js';

@ApiTags('learning')
@Controller('api/v1/courses')
export class CoursesApiController {
  constructor(
    private readonly stays: CourseStays,
    private readonly learning: LearningQuery,
  ) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'Every published course with its modules; with own progress when a person is signed in',
  })
  @ApiOkResponse({ type: CourseListDto })
  async list(@Req() request: FastifyRequest, @Query() query: ListDto): Promise<CourseListDto> {
    const learner = learnerOf(request.actor);
    const { courses } = await this.stays.catalogueOf(learner);
    const progress = learner ? await this.learning.progressOfAll(learner, courses) : undefined;
    const { items, next } = pageOfShort(courses, query, ({ id }) => id);
    const locale = query.lang ?? request.locale;
    return { items: items.map((course) => presentCourse(course, locale, progress)), next };
  }

  @Get(':course')
  @Public()
  @ApiOperation({ summary: 'One published course' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: CourseDto })
  async show(
    @Req() request: FastifyRequest,
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<CourseDto> {
    const learner = learnerOf(request.actor);
    const course = (await this.stays.catalogueOf(learner)).course(key);
    if (!course) throw new NotFound('course');
    const progress = learner ? await this.learning.progressOf(learner, course) : undefined;
    return presentCourse(course, lang ?? request.locale, progress);
  }
}
