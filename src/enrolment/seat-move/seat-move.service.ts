import { Injectable } from '@nestjs/common';
import { CallList } from '../../messages/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import type { SessionRow } from '../../tours/public.js';
import {
  SessionCancelled,
  SessionPostponed,
  SessionClosed,
  SessionStarted,
  SessionWithoutDates,
} from '../enrolment.errors.js';
import { EXPIRE_OFFERS } from '../job-kinds.js';
import { offerDeadline } from '../offer-deadline.js';
import { isSoon } from '../seat-receipt.text.js';
import { SeatPromotionService } from '../seat-promotion.service.js';
import { type LockedSession, SeatQuery } from '../seat.query.js';
import { SeatReceiptBell } from '../seat-receipt.bell.js';
import { digestOf, type Live, type MoveLine, planMoves } from './seat-move.plan.js';
import { type Chosen, SeatMoveQuery } from './seat-move.query.js';
import { MoveChanged, SameSession } from './seat-move.errors.js';

/** What is asked for: who leaves where, and what becomes of those who find no seat. */
export interface Wanted extends Chosen {
  /** Of the session that they leave. */
  from: SessionRow;
  to: SessionRow;
  whenFull: 'stay' | 'wait';
  /** Digest of what was looked at: anything else is refused. */
  plan?: string | undefined;
}

/** What was done, or would be. */
export interface Moved {
  lines: MoveLine[];
  /** Names {@link lines}. */
  plan: string;
}

/** The parts that move seats, together because a move needs all of what a single change needs. */
@Injectable()
export class SeatMoveTools {
  constructor(
    readonly seats: SeatQuery,
    readonly moves: SeatMoveQuery,
    readonly promotion: SeatPromotionService,
    readonly jobs: JobQueue,
    readonly receipts: SeatReceiptBell,
    readonly calls: CallList,
  ) {}
}

/** Moves people from one session to another, in the open transaction: all that fit, or none when it fails. */
@Injectable()
export class SeatMoveService {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly tools: SeatMoveTools,
  ) {}

  /**
   * Inside a transaction of the caller. Whoever waits in the other session is served first; what is freed here is
   * offered to those who stay in the queue.
   *
   * @throws SameSession, SessionStarted, SessionClosed, SessionCancelled, SessionWithoutDates, MoveChanged
   */
  async moveHeld(actor: StaffActor, wanted: Wanted): Promise<Moved> {
    const { seats, moves, promotion } = this.tools;
    const now = this.clock.now();
    const { from, to } = await this.hold(wanted, now);
    await promotion.fill(to);
    await seats.lockPersons(await moves.persons(wanted));
    const room = (await seats.lockSession(to.id)) ?? to;
    const deadline = room.startsAt && room.zone ? offerDeadline(now, room.startsAt, room.zone) : undefined;
    const lines = planMoves(await moves.candidates(wanted, room), {
      seatsLeft: room.seatsLeft,
      canOffer: deadline !== undefined,
      mayWait: wanted.whenFull === 'wait',
      mayLoseSeat: from.status === 'cancelled',
    });
    const plan = digestOf(lines);
    if (wanted.plan !== undefined && wanted.plan !== plan) throw new MoveChanged();
    const moved = lines.filter((line) => line.why === null);
    if (moved.length > 0) {
      const isUrgent = isSoon(wanted.from.startsAt, now) || isSoon(wanted.to.startsAt, now);
      await moves.write(from.id, moved, { sessionId: to.id, by: actor.accountId, now, deadline, isUrgent });
      await this.tools.calls.withdraw(moved.map(({ enrolmentId }) => enrolmentId));
      await this.count(from, to, moved, deadline);
      await this.record(actor, wanted, moved);
    }
    return { lines, plan };
  }

  /** Both rows, in the order of their ids. */
  private async hold(wanted: Wanted, now: Date): Promise<{ from: LockedSession; to: LockedSession }> {
    if (wanted.from.id === wanted.to.id) throw new SameSession();
    const rows = new Map<string, LockedSession>();
    for (const id of [wanted.from.id, wanted.to.id].sort()) {
      const row = await this.tools.seats.lockSession(id);
      if (row) rows.set(id, row);
    }
    const [from, to] = [rows.get(wanted.from.id), rows.get(wanted.to.id)];
    if (!from || !to) throw new Error('A session has gone');
    if (from.status === 'closed') throw new SessionClosed();
    if (from.status === 'planned' && from.startsAt && from.startsAt <= now)
      throw new SessionStarted(from.startsAt);
    if (to.status === 'closed') throw new SessionClosed();
    if (to.status === 'cancelled') throw new SessionCancelled();
    if (to.status === 'postponed') throw new SessionPostponed();
    if (!to.startsAt) throw new SessionWithoutDates();
    if (to.startsAt <= now) throw new SessionStarted(to.startsAt);
    return { from, to };
  }

  private async count(
    from: LockedSession,
    to: LockedSession,
    moved: readonly MoveLine[],
    deadline: Date | undefined,
  ): Promise<void> {
    const { seats, promotion, receipts } = this.tools;
    const left = (status: Live): number => moved.filter((line) => line.from === status).length;
    const came = (status: Live): number => moved.filter((line) => line.to === status).length;
    const steps = { booked: came('booked'), offered: came('offered'), waiting: came('waiting') };
    await seats.count(to.id, steps);
    await seats.count(from.id, {
      booked: -left('booked'),
      offered: -left('offered'),
      waiting: -left('waiting'),
    });
    if (steps.offered > 0 && deadline)
      await this.tools.jobs.enqueue({
        kind: EXPIRE_OFFERS,
        dedupeKey: `${to.id}:${deadline.getTime()}`,
        runAfter: deadline,
      });
    const now = await seats.lockSession(from.id);
    if (now) await promotion.fill(now);
    receipts.ring();
  }

  private async record(actor: StaffActor, { from, to }: Wanted, moved: readonly MoveLine[]): Promise<void> {
    const facts = {
      to: to.id,
      people: moved.map(({ personId }) => personId),
      seats: moved.filter((line) => line.to === 'booked').length,
    };
    await this.audit.record(actor, {
      action: 'enrolment.move',
      subjectKind: 'session',
      subjectId: from.id,
      organisationId: from.organisationId,
      facts,
    });
  }
}
