import { Injectable } from '@nestjs/common';

/** Whoever must know that somebody has finished something of a course: completion, which recomputes. */
export abstract class LearningWatcher {
  /** May be called again for what was finished already: a phone that repeats itself repeats the call. */
  abstract learned(personId: string, courseId: string): Promise<void>;
}

/** Where later features register what they do when a video is seen or a quiz passed; they do so in `onModuleInit`. */
@Injectable()
export class LearningHooks {
  private readonly watchers: LearningWatcher[] = [];

  watch(watcher: LearningWatcher): void {
    this.watchers.push(watcher);
  }

  async learned(personId: string, courseIds: readonly string[]): Promise<void> {
    for (const courseId of new Set(courseIds)) {
      for (const watcher of this.watchers) await watcher.learned(personId, courseId);
    }
  }
}
