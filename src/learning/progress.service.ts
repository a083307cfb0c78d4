import { Injectable } from '@nestjs/common';
import { type PublishedModule } from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { CourseStays } from './course-stay.service.js';
import { isId } from './is-id.js';
import { LearningHooks } from './learning-hooks.js';
import { parseProgress, type ReceivedEvent } from './progress-events.js';
import { ProgressStore, type StoredProgress } from './progress.store.js';

/** Rule of a video that no published module shows any more: progress is still taken. */
const DEFAULT_WATCHED_PERCENT = 80;

/** Progress on one video as it counts now; seconds, percent of the video. */
export interface VideoProgress {
  readonly watchedSeconds: number;
  readonly unverifiedSeconds: number;
  readonly percent: number;
  readonly completed: boolean;
}

/** A video and the rule it is judged by. */
interface Target {
  readonly videoId: string;
  readonly durationMs: number;
  readonly watchedPercent: number;
  /** Modules whose quiz, once passed, makes what is unverified count. */
  readonly moduleIds: readonly string[];
  /** Courses that show the video. */
  readonly courseIds: readonly string[];
}

/** What counts of a stored progress: with a quiz of the module passed, all that was claimed. */
export function presentProgress(
  stored: Pick<StoredProgress, 'watchedMs' | 'claimedMs' | 'quizPassed'>,
  durationMs: number,
  watchedPercent: number,
): VideoProgress {
  const countedMs = stored.quizPassed ? stored.claimedMs : stored.watchedMs;
  const share = (countedMs / durationMs) * 100;
  return {
    watchedSeconds: countedMs / 1000,
    unverifiedSeconds: (stored.claimedMs - countedMs) / 1000,
    // Rounded down: 79.96 % is not yet 80.
    percent: Math.floor(share * 10) / 10,
    completed: share >= watchedPercent,
  };
}

/** Takes what phones say of watching, and answers with what counts. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly clock: Clock,
    private readonly stays: CourseStays,
    private readonly store: ProgressStore,
    private readonly hooks: LearningHooks,
  ) {}

  /**
   * Records a call's events on a video.
   *
   * @throws NotFound for no such video; InvalidFields when something in the body is wrong, and then nothing is kept
   */
  async recordVideo(personId: string, videoId: string, body: unknown): Promise<VideoProgress> {
    const [module, ...others] = (await this.stays.catalogueOf(personId)).withVideo(videoId);
    if (module) return this.record(personId, targetOf(module, [module, ...others]), body);
    const durationMs = isId(videoId) ? await this.store.durationOf(videoId) : undefined;
    if (durationMs === undefined) throw new NotFound('video');
    const rule = { watchedPercent: DEFAULT_WATCHED_PERCENT, moduleIds: [], courseIds: [] };
    return this.record(personId, { videoId, durationMs, ...rule }, body);
  }

  /** As {@link recordVideo}, by the id or slug of a module that has a video. */
  async recordModule(personId: string, moduleKey: string, body: unknown): Promise<VideoProgress> {
    const module = (await this.stays.catalogueOf(personId)).module(moduleKey);
    if (!module?.video) throw new NotFound('video');
    return this.record(personId, targetOf(module, [module]), body);
  }

  private async record(personId: string, target: Target, body: unknown): Promise<VideoProgress> {
    const now = this.clock.now();
    const { videoId, durationMs, moduleIds } = target;
    const events = unique(parseProgress(body, durationMs, now));
    const stored = await this.store.add(
      { personId, videoId, moduleIds, durationMs, receivedAt: now },
      events,
    );
    const progress = presentProgress(stored, durationMs, target.watchedPercent);
    // Without an answer the phone sends the same again, so nothing is lost when this fails.
    if (progress.completed) await this.hooks.learned(personId, target.courseIds);
    return progress;
  }
}

function targetOf(module: PublishedModule, modules: readonly PublishedModule[]): Target {
  if (!module.video) throw new NotFound('video');
  const { id: videoId, durationMs } = module.video;
  return {
    videoId,
    durationMs,
    watchedPercent: module.watchedPercent,
    moduleIds: modules.map(({ id }) => id),
    courseIds: modules.map(({ courseId }) => courseId),
  };
}

/** The first of each id: a phone that repeats itself in one call has said it once. */
function unique(events: readonly ReceivedEvent[]): ReceivedEvent[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}
