import { Injectable } from '@nestjs/common';
import {
  blockOf,
  CatalogueService,
  type PublishedModule,
  type QuizBlock,
  QuizVersions,
} from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isId } from './is-id.js';
import { LearningHooks } from './learning-hooks.js';
import { instantMs } from './progress-events.js';
import { type Answers, markQuiz, type Marking, readAnswers } from './quiz-marking.js';

const DAY_MS = 24 * 3600 * 1000;
/** An attempt made without a network keeps its own time when it arrives within this. */
const LATEST_MS = 7 * DAY_MS;

const INSERT = `
  INSERT INTO quiz_attempt (person_id, id, module_id, version_id, answers, score, max, passed, at, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT DO NOTHING`;
const FIND = `
  SELECT a.id, a.module_id AS "moduleId", a.version_id AS "versionId", a.answers, a.at,
         (SELECT count(*)::int FROM quiz_attempt n
           WHERE n.person_id = a.person_id AND n.module_id = a.module_id AND (n.at, n.id) <= (a.at, a.id)) AS number
    FROM quiz_attempt a
   WHERE a.person_id = $1 AND a.id = $2`;

/** What a person sends; nothing of it has been looked at. */
export interface AttemptGiven {
  readonly id?: unknown;
  readonly answers?: unknown;
  readonly at?: unknown;
  /** Version of the course whose quiz was answered; unset: the published one. */
  readonly versionId?: unknown;
}

/** An attempt with its marking; `number` counts the person's attempts at the quiz up to this one, from 1. */
export interface MarkedAttempt {
  readonly id: string;
  readonly at: Date;
  readonly number: number;
  readonly quiz: QuizBlock;
  readonly answers: Answers;
  readonly marking: Marking;
}

interface AttemptRow {
  id: string;
  moduleId: string;
  versionId: string;
  answers: Answers;
  at: Date;
  number: number;
}

/** Attempts at quizzes. The keys stay here: what leaves is marked already. */
@Injectable()
export class QuizAttemptService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly catalogue: CatalogueService,
    private readonly versions: QuizVersions,
    private readonly hooks: LearningHooks,
  ) {}

  /** @throws NotFound for no such module, or one without a quiz */
  async quizOf(moduleKey: string): Promise<{ module: PublishedModule; quiz: QuizBlock }> {
    const module = (await this.catalogue.current()).module(moduleKey);
    const quiz = module && blockOf(module.document, 'quiz');
    if (!quiz) throw new NotFound('quiz');
    return { module, quiz };
  }

  /**
   * Takes an attempt. An id that was taken already, in this instant or last week, is answered with the first attempt.
   *
   * @throws NotFound; InvalidFields naming each answer of the wrong shape
   */
  async submit(personId: string, moduleKey: string, given: AttemptGiven): Promise<MarkedAttempt> {
    const { module, quiz: current } = await this.quizOf(moduleKey);
    const { id, versionId = module.versionId } = given;
    if (!isId(id))
      throw new InvalidFields([{ pointer: '/id', code: id === undefined ? 'required' : 'not-an-id' }]);
    const quiz = versionId === module.versionId ? current : await this.quizOfVersion(module, versionId);
    const now = this.clock.now();
    const { answers, errors } = readAnswers(quiz, given.answers);
    const at = placeAttempt(given.at, now);
    if (!at) errors.push({ pointer: '/at', code: 'not-an-instant' });
    if (errors.length > 0 || !at) throw new InvalidFields(errors);
    const { score, max, passed } = markQuiz(quiz, answers);
    const values = [JSON.stringify(answers), score, max, passed, at, now];
    await this.db.write('quizAttempt.insert', INSERT, [personId, id, module.id, versionId, ...values]);
    if (passed) await this.hooks.learned(personId, [module.courseId]);
    return this.find(personId, module, id);
  }

  /** One of the person's own attempts at a module's quiz. @throws NotFound */
  async find(personId: string, module: PublishedModule, attemptId: unknown): Promise<MarkedAttempt> {
    const row = isId(attemptId)
      ? await this.db.readOne<AttemptRow>('quizAttempt.find', FIND, [personId, attemptId])
      : undefined;
    if (row?.moduleId !== module.id) throw new NotFound('attempt');
    const { id, at, number, answers } = row;
    const current = row.versionId === module.versionId ? blockOf(module.document, 'quiz') : undefined;
    const quiz = current ?? (await this.quizOfVersion(module, row.versionId));
    return { id, at, number, quiz, answers, marking: markQuiz(quiz, answers) };
  }

  /**
   * The module's quiz as another version of its course had it.
   *
   * @throws InvalidFields when there is no such version, or no quiz in it
   */
  async quizOfVersion(module: PublishedModule, versionId: unknown): Promise<QuizBlock> {
    const quiz = isId(versionId) ? await this.versions.quizOf(versionId, module.slug) : undefined;
    if (!quiz) throw new InvalidFields([{ pointer: '/versionId', code: 'not-a-choice' }]);
    return quiz;
  }
}

/** When an attempt was made: as the phone says, never in the future, and now when that is more than a week ago. */
function placeAttempt(given: unknown, now: Date): Date | undefined {
  if (given === undefined) return now;
  const ms = instantMs(given);
  if (ms === undefined) return undefined;
  return ms > now.getTime() || ms < now.getTime() - LATEST_MS ? now : new Date(ms);
}
