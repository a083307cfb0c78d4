import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForPerson, Public } from '../../shared/access/access-rule.js';
import { CurrentPerson } from '../../shared/access/current-actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { type AttemptGiven, QuizAttemptService } from '../quiz-attempt.service.js';
import { CourseLanguageDto } from './course.dto.js';
import { learnerOf } from './learner.js';
import { QuizAttemptDto, QuizDto, QuizResultDto } from './quiz.dto.js';
import { answersOf } from './quiz-fields.presenter.js';
import { unanswered } from './quiz.pages.presenter.js';
import { presentQuiz, presentResult } from './quiz.presenter.js';

/** Answers, or the fields of the form that they stand in. */
interface FormGiven extends AttemptGiven {
  readonly fields?: unknown;
}

@ApiTags('learning')
@Controller('api/v1/modules/:module')
export class QuizApiController {
  constructor(private readonly attempts: QuizAttemptService) {}

  @Get('quiz')
  @Public()
  @ApiOperation({
    summary: 'The questions of a module, never their keys; drawn and arranged for whoever is signed in',
  })
  @ApiParam({ name: 'module', description: 'Id or slug' })
  @ApiOkResponse({ type: QuizDto })
  async show(
    @Req() request: FastifyRequest,
    @Param('module') key: string,
    @Query() { lang }: CourseLanguageDto,
  ): Promise<QuizDto> {
    return presentQuiz(await this.attempts.paperOf(key, learnerOf(request.actor)), lang ?? request.locale);
  }

  @Post('quiz-attempts')
  @ForPerson()
  @ApiOperation({
    summary: 'Answers a quiz; the same id again, even with other answers, gives the first attempt',
  })
  @ApiParam({ name: 'module', description: 'Id or slug' })
  @ApiBody({ type: QuizAttemptDto })
  @ApiCreatedResponse({ type: QuizResultDto })
  async submit(
    @Req() request: FastifyRequest,
    @CurrentPerson() person: { id: string },
    @Param('module') key: string,
    @Body() body: unknown,
  ): Promise<QuizResultDto> {
    const given = typeof body === 'object' && body !== null ? (body as FormGiven) : {};
    const answered = await this.readForm(person.id, key, given);
    return presentResult(await this.attempts.submit(person.id, key, answered), request.locale);
  }

  /** The fields of a page's form that waited on a phone, read as the page itself would have been. */
  private async readForm(personId: string, key: string, given: FormGiven): Promise<AttemptGiven> {
    const { fields, ...rest } = given;
    if (given.answers !== undefined || typeof fields !== 'object' || fields === null) return rest;
    const { module } = await this.attempts.quizOf(key, personId);
    const asked = await this.attempts.asked(personId, module, given);
    const answers = answersOf(asked.items, fields as Record<string, unknown>);
    const left = unanswered(asked, answers);
    if (left.length > 0) throw new InvalidFields(left);
    return { ...rest, answers };
  }
}
