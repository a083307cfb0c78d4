import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import {
  RollCallCancelled,
  RollCallClosed,
  RollCallNotClosed,
  RollCallPostponed,
} from './attendance.errors.js';
import { type RolledSession, RolledSessionQuery } from './rolled-session.query.js';

const CLOSE = `UPDATE session SET status = 'closed', closed_at = $2 WHERE id = $1`;
const REOPEN = `UPDATE session SET status = 'planned', closed_at = NULL WHERE id = $1`;
const NOTE_CLOSING = `
  INSERT INTO session_closing (id, session_id, closed_at, closed_by, log) VALUES ($1, $2, $3, $4, $5)`;
// A past session is loaded closed: its closing is noted when somebody reopens it.
const NOTE_UNPRESSED = `
  INSERT INTO session_closing (id, session_id, closed_at) SELECT $1, $2, $3
   WHERE NOT EXISTS (SELECT 1 FROM session_closing c WHERE c.session_id = $2 AND c.reopened_at IS NULL)`;
const NOTE_REOPENING = `
  UPDATE session_closing SET reopened_at = $2, reopened_by = $3, reason = $4
   WHERE session_id = $1 AND reopened_at IS NULL`;

/** What the trainer and the coordinator see after closing or reopening. */
export interface SessionStatus {
  status: 'planned' | 'closed';
  closedAt: Date | null;
}

/** Closes a session with the trainer's log, and reopens it with a reason. Closing completes nobody: presence does. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly sessions: RolledSessionQuery,
  ) {}

  /** @throws NotFound, RollCallClosed, RollCallCancelled, RollCallPostponed */
  async close(actor: StaffActor, sessionId: string, log: string): Promise<SessionStatus> {
    await this.sessions.forRollCall(actor, sessionId);
    return this.db.transaction(async () => {
      const session = await this.sessions.lock(sessionId);
      if (session.closedAt) throw new RollCallClosed(session.closedAt);
      if (session.status === 'cancelled') throw new RollCallCancelled();
      if (session.status === 'postponed') throw new RollCallPostponed();
      const now = this.clock.now();
      await this.db.write('attendance.close', CLOSE, [sessionId, now]);
      await this.db.write('attendance.noteClosing', NOTE_CLOSING, [
        newId(),
        sessionId,
        now,
        actor.accountId,
        log,
      ]);
      await this.note(actor, session, 'attendance.close');
      return { status: 'closed', closedAt: now };
    });
  }

  /** @throws NotFound, RoleNotAllowed, RollCallNotClosed */
  async reopen(actor: StaffActor, sessionId: string, reason: string): Promise<SessionStatus> {
    await this.sessions.forRunning(actor, sessionId);
    return this.db.transaction(async () => {
      const session = await this.sessions.lock(sessionId);
      if (session.status !== 'closed') throw new RollCallNotClosed();
      await this.db.write('attendance.reopen', REOPEN, [sessionId]);
      await this.db.write('attendance.noteUnpressed', NOTE_UNPRESSED, [newId(), sessionId, session.closedAt]);
      const values = [sessionId, this.clock.now(), actor.accountId, reason];
      await this.db.write('attendance.noteReopening', NOTE_REOPENING, values);
      await this.note(actor, session, 'attendance.reopen');
      return { status: 'planned', closedAt: null };
    });
  }

  private async note(actor: StaffActor, session: RolledSession, action: string): Promise<void> {
    await this.audit.record(actor, {
      action,
      subjectKind: 'session',
      subjectId: session.sessionId,
      organisationId: session.organisationId,
    });
  }
}
