import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { RoleNotAllowed } from '../shared/access/access.errors.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import { callsRoll, type RollCallScope, runsSession } from './attendance.policy.js';

const COLUMNS = `
  SELECT s.id AS "sessionId", s.campaign_id AS "campaignId", s.organisation_id AS "organisationId", s.status,
         s.closed_at AS "closedAt", coalesce(s.cancelled_at, s.postponed_at) AS "notHeldSince", s.language, s.capacity, s.booked,
         json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS city, ci.slug AS "citySlug",
         json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en) AS course,
         ARRAY(SELECT DISTINCT x.resource_id FROM unit u JOIN unit_resource x ON x.unit_id = u.id
                WHERE u.session_id = s.id AND x.resource_kind = 'trainer') AS "trainerIds",
         (SELECT coalesce(json_agg(json_build_object(
                   'id', u.id, 'n', u.n, 'localDate', u.local_date, 'localStart', to_char(u.local_start, 'HH24:MI'),
                   'localEnd', to_char(u.local_end, 'HH24:MI'), 'zone', u.zone,
                   'startsAt', lower(u.during), 'endsAt', upper(u.during)) ORDER BY u.n), '[]')
            FROM unit u WHERE u.session_id = s.id) AS units,
         (SELECT coalesce(json_agg(json_build_object(
                   'closedAt', c.closed_at, 'closedBy', a.name, 'log', c.log,
                   'reopenedAt', c.reopened_at, 'reopenedBy', b.name, 'reason', c.reason) ORDER BY c.closed_at, c.id), '[]')
            FROM session_closing c
            LEFT JOIN account a ON a.id = c.closed_by
            LEFT JOIN account b ON b.id = c.reopened_by
           WHERE c.session_id = s.id) AS closings
    FROM session s
    JOIN stop st ON st.id = s.stop_id
    JOIN city ci ON ci.slug = st.city_slug
    JOIN course k ON k.id = s.course_id
   WHERE s.id = $1`;

const LOCK = `SELECT id FROM session WHERE id = $1 FOR NO KEY UPDATE`;

interface Words {
  fr: string;
  ar: string;
  en: string | null;
}

/** A half-day of the session; instants are ISO 8601. */
export interface RolledUnit {
  id: string;
  n: number;
  localDate: string;
  localStart: string;
  localEnd: string;
  zone: string;
  startsAt: string;
  endsAt: string;
}

/** One closing of the session, with its reopening when there was one; instants are ISO 8601. */
export interface Closing {
  closedAt: string;
  /** Null for a session that came closed, without anybody pressing the button. */
  closedBy: string | null;
  log: string;
  reopenedAt: string | null;
  reopenedBy: string | null;
  reason: string | null;
}

/** A session as the roll call sees it. */
export interface RolledSession extends RollCallScope {
  status: 'planned' | 'postponed' | 'closed' | 'cancelled';
  closedAt: Date | null;
  notHeldSince: Date | null;
  language: string;
  capacity: number;
  booked: number;
  city: Words;
  citySlug: string;
  course: Words;
  units: RolledUnit[];
  closings: Closing[];
}

/** Reads of the session whose roll is called. */
@Injectable()
export class RolledSessionQuery {
  constructor(private readonly db: Database) {}

  /** @throws NotFound */
  async get(id: string): Promise<RolledSession> {
    const row = isUuid(id)
      ? await this.db.readOne<RolledSession>('attendance.session', COLUMNS, [id])
      : undefined;
    if (!row) throw new NotFound('session');
    return row;
  }

  /**
   * The session for whoever calls its roll.
   *
   * @throws NotFound also when it is somebody else's
   */
  async forRollCall(actor: Actor, id: string): Promise<RolledSession> {
    const session = await this.get(id);
    if (!callsRoll(actor, session)) throw new NotFound('session');
    return session;
  }

  /**
   * The session for whoever runs it.
   *
   * @throws NotFound; RoleNotAllowed to its own trainer, who knows that it is there
   */
  async forRunning(actor: Actor, id: string): Promise<RolledSession> {
    const session = await this.forRollCall(actor, id);
    if (!runsSession(actor, session)) throw new RoleNotAllowed();
    return session;
  }

  /** Holds the session's row until the transaction ends, and reads it after the wait. @throws NotFound */
  async lock(id: string): Promise<RolledSession> {
    await this.db.read('attendance.lockSession', LOCK, [id]);
    return this.get(id);
  }
}
