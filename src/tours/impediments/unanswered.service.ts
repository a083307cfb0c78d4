import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { SessionChangeService } from '../session-change.service.js';
import { isTaughtWithout } from './impediment.js';
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
    const due = await this.tools.store.due();
    for (const sessionId of new Set(due.map((one) => one.sessionId)))
      if (await this.db.transaction(() => this.settle(sessionId))) postponed += 1;
    return postponed;
  }

  /** @returns whether the session was postponed */
  private async settle(sessionId: string): Promise<boolean> {
    const { store, sessions, news } = this.tools;
    const [session] = await sessions.lock([sessionId]);
    const now = this.clock.now();
    // A second look: somebody may have answered while this waited for the row.
    const open = (await store.ofSession(sessionId)).filter(({ answer }) => answer === null);
    const due = open.filter(({ dueAt }) => dueAt <= now);
    if (!session || due.length === 0) return false;
    if (session.status !== 'planned' || session.endsAt <= now) {
      await store.answer(sessionId, 'unanswered', null);
      return false;
    }
    const absent = new Set(open.map(({ trainer }) => trainer.id));
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
