import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Answers } from './quiz-marking.js';
import type { TestMethod, TestPhase, TestStanding } from './test-phase.js';

const OF_PERSON = `
  SELECT id, phase, method, version_id AS "versionId", answers, at FROM test_attempt
   WHERE person_id = $1 AND course_id = $2`;
const LEARNED = `
  SELECT max(a.at) AS "learnedAt" FROM quiz_attempt a JOIN module m ON m.id = a.module_id
   WHERE a.person_id = $1 AND m.course_id = $2 AND a.at <= $3`;
const VALUES = `
  INSERT INTO test_attempt (person_id, course_id, phase, id, version_id, session_id, method, answers, score, max, at, received_at, entered_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
const INSERT = `${VALUES} ON CONFLICT DO NOTHING`;
// Whoever wrote a line wrongly writes it again; what was answered on a screen stays.
const REPLACE = `${VALUES}
  ON CONFLICT (person_id, course_id, phase) DO UPDATE
    SET version_id = EXCLUDED.version_id, session_id = EXCLUDED.session_id, answers = EXCLUDED.answers,
        score = EXCLUDED.score, max = EXCLUDED.max, received_at = EXCLUDED.received_at, entered_by = EXCLUDED.entered_by
  WHERE test_attempt.method = EXCLUDED.method`;

/** One of the two tests of a person, as it is kept. */
export interface TestAttemptRow {
  readonly id: string;
  readonly phase: TestPhase;
  readonly method: TestMethod;
  readonly versionId: string;
  readonly answers: Answers;
  readonly at: Date;
}

/** What is written of one test. */
export interface NewTestAttempt extends TestAttemptRow {
  readonly personId: string;
  readonly courseId: string;
  readonly sessionId: string | null;
  readonly score: number;
  readonly max: number;
  readonly receivedAt: Date;
  readonly enteredBy: string | null;
}

/** Reads and writes of the tests before and after a course. */
@Injectable()
export class TestAttemptStore {
  constructor(private readonly db: Database) {}

  /** A person's own tests at a course: none, one or two. */
  async of(personId: string, courseId: string): Promise<TestAttemptRow[]> {
    return this.db.read<TestAttemptRow>('testAttempt.ofPerson', OF_PERSON, [personId, courseId]);
  }

  /** What decides which test is next, for somebody who answers it at that time. */
  async standing(
    personId: string,
    courseId: string,
    at: Date,
  ): Promise<{ standing: TestStanding; taken: readonly TestAttemptRow[] }> {
    const taken = await this.of(personId, courseId);
    const row = await this.db.readOne<{ learnedAt: Date | null }>('testAttempt.learned', LEARNED, [
      personId,
      courseId,
      at,
    ]);
    const find = (phase: TestPhase) => taken.find((one) => one.phase === phase);
    return {
      taken,
      standing: { pre: find('pre'), post: find('post'), learnedAt: row?.learnedAt ?? undefined },
    };
  }

  /** Nothing happens when the person has this test already. */
  async insert(attempt: NewTestAttempt): Promise<void> {
    await this.db.write('testAttempt.insert', INSERT, valuesOf(attempt));
  }

  /** As {@link insert}, but in the place of what was written down before by the same method. */
  async replace(attempt: NewTestAttempt): Promise<void> {
    await this.db.write('testAttempt.replace', REPLACE, valuesOf(attempt));
  }
}

function valuesOf(attempt: NewTestAttempt): unknown[] {
  const { personId, courseId, phase, id, versionId, sessionId, method, answers, score, max, at } = attempt;
  return [
    ...[personId, courseId, phase, id, versionId, sessionId, method, JSON.stringify(answers), score, max, at],
    ...[attempt.receivedAt, attempt.enteredBy],
  ];
}
