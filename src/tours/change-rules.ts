import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { mayManage } from '../campaigns/public.js';
import { ClashService, type Judged } from './clash.service.js';
import { SessionChanged, SessionNotEditable } from './session.errors.js';
import { SessionHooks } from './session-hooks.js';
import type { SessionRow } from './session.row.js';
import type { TeachingChange } from './trainer-news/trainer-news.js';
import { TrainerNewsService } from './trainer-news/trainer-news.service.js';

/** What must hold before a change, and who hears of it after. */
@Injectable()
export class ChangeRules {
  constructor(
    private readonly clock: Clock,
    private readonly clashes: ClashService,
    private readonly listeners: SessionHooks,
    private readonly trainers: TrainerNewsService,
  ) {}

  /** @throws NotFound for somebody else's session, SessionNotEditable, SessionChanged */
  assertEditable(actor: Actor, row: SessionRow, revision: number | undefined): void {
    if (!mayManage(actor.grants, row)) throw new NotFound('session');
    if (row.status !== 'planned') throw new SessionNotEditable(row.status);
    if (row.endsAt <= this.clock.now()) throw new SessionNotEditable('past');
    if (revision !== undefined && revision !== row.revision) throw new SessionChanged(row.revision);
  }

  softBefore(row: SessionRow): ReturnType<ClashService['softOf']> {
    return this.clashes.softOf(row.id, row);
  }

  judge(actor: Actor, drafts: readonly Judged[]): ReturnType<ClashService['judge']> {
    return this.clashes.judge(actor, drafts);
  }

  async hooks(
    { id, startsAt }: Pick<SessionRow, 'id' | 'startsAt'>,
    { isMoved, isRaised }: { isMoved: boolean; isRaised: boolean },
  ): Promise<void> {
    if (isMoved) await this.listeners.moved(id, startsAt);
    if (isRaised) await this.listeners.seatsFreed(id);
  }

  /** Of all sessions of a deed at once: a trainer gets one e-mail. */
  tellTrainers(actor: Actor, changes: readonly TeachingChange[]): Promise<void> {
    return this.trainers.changed(actor, changes);
  }

  async cancelled(actor: Actor, session: SessionRow): Promise<void> {
    await this.listeners.cancelled(session.id, session.startsAt);
    await this.trainers.calledOff(actor, session);
  }
}
