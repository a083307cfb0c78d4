import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { mayManage } from '../campaigns/public.js';
import type { SessionRow } from './session.row.js';

const LINKS = `
  SELECT id, remote_url AS "remoteUrl" FROM session WHERE id = ANY($1::uuid[]) AND remote_url IS NOT NULL`;

/** Links of sessions at a distance, for those who hold them: no other read of a session has them. */
@Injectable()
export class RemoteLinkQuery {
  constructor(private readonly db: Database) {}

  /** By session; sessions in a room are left out. */
  async of(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db.read<{ id: string; remoteUrl: string }>('session.remoteLinks', LINKS, [ids]);
    return new Map(rows.map(({ id, remoteUrl }) => [id, remoteUrl]));
  }

  /** The link for those who plan the session and for its own trainers; undefined for all others, and in a room. */
  async forStaff(actor: Actor | undefined, row: SessionRow): Promise<string | undefined> {
    if (!row.isRemote || actor?.kind !== 'staff') return undefined;
    const isTrainer = row.units.some((unit) => unit.trainers.some(({ id }) => id === actor.accountId));
    if (!isTrainer && !mayManage(actor.grants, row)) return undefined;
    return (await this.of([row.id])).get(row.id);
  }
}
