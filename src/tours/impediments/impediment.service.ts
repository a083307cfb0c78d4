import { Injectable } from '@nestjs/common';
import { MANAGING_ROLES, mayManage, reachOf } from '../../campaigns/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { JobQueue } from '../../shared/jobs/job.queue.js';
import { newId } from '../../shared/new-id.js';
import { assertPlanned } from '../change-rules.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow, UnitRow } from '../session.row.js';
import { CoordinatorNews } from './coordinator-news.service.js';
import { ImpedimentAnswered } from './impediment.errors.js';
import {
  ANSWER_MINUTES,
  type Impediment,
  type ImpedimentAnswer,
  type ImpedimentReason,
} from './impediment.js';
import { ImpedimentStore } from './impediment.store.js';

/** Postpones what nobody answered. */
export const POSTPONE_UNANSWERED = 'tours.postpone-unanswered';
const MINUTE_MS = 60_000;

/** What an impediment needs besides its own rows. */
@Injectable()
export class ImpedimentTools {
  constructor(
    readonly store: ImpedimentStore,
    readonly sessions: SessionQuery,
    readonly news: CoordinatorNews,
    readonly jobs: JobQueue,
  ) {}
}

/** Trainers who say that they cannot come, and what those who plan answer. */
@Injectable()
export class ImpedimentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly tools: ImpedimentTools,
  ) {}

  /**
   * Says that one cannot come; those who plan are told at once. Saying it twice is saying it once.
   *
   * @throws NotFound for a session that one does not teach, SessionNotEditable, SessionPostponed
   */
  async report(
    actor: StaffActor,
    sessionId: string,
    { reason, note }: { reason: ImpedimentReason; note?: string | null | undefined },
  ): Promise<Impediment> {
    const { store, sessions, news, jobs } = this.tools;
    const { id: known } = await sessions.getFor(actor, sessionId);
    return this.db.transaction(async () => {
      const [session] = await sessions.lock([known]);
      const units = session ? unitsToTeach(session, actor.accountId, this.clock.now()) : [];
      const [first, last] = [units[0], units.at(-1)];
      if (!session || !first || !last) throw new NotFound('session');
      assertPlanned(session, this.clock.now());
      const reportedAt = this.clock.now();
      const impediment: Impediment = {
        ...{ id: newId(), sessionId: session.id, reason, reportedAt, answer: null, answeredAt: null },
        trainer: { id: actor.accountId, name: actor.name },
        note: note?.trim() ? note : null,
        days: { from: first.localDate, to: last.localDate },
        dueAt: new Date(reportedAt.getTime() + ANSWER_MINUTES * MINUTE_MS),
      };
      if (!(await store.insert(impediment))) return this.openOf(session.id, actor.accountId);
      await this.note(actor, session, 'tours.impediment.report', {});
      await news.impeded(impediment, session);
      // The table is looked at each minute as well: a job that is lost costs that minute.
      await jobs.enqueue({
        kind: POSTPONE_UNANSWERED,
        dedupeKey: impediment.id,
        runAfter: impediment.dueAt,
      });
      return impediment;
    });
  }

  /** The trainer can come after all. @throws NotFound, ImpedimentAnswered */
  async withdraw(actor: StaffActor, id: string): Promise<Impediment> {
    return this.answer(actor, id, 'withdrawn', ({ trainer }) => trainer.id === actor.accountId);
  }

  /** The session is held all the same. @throws NotFound, ImpedimentAnswered */
  async hold(actor: StaffActor, id: string): Promise<Impediment> {
    return this.answer(actor, id, 'held', (_, session) => mayManage(actor.grants, session));
  }

  /** Those that wait for an answer of the actor's. */
  open(actor: StaffActor): Promise<Impediment[]> {
    return this.tools.store.openWithin(reachOf(actor.grants, MANAGING_ROLES));
  }

  /** Of a session, the latest first: all of them for those who plan, one's own for a trainer. */
  async ofSession(actor: StaffActor, session: SessionRow): Promise<Impediment[]> {
    const all = await this.tools.store.ofSession(session.id);
    return mayManage(actor.grants, session)
      ? all
      : all.filter(({ trainer }) => trainer.id === actor.accountId);
  }

  private async answer(
    actor: StaffActor,
    id: string,
    answer: ImpedimentAnswer,
    isTheirs: (impediment: Impediment, session: SessionRow) => boolean,
  ): Promise<Impediment> {
    const { store, sessions } = this.tools;
    const found = await store.byId(id);
    if (!found) throw new NotFound('impediment');
    return this.db.transaction(async () => {
      const [session] = await sessions.lock([found.sessionId]);
      if (!session || !isTheirs(found, session)) throw new NotFound('impediment');
      const before = await store.byId(id);
      if (before?.answer === answer) return before;
      if (before?.answer) throw new ImpedimentAnswered(before.answer, session.id);
      await store.answer(session.id, answer, actor.accountId, [found.trainer.id]);
      await this.note(actor, session, 'tours.impediment.answer', { answer, trainer: found.trainer.id });
      const after = await store.byId(id);
      if (!after) throw new NotFound('impediment');
      return after;
    });
  }

  private async openOf(sessionId: string, accountId: string): Promise<Impediment> {
    const all = await this.tools.store.ofSession(sessionId);
    const open = all.find(({ trainer, answer }) => trainer.id === accountId && answer === null);
    if (!open) throw new NotFound('impediment');
    return open;
  }

  private async note(
    actor: StaffActor,
    { id, organisationId }: SessionRow,
    action: string,
    facts: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subjectKind: 'session',
      subjectId: id,
      organisationId,
      facts,
    });
  }
}

/** Half-days of the session that somebody has still to teach. */
function unitsToTeach({ units }: SessionRow, accountId: string, now: Date): UnitRow[] {
  return units.filter(
    ({ endsAt, trainers }) => new Date(endsAt) > now && trainers.some(({ id }) => id === accountId),
  );
}

export const teachesStill = (session: SessionRow, accountId: string, now: Date): boolean =>
  unitsToTeach(session, accountId, now).length > 0;
