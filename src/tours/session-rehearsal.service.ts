import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { type SessionChange, SessionChangeService } from './session-change.service.js';
import { saving } from './session.service.js';
import { type ToldPreview, ToldReckoning } from './told-preview.js';

/** What is to be done to a session. */
export type Deed =
  { kind: 'change'; change: SessionChange } | { kind: 'cancel' | 'postpone'; revision?: number };

/** Carries what was seen out of a transaction that must not stand. */
class Undone extends Error {
  constructor(readonly seen: ToldPreview) {
    super('Rehearsed');
  }
}

/** Stands in for the reason that is not known yet; nobody ever reads it. */
const NO_REASON_YET = '-';

/**
 * Says who would be told of a change or a cancellation: the deed is done for real, looked at, and undone, so that what
 * is shown is what will be sent, and whatever the deed would be refused for is refused here too.
 */
@Injectable()
export class SessionRehearsal {
  constructor(
    private readonly db: Database,
    private readonly changes: SessionChangeService,
    private readonly reckoning: ToldReckoning,
  ) {}

  /** @throws what the deed itself throws */
  async rehearse(actor: Actor, sessionId: string, deed: Deed): Promise<ToldPreview> {
    try {
      return await saving(() => this.db.transaction(() => this.play(actor, sessionId, deed)));
    } catch (error) {
      if (error instanceof Undone) return error.seen;
      throw error;
    }
  }

  private async play(actor: Actor, sessionId: string, deed: Deed): Promise<never> {
    await this.changes.hold(sessionId);
    const look = await this.reckoning.begin(sessionId);
    if (deed.kind === 'change') await this.changes.changeHeld(actor, new Map([[sessionId, deed.change]]));
    else if (deed.kind === 'cancel')
      await this.changes.cancelHeld(actor, sessionId, NO_REASON_YET, deed.revision);
    else await this.changes.postponeHeld(actor, sessionId, NO_REASON_YET, deed.revision);
    throw new Undone(await look());
  }
}
