import { Injectable } from '@nestjs/common';

/** Whoever must know that presence changed: completion, which recomputes. */
export abstract class PresenceWatcher {
  /** Runs in the transaction of the change, with the rows of these persons locked. */
  abstract presenceChanged(sessionId: string, personIds: readonly string[]): Promise<void>;
}

/** Where later features register what they do when presence changes; they do so in `onModuleInit`. */
@Injectable()
export class PresenceHooks {
  private readonly watchers: PresenceWatcher[] = [];

  watch(watcher: PresenceWatcher): void {
    this.watchers.push(watcher);
  }

  async changed(sessionId: string, personIds: readonly string[]): Promise<void> {
    for (const watcher of this.watchers) await watcher.presenceChanged(sessionId, personIds);
  }
}
