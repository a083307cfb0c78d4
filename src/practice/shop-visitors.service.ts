import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { SessionQuery } from '../tours/public.js';
import { maySeeGroup } from './practice.policy.js';

const SESSIONS = `SELECT e.session_id AS id FROM enrolment e WHERE e.person_id = $1 AND e.status = 'booked'`;

/** Who may see what in a shop is private: the photos that its trainee took. */
@Injectable()
export class ShopVisitors {
  constructor(
    private readonly db: Database,
    private readonly sessions: SessionQuery,
  ) {}

  /** The trainee themselves, and whoever may see the group of a session in which they have a seat. */
  async maySeePhotos(actor: Actor | undefined, personId: string): Promise<boolean> {
    if (actor?.kind !== 'staff') return actor?.person?.id === personId;
    for (const { id } of await this.db.read<{ id: string }>('practice.sessionsOf', SESSIONS, [personId]))
      if (maySeeGroup(actor, await this.sessions.get(id))) return true;
    return false;
  }
}
