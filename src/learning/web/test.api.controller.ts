import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson, ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentPerson, CurrentStaff } from '../../shared/access/current-actor.js';
import { CourseTestService, type TestGiven } from '../course-test.service.js';
import { TEACHING_ROLES } from '../teaching.policy.js';
import { TestEntryService } from '../test-entry.service.js';
import { CourseLanguageDto } from './course.dto.js';
import { answersOf } from './quiz-fields.presenter.js';
import { OwnTestDto, TestAttemptDto, TestGridDto, TestGridTakenDto, TestTakenDto } from './test.dto.js';
import { presentOwnTest, presentTaken } from './test.presenter.js';

/** Answers, or the fields of the form that they stand in. */
interface FormGiven extends TestGiven {
  readonly fields?: unknown;
}

@ApiTags('learning')
@Controller('api/v1')
export class TestApiController {
  constructor(
    private readonly tests: CourseTestService,
    private readonly entry: TestEntryService,
  ) {}

  @Get('courses/:course/test')
  @ForPerson()
  @ApiOperation({ summary: 'The test before and after a course, as far as one is with it' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiOkResponse({ type: OwnTestDto })
  async show(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<OwnTestDto> {
    return presentOwnTest(await this.tests.of(person.id, key), lang ?? request.locale);
  }

  @Post('courses/:course/test-attempts')
  @ForPerson()
  @ApiOperation({ summary: 'Answers the test that is due; what was right is told after the second' })
  @ApiParam({ name: 'course', description: 'Id or slug' })
  @ApiBody({ type: TestAttemptDto })
  @ApiCreatedResponse({ type: TestTakenDto })
  async submit(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('course') key: string,
    @Body() body: unknown,
  ): Promise<TestTakenDto> {
    const given = typeof body === 'object' && body !== null ? (body as FormGiven) : {};
    const answered = await this.readForm(person.id, key, given);
    const { taken, ...own } = await this.tests.submit(person.id, key, answered);
    return presentTaken(taken, own, request.locale);
  }

  /** The fields of a page's form that waited on a phone, read as the page itself would have been. */
  private async readForm(personId: string, key: string, given: FormGiven): Promise<TestGiven> {
    const { fields, ...rest } = given;
    if (given.answers !== undefined || typeof fields !== 'object' || fields === null) return rest;
    const { test } = await this.tests.of(personId, key, given);
    return { ...rest, answers: answersOf(test.items, fields as Record<string, unknown>) };
  }

  @Post('sessions/:session/test-attempts')
  @ForRoles(...TEACHING_ROLES)
  @ApiOperation({ summary: 'Writes down a test that was read aloud: a line a person, all of them or none' })
  @ApiParam({ name: 'session', format: 'uuid' })
  @ApiBody({ type: TestGridDto })
  @ApiCreatedResponse({ type: TestGridTakenDto })
  async enter(
    @CurrentStaff() staff: StaffActor,
    @Param('session') session: string,
    @Body() body: TestGridDto,
  ): Promise<TestGridTakenDto> {
    return { taken: await this.entry.enter(staff, session, body) };
  }
}
