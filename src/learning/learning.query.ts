import { Injectable } from '@nestjs/common';
import { blockOf, type PublishedCourse, type PublishedModule } from '../courses/public.js';
import { Database } from '../shared/database/database.js';
import { CourseStays } from './course-stay.service.js';
import { presentProgress, type VideoProgress } from './progress.service.js';

/** A person's quiz at one module: attempts counted, the best of them in points. */
export interface QuizProgress {
  readonly attempts: number;
  readonly best: number;
  readonly max: number;
  readonly passed: boolean;
}

/** Where a person is in one module. */
export interface ModuleProgress {
  readonly video: (VideoProgress & { readonly position: number }) | null;
  readonly quiz: QuizProgress | null;
  /** What became of each exercise that was handed in, by its block; only where one person's progress was asked for. */
  readonly tasks?: ReadonlyMap<string, TaskState>;
  /** Everything the module asks for is done; never true of a module that asks for nothing. */
  readonly done: boolean;
}

/** Where an exercise stands: with the trainer, to do again, or done. */
export type TaskState = 'handed-in' | 'returned' | 'accepted';

/** What a module asks for and what a person has of it: the facts a rule of completion is made of. */
export interface ModuleFacts extends ModuleProgress {
  readonly moduleId: string;
  readonly slug: string;
  /** Percent of the video to be seen; null when the module has none. */
  readonly watchedRequired: number | null;
  readonly hasQuiz: boolean;
  /** When the last of it was reached, the last look at the video counting as its end; null while something is missing. */
  readonly doneAt: Date | null;
}

/** A person's progress by module id. */
export type CourseProgress = ReadonlyMap<string, ModuleProgress>;

// Both halves in one round trip, as lists of lists: a page then reads one row instead of a dozen. The best attempt goes by
// share of the points, for a quiz may have had fewer items once; it comes as one number of three: per mille, points, of.
const progressWhere = (watched: string, answered: string, handedIn: string): string => `
         coalesce((
           SELECT json_agg(json_build_array(p.person_id, p.video_id, p.position_ms, p.watched_ms, p.claimed_ms, p.last_event_at))
             FROM video_progress p
            WHERE ${watched}), '[]') AS watched,
         coalesce((
           SELECT json_agg(json_build_array(a.person_id, a.module_id, a.attempts, a.passed, a.best, a.passed_at))
             FROM (SELECT q.person_id, q.module_id, count(*) AS attempts, bool_or(q.passed) AS passed,
                          max(q.score * 1000 / q.max * 1000000 + q.score * 1000 + q.max) AS best,
                          min(q.at) FILTER (WHERE q.passed) AS passed_at
                     FROM quiz_attempt q
                    WHERE ${answered}
                    GROUP BY q.person_id, q.module_id) a), '[]') AS answered,
         ${handedIn} AS "handedIn"`;

// Of one person only: whether an exercise is done has no part in a rule of completion.
const HANDED_IN = `coalesce((SELECT json_agg(json_build_array(k.module_id, k.block, k.state)) FROM task k WHERE k.person_id = asked.person_id), '[]')`;

// All that one person ever did: some dozens of rows.
const OF_ONE = `
  SELECT asked.slot::int AS slot, ${progressWhere('p.person_id = asked.person_id', 'q.person_id = asked.person_id', HANDED_IN)}
    FROM unnest($1::uuid[]) WITH ORDINALITY AS asked(person_id, slot)
   WHERE asked.person_id IS NOT NULL`;
const OF_MANY = `SELECT ${progressWhere(
  'p.person_id = ANY ($1::uuid[]) AND p.video_id = ANY ($2::uuid[])',
  'q.person_id = ANY ($1::uuid[]) AND q.module_id = ANY ($3::uuid[])',
  `'[]'::json`,
)}`;

type Watched = [
  ...[personId: string, videoId: string, positionMs: number, watchedMs: number, claimedMs: number],
  ...[lastEventAt: string],
];
type Answered = [
  ...[personId: string, moduleId: string, attempts: number, passed: boolean, best: number],
  ...[passedAt: string | null],
];

type HandedIn = [moduleId: string, block: string, state: TaskState];

interface Row {
  watched: Watched[];
  answered: Answered[];
  handedIn: HandedIn[];
}

/** What people have watched and answered, course by course. */
@Injectable()
export class LearningQuery {
  constructor(
    private readonly db: Database,
    private readonly stays: CourseStays,
  ) {}

  /** A person's progress on every module of a course. */
  async progressOf(personId: string, course: PublishedCourse): Promise<CourseProgress> {
    return this.progressOn(personId, course.modules);
  }

  /** As {@link progressOf}, over several courses at once. */
  async progressOfAll(personId: string, courses: readonly PublishedCourse[]): Promise<CourseProgress> {
    return this.progressOn(
      personId,
      courses.flatMap(({ modules }) => modules),
    );
  }

  /**
   * For a rule of completion: each person's facts on every module of a course that asks for something (a video or a
   * quiz), begun or not, in the order of the course. The modules of the version that each of them is on count.
   *
   * @param courseKey id or slug; an unknown course has no modules
   */
  async factsOf(
    personIds: readonly string[],
    courseKey: string,
  ): Promise<ReadonlyMap<string, readonly ModuleFacts[]>> {
    const courseOf = await this.stays.courseOf(personIds, courseKey);
    const asking = (personId: string): PublishedModule[] =>
      (courseOf(personId)?.modules ?? []).filter((module) => module.video ?? hasQuiz(module));
    const modules = [...new Set(personIds.flatMap(asking))];
    const found = await this.db.readOne<Row>('learning.progressOfMany', OF_MANY, [
      [...new Set(personIds)],
      [...new Set(modules.flatMap(({ video }) => video?.id ?? []))],
      [...new Set(modules.map(({ id }) => id))],
    ]);
    const rowOf = new Map(
      personIds.map((personId): [string, Row] => [personId, { watched: [], answered: [], handedIn: [] }]),
    );
    for (const watched of found?.watched ?? []) rowOf.get(watched[0])?.watched.push(watched);
    for (const answered of found?.answered ?? []) rowOf.get(answered[0])?.answered.push(answered);
    return new Map([...rowOf].map(([personId, row]) => [personId, factsOf(row, asking(personId))]));
  }

  private async progressOn(personId: string, modules: readonly PublishedModule[]): Promise<CourseProgress> {
    const row = await this.db.readGathered<Row & { slot: number }>('learning.progressOfOne', OF_ONE, [
      personId,
    ]);
    return presentRow(row ?? { watched: [], answered: [], handedIn: [] }, modules);
  }
}

/** What one person did, as progress on each module. */
function presentRow(
  { watched, answered, handedIn }: Row,
  modules: readonly PublishedModule[],
): CourseProgress {
  const seen = new Map(watched.map((entry) => [entry[1], entry]));
  const marked = new Map(answered.map((entry) => [entry[1], entry]));
  const progress = new Map<string, ModuleProgress>();
  for (const module of modules) {
    const own = presentModule(module, seen.get(module.video?.id ?? ''), marked.get(module.id));
    const tasks = handedIn.filter(([moduleId]) => moduleId === module.id);
    progress.set(
      module.id,
      tasks.length === 0 ? own : { ...own, tasks: new Map(tasks.map(([, block, state]) => [block, state])) },
    );
  }
  return progress;
}

function factsOf(row: Row, modules: readonly PublishedModule[]): ModuleFacts[] {
  const progress = presentRow(row, modules);
  return modules.map((module) => {
    const mine = progress.get(module.id) ?? { video: null, quiz: null, done: false };
    return {
      ...mine,
      ...{ moduleId: module.id, slug: module.slug, hasQuiz: hasQuiz(module) },
      watchedRequired: module.video ? module.watchedPercent : null,
      doneAt: mine.done ? latestOf(row, module) : null,
    };
  });
}

function hasQuiz({ document }: PublishedModule): boolean {
  return blockOf(document, 'quiz') !== undefined;
}

function presentModule(
  module: PublishedModule,
  seen: Watched | undefined,
  answered: Answered | undefined,
): ModuleProgress {
  const quiz = answered ? presentQuiz(answered) : null;
  const quizPassed = quiz?.passed ?? false;
  const video =
    seen && module.video ? presentWatched(seen, module, module.video.durationMs, quizPassed) : null;
  const asksForQuiz = hasQuiz(module);
  const done =
    (module.video !== undefined || asksForQuiz) &&
    (!module.video || video?.completed === true) &&
    (!asksForQuiz || quizPassed);
  return { video, quiz, done };
}

function presentWatched(
  [, , positionMs, watchedMs, claimedMs]: Watched,
  { watchedPercent }: PublishedModule,
  durationMs: number,
  quizPassed: boolean,
): ModuleProgress['video'] {
  const progress = presentProgress({ watchedMs, claimedMs, quizPassed }, durationMs, watchedPercent);
  return { ...progress, position: positionMs / 1000 };
}

function presentQuiz([, , attempts, passed, best]: Answered): QuizProgress {
  return { attempts, best: Math.floor(best / 1000) % 1000, max: best % 1000, passed };
}

/** The last look at the video, or the first time the quiz was passed, whichever came later. */
function latestOf({ watched, answered }: Row, { id, video }: PublishedModule): Date | null {
  const times = [
    ...watched.filter(([, videoId]) => videoId === video?.id).map((entry) => entry[5]),
    ...answered.filter(([, moduleId]) => moduleId === id).map((entry) => entry[5]),
  ].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}
