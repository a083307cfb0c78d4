import { Injectable } from '@nestjs/common';
import { blockOf, type PublishedModule, type QuizBlock, QuizVersions } from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { placeAttempt } from './attempt-time.js';
import { CourseStays } from './course-stay.service.js';
import { isId } from './is-id.js';
import { LearningHooks } from './learning-hooks.js';
import { type Answers, markQuiz, type Marking, readAnswers } from './quiz-marking.js';
import { arrangementOf, drawPaper, onlyItems } from './quiz-paper.js';

const INSERT = `
  INSERT INTO quiz_attempt (person_id, id, module_id, version_id, items, answers, score, max, passed, at, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT DO NOTHING`;
const FIND = `
  SELECT a.id, a.module_id AS "moduleId", a.version_id AS "versionId", a.items, a.answers, a.at,
         (SELECT count(*)::int FROM quiz_attempt n
           WHERE n.person_id = a.person_id AND n.module_id = a.module_id AND (n.at, n.id) <= (a.at, a.id)) AS number
    FROM quiz_attempt a
   WHERE a.person_id = $1 AND a.id = $2`;

const BEFORE = `
  SELECT count(*) FILTER (WHERE id <> $3)::int AS others, coalesce(bool_or(id = $3), false) AS taken
    FROM quiz_attempt
   WHERE person_id = $1 AND module_id = $2`;
/** Whoever only looks at the questions. */
export const VISITOR = 'visitor';
/** No attempt's id: asks for all of them. */
const NONE = '00000000-0000-0000-0000-000000000000';

/** What a person sends; nothing of it has been looked at. */
export interface AttemptGiven {
  readonly id?: unknown;
  readonly answers?: unknown;
  readonly at?: unknown;
  /** Version of the course whose quiz was answered; unset: the published one. */
  readonly versionId?: unknown;
  /** Which paper of the person was answered; unset: the one that is due. */
  readonly paper?: unknown;
}

/** A quiz as it is given to somebody: the items asked, in which of their arrangements, which paper of theirs it is. */
export interface QuizPaper {
  readonly module: PublishedModule;
  readonly quiz: QuizBlock;
  readonly arrangement: number;
  readonly n: number;
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
  items: string[] | null;
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
    private readonly stays: CourseStays,
    private readonly versions: QuizVersions,
    private readonly hooks: LearningHooks,
  ) {}

  /**
   * The quiz of a module in the version that somebody is on.
   *
   * @throws NotFound for no such module, or one without a quiz
   */
  async quizOf(moduleKey: string, personId?: string): Promise<{ module: PublishedModule; quiz: QuizBlock }> {
    const module = (await this.stays.catalogueOf(personId)).module(moduleKey);
    const quiz = module && blockOf(module.document, 'quiz');
    if (!quiz) throw new NotFound('quiz');
    return { module, quiz };
  }

  /**
   * The paper that is due to somebody: the same until its attempt is in.
   *
   * @param personId undefined: whoever only looks, who is shown one and the same
   * @throws NotFound for no such module, or one without a quiz
   */
  async paperOf(moduleKey: string, personId?: string): Promise<QuizPaper> {
    const { module, quiz } = await this.quizOf(moduleKey, personId);
    if (personId === undefined) return paperFor(module, quiz, VISITOR, 1);
    const { others } = await this.before(personId, module.id, NONE);
    return paperFor(module, quiz, personId, others + 1);
  }

  /**
   * Takes an attempt. An id that was taken already, in this instant or last week, is answered with the first attempt.
   *
   * @throws NotFound; InvalidFields naming each answer of the wrong shape
   */
  async submit(personId: string, moduleKey: string, given: AttemptGiven): Promise<MarkedAttempt> {
    const { module } = await this.quizOf(moduleKey, personId);
    const { id, versionId = module.versionId } = given;
    if (!isId(id))
      throw new InvalidFields([{ pointer: '/id', code: id === undefined ? 'required' : 'not-an-id' }]);
    const quiz = await this.asked(personId, module, given);
    const now = this.clock.now();
    const { answers, errors } = readAnswers(quiz, given.answers);
    const at = placeAttempt(given.at, now);
    if (!at) errors.push({ pointer: '/at', code: 'not-an-instant' });
    if (errors.length > 0 || !at) throw new InvalidFields(errors);
    const { score, max, passed } = markQuiz(quiz, answers);
    const items = quiz.draw === undefined ? null : quiz.items.map((item) => item.id);
    const values = [items, JSON.stringify(answers), score, max, passed, at, now];
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
    const { id, at, number, answers, items } = row;
    const current = row.versionId === module.versionId ? blockOf(module.document, 'quiz') : undefined;
    const whole = current ?? (await this.quizOfVersion(module, row.versionId));
    const quiz = items ? onlyItems(whole, items) : whole;
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

  /**
   * What an attempt was asked: the quiz of its version, and of a pool the items of its paper.
   *
   * @throws InvalidFields for no such version, or a paper that the person was not given yet
   */
  async asked(personId: string, module: PublishedModule, given: AttemptGiven): Promise<QuizBlock> {
    const { id, versionId = module.versionId, paper } = given;
    const current = versionId === module.versionId ? blockOf(module.document, 'quiz') : undefined;
    const quiz = current ?? (await this.quizOfVersion(module, versionId));
    if (quiz.draw === undefined) return quiz;
    const { others, taken } = await this.before(personId, module.id, isId(id) ? id : NONE);
    if (taken) return (await this.find(personId, module, id)).quiz;
    const n = paper === undefined ? others + 1 : Number(paper);
    if (!Number.isInteger(n) || n < 1 || n > others + 1)
      throw new InvalidFields([{ pointer: '/paper', code: 'not-a-choice' }]);
    return drawPaper(quiz, { personId, moduleId: module.id, n });
  }

  private async before(
    personId: string,
    moduleId: string,
    attemptId: string,
  ): Promise<{ others: number; taken: boolean }> {
    const values = [personId, moduleId, attemptId];
    const row = await this.db.readOne<{ others: number; taken: boolean }>(
      'quizAttempt.before',
      BEFORE,
      values,
    );
    return row ?? { others: 0, taken: false };
  }
}

/** A person's n-th paper. */
export function paperFor(module: PublishedModule, quiz: QuizBlock, personId: string, n: number): QuizPaper {
  const of = { personId, moduleId: module.id, n };
  return { module, quiz: drawPaper(quiz, of), arrangement: arrangementOf(of), n };
}
