import { Injectable } from '@nestjs/common';
import type { PublishedCourse, VersionedTest } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { answersOfLetters, type GridLine, readGridLine } from './answer-grid.js';
import { asQuiz, CourseTestService } from './course-test.service.js';
import { markQuiz } from './quiz-marking.js';
import { TaughtSessionQuery, type TaughtSession } from './taught-session.query.js';
import { type NewTestAttempt, TestAttemptStore } from './test-attempt.store.js';
import { TEST_PHASES, type TestPhase } from './test-phase.js';

/** What a trainer writes down; nothing of it has been looked at. */
export interface GridGiven {
  readonly phase?: unknown;
  /** One line a person: `7: A B C A D …`. */
  readonly lines?: unknown;
}

/** A line with the person it is of. */
interface PersonLine extends GridLine {
  readonly personId: string;
  readonly pointer: string;
}

/** More lines than a room holds. */
const MOST_LINES = 300;

/** Tests that were read aloud, written down by the trainer as a grid: all of its lines, or none. */
@Injectable()
export class TestEntryService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tests: CourseTestService,
    private readonly sessions: TaughtSessionQuery,
    private readonly store: TestAttemptStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Writes the answers of a session down; a person's line written again takes the place of the first.
   *
   * @returns how many people were written down
   * @throws NotFound; InvalidFields naming each line that can not be taken, `/lines/0` being the first
   */
  async enter(staff: StaffActor, sessionId: string, given: GridGiven): Promise<number> {
    const session = await this.sessions.get(staff, sessionId);
    const current = await this.tests.current(session.courseId);
    const phase = TEST_PHASES.find((one) => one === given.phase);
    const { lines, errors } = readLines(given.lines);
    if (!phase)
      errors.unshift({ pointer: '/phase', code: given.phase === undefined ? 'required' : 'not-a-choice' });
    const people = await this.peopleOf(session, lines, errors);
    if (!phase || errors.length > 0) throw new InvalidFields(errors);
    return this.db.transaction(async () => {
      const attempts: NewTestAttempt[] = [];
      const wrong: FieldError[] = [];
      for (const line of people) {
        const attempt = await this.attemptOf(line, phase, { session, current, staff });
        if ('code' in attempt) wrong.push(attempt);
        else attempts.push(attempt);
      }
      if (wrong.length > 0) throw new InvalidFields(wrong);
      for (const attempt of attempts) await this.store.replace(attempt);
      await this.audit.record(staff, {
        action: 'learning.test.enter',
        subjectKind: 'session',
        subjectId: session.sessionId,
        organisationId: session.organisationId,
        facts: { phase, people: attempts.length },
      });
      return attempts.length;
    });
  }

  /** Finds each line's person on the list; who is not there, or comes twice, is an error. */
  private async peopleOf(
    { sessionId }: TaughtSession,
    lines: readonly (GridLine & { pointer: string })[],
    errors: FieldError[],
  ): Promise<PersonLine[]> {
    const listed = new Map((await this.sessions.roster(sessionId)).map(({ n, personId }) => [n, personId]));
    const seen = new Set<number>();
    return lines.flatMap((line) => {
      const personId = listed.get(line.n);
      const code = seen.has(line.n) ? 'repeated' : personId === undefined ? 'not-on-the-list' : undefined;
      seen.add(line.n);
      if (code) errors.push({ pointer: line.pointer, code });
      return code || personId === undefined ? [] : [{ ...line, personId }];
    });
  }

  private async attemptOf(
    { personId, letters, pointer }: PersonLine,
    phase: TestPhase,
    { session, current, staff }: Entry,
  ): Promise<NewTestAttempt | FieldError> {
    const taken = await this.store.of(personId, session.courseId);
    if (taken.some(({ method }) => method === 'screen')) return { pointer, code: 'taken-on-a-screen' };
    const { test, versionId } = await this.tests.askedOf(taken, current);
    const answers = answersOfLetters(test.items, letters);
    if (!answers) return { pointer, code: 'not-the-letters', params: { count: test.items.length } };
    const { score, max } = markQuiz(asQuiz(test), answers);
    const now = this.clock.now();
    return {
      ...{
        id: newId(),
        personId,
        courseId: session.courseId,
        sessionId: session.sessionId,
        versionId,
        phase,
      },
      ...{ method: 'read-aloud', answers, score, max, at: now, receivedAt: now, enteredBy: staff.accountId },
    };
  }
}

/** What all lines of a grid share. */
interface Entry {
  readonly session: TaughtSession;
  readonly current: VersionedTest & { readonly course: PublishedCourse };
  readonly staff: StaffActor;
}

/** Lines left empty are none, but keep their places in the pointers. */
function readLines(given: unknown): { lines: (GridLine & { pointer: string })[]; errors: FieldError[] } {
  const texts: unknown[] | undefined =
    typeof given === 'string' ? given.split(/\r?\n/) : Array.isArray(given) ? given : undefined;
  if (!texts)
    return {
      lines: [],
      errors: [{ pointer: '/lines', code: given === undefined ? 'required' : 'not-a-list' }],
    };
  if (texts.length > MOST_LINES)
    return { lines: [], errors: [{ pointer: '/lines', code: 'too-many', params: { max: MOST_LINES } }] };
  const errors: FieldError[] = [];
  const lines = texts.flatMap((text, index) => {
    if (typeof text === 'string' && text.trim() === '') return [];
    const pointer = `/lines/${index}`;
    const line = typeof text === 'string' ? readGridLine(text) : undefined;
    if (!line) errors.push({ pointer, code: 'not-a-grid-line' });
    return line ? [{ ...line, pointer }] : [];
  });
  if (lines.length === 0 && errors.length === 0) errors.push({ pointer: '/lines', code: 'required' });
  return { lines, errors };
}
