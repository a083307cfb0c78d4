import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { mayManage } from '../../campaigns/public.js';
import { type SessionChange, SessionChangeService } from '../session-change.service.js';
import { type Deed, SessionRehearsal } from '../session-rehearsal.service.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow } from '../session.row.js';
import type { ToldPreview } from '../told-preview.js';

/** What the pages that ask before a deed need, so that their controllers only speak HTTP. */
@Injectable()
export class SessionDeeds {
  constructor(
    private readonly sessions: SessionQuery,
    private readonly rehearsal: SessionRehearsal,
    private readonly changes: SessionChangeService,
  ) {}

  /** @throws NotFound also for a session that the actor may only read */
  async managed(actor: StaffActor, id: string): Promise<SessionRow> {
    const row = await this.sessions.get(id);
    if (!mayManage(actor.grants, row)) throw new NotFound('session');
    return row;
  }

  rehearse(actor: StaffActor, id: string, deed: Deed): Promise<ToldPreview> {
    return this.rehearsal.rehearse(actor, id, deed);
  }

  change(actor: StaffActor, id: string, change: SessionChange): Promise<void> {
    return this.changes.change(actor, new Map([[id, change]]));
  }

  postpone(actor: StaffActor, id: string, reason: string, revision: number | undefined): Promise<void> {
    return this.changes.postpone(actor, id, reason, revision);
  }

  cancel(actor: StaffActor, id: string, reason: string, revision: number | undefined): Promise<void> {
    return this.changes.cancel(actor, id, reason, revision);
  }
}
