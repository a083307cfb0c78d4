import { Injectable } from '@nestjs/common';
import { blockOf, CatalogueService, type PublishedCourse, type PublishedModule } from '../courses/public.js';
import { Database } from '../shared/database/database.js';
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
  /** Everything the module asks for is done; never true of a module that asks for nothing. */
  readonly done: boolean;
}

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

// Both halves in one round trip: rows of videos, then rows of quizzes. The best attempt goes by share of the points, for a
// quiz may have had fewer items once; it comes as one number of three: per mille, points, points there were.
const progressWhere = (watched: string, answered: string, when = { seen: '', passed: '' }): string => `
  SELECT p.person_id AS "personId", p.video_id AS "thingId", p.position_ms AS "positionMs",
         (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(p.watched) r) AS "watchedMs",
         (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(p.claimed) r) AS "claimedMs",
         NULL::int AS attempts, NULL::boolean AS passed, NULL::int AS best${when.seen}
    FROM video_progress p
   WHERE ${watched}
  UNION ALL
  SELECT q.person_id, q.module_id, NULL, NULL, NULL,
         count(*)::int, bool_or(q.passed), max(q.score * 1000 / q.max * 1000000 + q.score * 1000 + q.max)${when.passed}
    FROM quiz_attempt q
   WHERE ${answered}
   GROUP BY q.person_id, q.module_id`;

// All that one person ever did: some dozens of rows. Without lists the statement is planned once and for all.
const OF_ONE = progressWhere('p.person_id = $1', 'q.person_id = $1');
const OF_MANY = progressWhere(
  'p.person_id = ANY ($1::uuid[]) AND p.video_id = ANY ($2::uuid[])',
  'q.person_id = ANY ($1::uuid[]) AND q.module_id = ANY ($3::uuid[])',
  { seen: ', p.last_event_at AS "reachedAt"', passed: ', min(q.at) FILTER (WHERE q.passed)' },
);

interface WatchedRow {
  personId: string;
  thingId: string;
  positionMs: number;
  watchedMs: number;
  claimedMs: number;
  attempts: null;
  /** When the last was heard of it, where that was asked. */
  reachedAt?: Date;
}

interface QuizRow {
  personId: string;
  thingId: string;
  attempts: number;
  passed: boolean;
  best: number;
  /** When it was first passed, where that was asked. */
  reachedAt?: Date | null;
}

type Row = WatchedRow | QuizRow;

/** What people have watched and answered, course by course. */
@Injectable()
export class LearningQuery {
  constructor(
    private readonly db: Database,
    private readonly catalogue: CatalogueService,
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
   * quiz), begun or not, in the order of the course. Modules of the published version count.
   *
   * @param courseKey id or slug; an unknown course has no modules
   */
  async factsOf(
    personIds: readonly string[],
    courseKey: string,
  ): Promise<ReadonlyMap<string, readonly ModuleFacts[]>> {
    const course = (await this.catalogue.current()).course(courseKey);
    const modules = (course?.modules ?? []).filter((module) => module.video ?? hasQuiz(module));
    const videos = modules.flatMap(({ video }) => video?.id ?? []);
    const rows = await this.db.read<Row>('learning.progressOfMany', OF_MANY, [
      ...[[...new Set(personIds)], videos, modules.map(({ id }) => id)],
    ]);
    const rowsOf = new Map(personIds.map((personId): [string, Row[]] => [personId, []]));
    for (const row of rows) rowsOf.get(row.personId)?.push(row);
    const facts = (personId: string): ModuleFacts[] => {
      const own = rowsOf.get(personId) ?? [];
      const progress = presentRows(own, modules);
      return modules.map((module) => ({
        ...(progress.get(module.id) ?? { video: null, quiz: null, done: false }),
        ...{ moduleId: module.id, slug: module.slug, hasQuiz: hasQuiz(module) },
        watchedRequired: module.video ? module.watchedPercent : null,
        doneAt: progress.get(module.id)?.done ? latestOf(own, module) : null,
      }));
    };
    return new Map(personIds.map((personId) => [personId, facts(personId)]));
  }

  private async progressOn(personId: string, modules: readonly PublishedModule[]): Promise<CourseProgress> {
    const rows = await this.db.read<Row>('learning.progressOfOne', OF_ONE, [personId]);
    return presentRows(rows, modules);
  }
}

/** The rows of one person as progress on each module. */
function presentRows(rows: readonly Row[], modules: readonly PublishedModule[]): CourseProgress {
  const seen = new Map<string, WatchedRow>();
  const answered = new Map<string, QuizRow>();
  for (const row of rows) {
    if (row.attempts === null) seen.set(row.thingId, row);
    else answered.set(row.thingId, row);
  }
  const progress = new Map<string, ModuleProgress>();
  for (const module of modules) {
    const watched = module.video && seen.get(module.video.id);
    progress.set(module.id, presentModule(module, watched, answered.get(module.id)));
  }
  return progress;
}

function hasQuiz({ document }: PublishedModule): boolean {
  return blockOf(document, 'quiz') !== undefined;
}

function presentModule(
  module: PublishedModule,
  seen: WatchedRow | undefined,
  answered: QuizRow | undefined,
): ModuleProgress {
  const quizPassed = answered?.passed ?? false;
  const { durationMs = 0 } = module.video ?? {};
  const video = seen && {
    ...presentProgress({ ...seen, quizPassed }, durationMs, module.watchedPercent),
    position: seen.positionMs / 1000,
  };
  const asksForQuiz = hasQuiz(module);
  const done =
    (module.video !== undefined || asksForQuiz) &&
    (!module.video || video?.completed === true) &&
    (!asksForQuiz || quizPassed);
  return {
    video: video ?? null,
    quiz: answered ? presentQuiz(answered) : null,
    done,
  };
}

function latestOf(rows: readonly Row[], { id, video }: PublishedModule): Date | null {
  const own = rows.filter(({ thingId }) => thingId === id || thingId === video?.id);
  const times = own.flatMap(({ reachedAt }) => (reachedAt ? [reachedAt.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

function presentQuiz({ attempts, passed, best }: QuizRow): QuizProgress {
  return { attempts, best: Math.floor(best / 1000) % 1000, max: best % 1000, passed };
}
