import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { mayManage } from '../campaigns/public.js';
import { ClashService, type Judged } from './clash.service.js';
import { SessionChanged, SessionNotEditable, SessionPostponed } from './session.errors.js';
import { ImpedimentStore } from './impediments/impediment.store.js';
import { SessionHooks } from './session-hooks.js';
import type { SessionRow } from './session.row.js';
import type { TeachingChange } from './trainer-news/trainer-news.js';
import { TrainerNewsService } from './trainer-news/trainer-news.service.js';

/**
 * A session that one may still change: planned and not over, or postponed, whatever its days were.
 *
 * @throws SessionNotEditable
 */
function assertStanding({ status, endsAt }: Pick<SessionRow, 'status' | 'endsAt'>, now: Date): void {
  if (status === 'closed' || status === 'cancelled') throw new SessionNotEditable(status);
  if (status === 'planned' && endsAt <= now) throw new SessionNotEditable('past');
}

/** The same for what needs a day. @throws SessionNotEditable, SessionPostponed */
export function assertPlanned(session: Pick<SessionRow, 'status' | 'endsAt'>, now: Date): void {
  assertStanding(session, now);
  if (session.status === 'postponed') throw new SessionPostponed();
}

/** What must hold before a change, and who hears of it after. */
@Injectable()
export class ChangeRules {
  constructor(
    private readonly clock: Clock,
    private readonly clashes: ClashService,
    private readonly listeners: SessionHooks,
    private readonly trainers: TrainerNewsService,
    private readonly impediments: ImpedimentStore,
  ) {}

  /** @throws NotFound for somebody else's session, SessionNotEditable, SessionChanged */
  assertEditable(actor: Actor, row: SessionRow, revision: number | undefined): void {
    if (!mayManage(actor.grants, row)) throw new NotFound('session');
    assertStanding(row, this.clock.now());
    if (revision !== undefined && revision !== row.revision) throw new SessionChanged(row.revision);
  }

  softBefore(row: SessionRow): ReturnType<ClashService['softOf']> {
    return this.clashes.softOf(row.id, row);
  }

  judge(actor: Actor, drafts: readonly Judged[]): ReturnType<ClashService['judge']> {
    return this.clashes.judge(actor, drafts);
  }

  async hooks(
    session: Pick<SessionRow, 'id' | 'startsAt' | 'status'>,
    { isMoved, isRaised }: { isMoved: boolean; isRaised: boolean },
  ): Promise<void> {
    if (isMoved) await this.listeners.moved(session.id, dayOf(session));
    if (isRaised) await this.listeners.seatsFreed(session.id);
  }

  /** Of all sessions of a deed at once: a trainer gets one e-mail. */
  tellTrainers(actor: Actor, changes: readonly TeachingChange[]): Promise<void> {
    return this.trainers.changed(actor, changes);
  }

  /** A change answers whoever could not come: they teach it no more, or it is at another time. */
  async settle(
    actor: Actor,
    { sessionId, before, after }: TeachingChange,
    isRetimed: boolean,
  ): Promise<void> {
    const gone = [...before].filter((id) => !after.has(id));
    await this.impediments.answer(sessionId, 'replaced', idOf(actor), gone);
    if (isRetimed) await this.impediments.answer(sessionId, 'moved', idOf(actor));
  }

  async postponed(actor: Actor | 'system', session: SessionRow): Promise<void> {
    const isSystem = actor === 'system';
    await this.impediments.answer(
      session.id,
      isSystem ? 'unanswered' : 'postponed',
      isSystem ? null : idOf(actor),
    );
    await this.listeners.postponed(session.id, session.startsAt);
    await this.trainers.postponed(actor, session);
  }

  async cancelled(actor: Actor, session: SessionRow): Promise<void> {
    await this.impediments.answer(session.id, 'called-off', idOf(actor));
    await this.listeners.cancelled(session.id, dayOf(session));
    await this.trainers.calledOff(actor, session);
  }
}

const idOf = (actor: Actor): string | null => (actor.kind === 'staff' ? actor.accountId : null);

/** When people were to come; the day that a postponed session had is none. */
const dayOf = ({ status, startsAt }: Pick<SessionRow, 'status' | 'startsAt'>): Date | null =>
  status === 'postponed' ? null : startsAt;
