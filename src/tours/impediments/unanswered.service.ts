import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { isOff } from '../replacement/candidate.js';
import { SessionChangeService } from '../session-change.service.js';
import type { SessionRow } from '../session.row.js';
import { type Impediment, isTaughtWithout } from './impediment.js';
import { ImpedimentTools } from './impediment.service.js';

/**
 * Answers in the place of those who did not: a session that nobody else teaches is postponed and everybody told; one that
 * somebody else teaches too is held. Nothing is deleted.
 */
@Injectable()
export class UnansweredService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tools: ImpedimentTools,
    private readonly changes: SessionChangeService,
  ) {}

  /** Safe to repeat and to run twice at once. @returns the number of sessions postponed */
  async postponeDue(): Promise<number> {
    let postponed = 0;
    const failures: unknown[] = [];
    for (const { sessionId } of await this.tools.store.due()) {
      // One session that cannot be settled now does not keep the others waiting.
      await this.db
        .transaction(() => this.settle(sessionId))
        .then(
          (isPostponed) => (postponed += isPostponed ? 1 : 0),
          (error: unknown) => failures.push(error),
        );
    }
    if (failures.length > 0) throw failures[0];
    return postponed;
  }

  /** @returns whether the session was postponed */
  private async settle(sessionId: string): Promise<boolean> {
    const { store, sessions, news } = this.tools;
    const [session] = await sessions.lock([sessionId]);
    const now = this.clock.now();
    // A second look: somebody may have answered while this waited for the row.
    const all = await store.ofSession(sessionId);
    const open = all.filter(({ answer }) => answer === null);
    const due = open.filter(({ dueAt }) => dueAt <= now);
    if (!session || due.length === 0) return false;
    if (session.status !== 'planned' || session.endsAt <= now) {
      await store.answer(sessionId, 'unanswered', null);
      return false;
    }
    const absent = absentOf(all, session);
    if (isTaughtWithout(session.units, absent, now)) {
      await store.answer(
        sessionId,
        'held',
        null,
        due.map(({ trainer }) => trainer.id),
      );
      return false;
    }
    await this.changes.postponeHeld('system', sessionId, null);
    for (const one of due) await news.unanswered(one, session);
    return true;
  }
}

/** Who does not come by their own last word: a session that was held without them is no sign that they do. */
function absentOf(latestFirst: readonly Impediment[], { units }: SessionRow): Set<string> {
  const isOfThisDay = ({ days }: Impediment): boolean =>
    units.some(({ localDate }) => isOff([days], localDate));
  const last = new Map(
    latestFirst
      .filter(isOfThisDay)
      .toReversed()
      .map((one) => [one.trainer.id, one.answer] as const),
  );
  return new Set([...last].flatMap(([id, answer]) => (answer === null || answer === 'held' ? [id] : [])));
}
