import { Injectable } from '@nestjs/common';
import { type Actor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Flag, Review, ReviewFacts } from './attendance-event.js';
import type { Batch } from './batch-reader.js';
import { PresenceMergeService } from './presence-merge.service.js';
import { type EventOutcome, type KeptBatch, RawEventQuery } from './raw-event.query.js';
import { keepApart, keepRaw, type RawEvent } from './raw-event.js';
import { type RolledSession, RolledSessionQuery } from './rolled-session.query.js';

/** A device's clock that moved by more than this between two batches is flagged; milliseconds. */
const SKEW_CHANGE_MS = 10 * 60_000;

/** An event that somebody should look at. */
export interface EventToReview {
  id: string;
  why: Review | Flag;
  /** True when it counts all the same. */
  counted: boolean;
  facts: ReviewFacts;
}

/** What became of a batch: `accepted` count; with `duplicates` and what does not count they add up to its events. */
export interface BatchAnswer {
  accepted: number;
  duplicates: number;
  review: EventToReview[];
}

/** Takes what devices send: kept raw first, then interpreted, so that nothing a phone said is ever lost. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly sessions: RolledSessionQuery,
    private readonly events: RawEventQuery,
    private readonly merges: PresenceMergeService,
  ) {}

  /** @throws NotFound also for somebody else's session */
  async record(actor: Actor, sessionId: string, batch: Batch): Promise<BatchAnswer> {
    const session = await this.sessions.forRollCall(actor, sessionId);
    // Two transactions: should the interpretation fail, the raw events stay, and the next batch or a rebuild takes them up.
    const fresh = await this.keep(actor, session, batch);
    await this.settle(session.sessionId);
    const outcomes = fresh.length > 0 ? await this.events.outcomesOf(fresh) : [];
    const review = outcomes.flatMap(toReview);
    return {
      accepted: outcomes.filter((one) => one.review === null).length,
      duplicates: batch.events.length - fresh.length,
      review,
    };
  }

  private async keep(actor: Actor, session: RolledSession, batch: Batch): Promise<string[]> {
    const { sessionId } = session;
    const events = distinct(batch.events.map((event) => keepRaw(sessionId, event)));
    if (events.length === 0) return [];
    return this.db.transaction(async () => {
      const receivedAt = this.clock.now();
      const skewMs = receivedAt.getTime() - batch.sentAt;
      const last = await this.events.lastSkew(sessionId, batch.deviceId);
      const isMoved = last !== undefined && Math.abs(skewMs - last) > SKEW_CHANGE_MS;
      const kept: KeptBatch = {
        sessionId,
        deviceId: batch.deviceId,
        recordedBy: actor.kind === 'staff' ? actor.accountId : null,
        appVersion: batch.appVersion,
        sentAt: new Date(batch.sentAt),
        receivedAt,
        skewMs,
        flag: isMoved ? 'clock-changed' : null,
      };
      const fresh = await this.keepNew(kept, events);
      await this.audit.record(actor, {
        action: 'attendance.record',
        subjectKind: 'session',
        subjectId: sessionId,
        organisationId: session.organisationId,
        facts: {
          events: batch.events.length,
          fresh: fresh.length,
          device: this.audit.digest(batch.deviceId),
        },
      });
      return fresh;
    });
  }

  private async keepNew(kept: KeptBatch, events: readonly RawEvent[]): Promise<string[]> {
    const fresh = await this.events.keep(kept, events);
    if (fresh.length === events.length) return fresh;
    const isFresh = new Set(fresh);
    const known = events.filter(({ id }) => !isFresh.has(id));
    const elsewhere = await this.events.elsewhere(
      known.map(({ id }) => id),
      kept.sessionId,
    );
    const apart = known
      .filter(({ id }) => elsewhere.has(id))
      .map((event) => keepApart(kept.sessionId, event));
    return apart.length === 0 ? fresh : [...fresh, ...(await this.events.keep(kept, apart))];
  }

  /** Interprets whatever the session has not interpreted yet, also what an interrupted call left behind. */
  private async settle(sessionId: string): Promise<void> {
    await this.db.transaction(async () => {
      const session = await this.sessions.lock(sessionId);
      const pending = await this.events.received(sessionId, false);
      if (pending.length > 0) await this.merges.takeUp(session, pending);
    });
  }
}

/** The first of each id: the same event twice in a batch is a duplicate. */
function distinct(events: readonly RawEvent[]): RawEvent[] {
  const byId = new Map<string, RawEvent>();
  for (const event of events) if (!byId.has(event.id)) byId.set(event.id, event);
  return [...byId.values()];
}

function toReview({ id, review, facts, flag }: EventOutcome): EventToReview[] {
  const why = review ?? flag;
  return why === null ? [] : [{ id, why, counted: review === null, facts: facts ?? {} }];
}
