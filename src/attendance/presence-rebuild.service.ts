import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { PresenceMergeService } from './presence-merge.service.js';
import { PresenceQuery } from './presence.query.js';
import { RawEventQuery } from './raw-event.query.js';
import { RolledSessionQuery } from './rolled-session.query.js';

const WITH_EVENTS = `
  SELECT session_id AS id FROM attendance_event GROUP BY session_id
  UNION SELECT session_id FROM presence
  ORDER BY id`;

/** What was read again. */
export interface RebuildReport {
  sessions: number;
  events: number;
  persons: number;
}

/** Makes presence, participation and completion again from the raw events: a bug in their reading is repairable. */
@Injectable()
export class PresenceRebuildService {
  constructor(
    private readonly db: Database,
    private readonly sessions: RolledSessionQuery,
    private readonly events: RawEventQuery,
    private readonly presence: PresenceQuery,
    private readonly merges: PresenceMergeService,
  ) {}

  /**
   * One session, or each one that has events, in a transaction of its own. Phones may go on sending meanwhile.
   *
   * @throws NotFound
   */
  async rebuild(sessionId?: string): Promise<RebuildReport> {
    const report = { sessions: 0, events: 0, persons: 0 };
    for (const id of sessionId === undefined ? await this.all() : [sessionId]) {
      const { events, persons } = await this.rebuildOne(id);
      report.sessions += 1;
      report.events += events;
      report.persons += persons;
    }
    return report;
  }

  private async all(): Promise<string[]> {
    return (await this.db.read<{ id: string }>('attendance.withEvents', WITH_EVENTS)).map(({ id }) => id);
  }

  private async rebuildOne(sessionId: string): Promise<{ events: number; persons: number }> {
    return this.db.transaction(async () => {
      const session = await this.sessions.lock(sessionId);
      const before = await this.presence.personsOf(sessionId);
      const events = await this.events.received(sessionId, true);
      return { events: events.length, persons: await this.merges.takeUp(session, events, before) };
    });
  }
}
