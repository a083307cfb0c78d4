import { Injectable } from '@nestjs/common';

/** Whoever hands freed seats on: enrolment implements it, so that tours knows nothing of waiting lists. */
export abstract class SeatsFreed {
  /** Runs in the transaction that freed the seats, with the session's row locked. */
  abstract seatsFreed(sessionId: string): Promise<void>;
}

/** Whoever must know that a session was moved or called off: enrolment, which tells the people. */
export abstract class SessionWatcher {
  /**
   * The day, hours or place changed; runs in the transaction of the change, with the session's row locked.
   *
   * @param startedAt when it was to begin before the change; null when it was postponed and has a day again
   */
  abstract sessionMoved(sessionId: string, startedAt: Date | null): Promise<void>;

  /**
   * The session will be held on another day, which is not known yet; runs in the transaction of the deed, with the
   * session's row locked.
   *
   * @param startedAt when it was to begin
   */
  abstract sessionPostponed(sessionId: string, startedAt: Date): Promise<void>;

  /**
   * The session will not be held; runs in the transaction of the cancellation, with the session's row locked.
   *
   * @param startedAt when it was to begin; null when it was postponed
   */
  abstract sessionCancelled(sessionId: string, startedAt: Date | null): Promise<void>;
}

/** Where later features register what they do when a session changes; they do so in `onModuleInit`. */
@Injectable()
export class SessionHooks {
  private readonly seatListeners: SeatsFreed[] = [];
  private readonly watchers: SessionWatcher[] = [];

  onSeatsFreed(listener: SeatsFreed): void {
    this.seatListeners.push(listener);
  }

  watch(watcher: SessionWatcher): void {
    this.watchers.push(watcher);
  }

  async seatsFreed(sessionId: string): Promise<void> {
    for (const listener of this.seatListeners) await listener.seatsFreed(sessionId);
  }

  async moved(sessionId: string, startedAt: Date | null): Promise<void> {
    for (const watcher of this.watchers) await watcher.sessionMoved(sessionId, startedAt);
  }

  async postponed(sessionId: string, startedAt: Date): Promise<void> {
    for (const watcher of this.watchers) await watcher.sessionPostponed(sessionId, startedAt);
  }

  async cancelled(sessionId: string, startedAt: Date | null): Promise<void> {
    for (const watcher of this.watchers) await watcher.sessionCancelled(sessionId, startedAt);
  }
}
