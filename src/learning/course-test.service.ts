import { Injectable } from '@nestjs/common';
import {
  CatalogueService,
  type PublishedCourse,
  type QuizBlock,
  QuizVersions,
  type TestDocument,
  type VersionedTest,
} from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isId } from './is-id.js';
import { placeAttempt } from './attempt-time.js';
import { type Answers, markQuiz, type Marking, readAnswers } from './quiz-marking.js';
import { TestAttemptStore, type TestAttemptRow } from './test-attempt.store.js';
import { nextStep, type TestPhase, type TestStep } from './test-phase.js';
import { TestReadAloud, TestTaken, TestTooEarly } from './test.errors.js';

/** What a person sends; nothing of it has been looked at. */
export interface TestGiven {
  readonly id?: unknown;
  readonly phase?: unknown;
  readonly answers?: unknown;
  readonly at?: unknown;
  /** Version of the course whose first test was answered; unset: the published one. The second is that of the first. */
  readonly versionId?: unknown;
}

/** One test of a person with its marking. */
export interface MarkedTest {
  readonly id: string;
  readonly phase: TestPhase;
  readonly at: Date;
  readonly answers: Answers;
  readonly marking: Marking;
}

/** Where a person is with the test of a course. */
export interface OwnTest extends VersionedTest {
  readonly course: PublishedCourse;
  readonly step: TestStep;
  readonly pre: MarkedTest | undefined;
  readonly post: MarkedTest | undefined;
}

/** The test before and after a course, on a screen. Keys, and what was right, stay here until the second is in. */
@Injectable()
export class CourseTestService {
  constructor(
    private readonly clock: Clock,
    private readonly catalogue: CatalogueService,
    private readonly versions: QuizVersions,
    private readonly store: TestAttemptStore,
  ) {}

  /** Has the published course a test? */
  async has(courseKey: string): Promise<boolean> {
    return (await this.catalogue.current()).course(courseKey)?.document.test !== undefined;
  }

  /** The test that is published. @throws NotFound for no such course, or one without a test */
  async current(courseKey: string): Promise<VersionedTest & { course: PublishedCourse }> {
    const course = (await this.catalogue.current()).course(courseKey);
    const test = course?.document.test;
    if (!course || !test) throw new NotFound('test');
    return { course, versionId: course.versionId, test, base: course.testBase };
  }

  /**
   * Where a person is: the second test is that of the version on which the first was taken.
   *
   * @param given what somebody answers: which test was due then, in the version that they were shown
   * @throws NotFound; InvalidFields for a version without this test
   */
  async of(personId: string, courseKey: string, given: TestGiven = {}): Promise<OwnTest> {
    const current = await this.current(courseKey);
    const { course } = current;
    const now = this.clock.now();
    const at = placeAttempt(given.at, now) ?? now;
    const { standing, taken } = await this.store.standing(personId, course.id, at);
    const asked = await this.askedOf(taken, taken.length > 0 ? current : await this.shown(current, given));
    const marked = (phase: TestPhase) =>
      markTaken(
        taken.find((one) => one.phase === phase),
        asked.test,
      );
    return { ...asked, course, step: nextStep(standing, at), pre: marked('pre'), post: marked('post') };
  }

  /**
   * Takes the test that is due. An id that was taken already is answered with the first attempt.
   *
   * @throws NotFound, InvalidFields, TestTaken, TestTooEarly, TestReadAloud
   */
  async submit(
    personId: string,
    courseKey: string,
    given: TestGiven,
  ): Promise<OwnTest & { taken: MarkedTest }> {
    const own = await this.of(personId, courseKey, given);
    const { id } = given;
    if (!isId(id))
      throw new InvalidFields([{ pointer: '/id', code: id === undefined ? 'required' : 'not-an-id' }]);
    const known = [own.pre, own.post].find((one) => one?.id === id);
    if (known) return { ...own, taken: known };
    const phase = openPhase(own.step, given.phase);
    const now = this.clock.now();
    const quiz = asQuiz(own.test);
    const { answers, errors } = readAnswers(quiz, given.answers);
    const at = placeAttempt(given.at, now);
    // Whoever knows none of the answers has answered, too.
    const wrong = errors.filter(({ pointer, code }) => pointer !== '/answers' || code !== 'too-few');
    if (!at) wrong.push({ pointer: '/at', code: 'not-an-instant' });
    if (wrong.length > 0 || !at) throw new InvalidFields(wrong);
    const { score, max } = markQuiz(quiz, answers);
    const attempt = { id, phase, answers, score, max, at, receivedAt: now, versionId: own.versionId };
    await this.store.insert({
      ...attempt,
      ...{ personId, courseId: own.course.id, sessionId: null, method: 'screen', enteredBy: null },
    });
    const after = await this.of(personId, courseKey);
    const taken = [after.pre, after.post].find((one) => one?.id === id);
    if (!taken) throw new TestTaken();
    return { ...after, taken };
  }

  /** The test of the version that somebody was shown. */
  private async shown(
    current: VersionedTest & { readonly course: PublishedCourse },
    { versionId = current.versionId }: TestGiven,
  ): Promise<VersionedTest & { readonly course: PublishedCourse }> {
    if (versionId === current.versionId) return current;
    const { course } = current;
    const test = isId(versionId) ? await this.versions.testOf(versionId, course.id) : undefined;
    if (!test) throw new InvalidFields([{ pointer: '/versionId', code: 'not-a-choice' }]);
    return { ...test, course };
  }

  /** The test that a person's pair is made of. */
  async askedOf(
    taken: readonly TestAttemptRow[],
    current: VersionedTest & { readonly course: PublishedCourse },
  ): Promise<VersionedTest> {
    const versionId = (taken.find(({ phase }) => phase === 'pre') ?? taken[0])?.versionId;
    if (versionId === undefined || versionId === current.versionId) return current;
    return (await this.versions.testOf(versionId, current.course.id)) ?? current;
  }
}

/** The test as a quiz without a pass mark, in the order of the file. */
export function asQuiz({ title, items }: TestDocument): QuizBlock {
  return { kind: 'quiz', id: 'test', title, pass: 1, shuffle: false, items };
}

function markTaken(row: TestAttemptRow | undefined, test: TestDocument): MarkedTest | undefined {
  if (!row) return undefined;
  const { id, phase, at, answers } = row;
  return { id, phase, at, answers, marking: markQuiz(asQuiz(test), answers) };
}

function openPhase(step: TestStep, given: unknown): TestPhase {
  if (given !== undefined && given !== 'pre' && given !== 'post')
    throw new InvalidFields([{ pointer: '/phase', code: 'not-a-choice' }]);
  if (step === 'read-aloud') throw new TestReadAloud();
  if (step === 'done' || (given === 'pre' && step !== 'pre')) throw new TestTaken();
  if (step === 'early' || (given === 'post' && step !== 'post')) throw new TestTooEarly();
  return step;
}
