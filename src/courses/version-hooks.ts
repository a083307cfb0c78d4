import { Injectable } from '@nestjs/common';

/** Whoever must know that a version is about to be replaced: the learners who have begun it stay on it. */
export abstract class VersionWatcher {
  /** Runs in the transaction that publishes the next version, before the old one is retired. */
  abstract replaced(courseId: string, versionId: string): Promise<void>;
}

/** Where later features register what they do when a version is replaced; they do so in `onModuleInit`. */
@Injectable()
export class VersionHooks {
  private readonly watchers: VersionWatcher[] = [];

  watch(watcher: VersionWatcher): void {
    this.watchers.push(watcher);
  }

  async replaced(courseId: string, versionId: string): Promise<void> {
    for (const watcher of this.watchers) await watcher.replaced(courseId, versionId);
  }
}
