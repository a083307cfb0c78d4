import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import type { Position } from '../shared/paging/cursor.js';
import { mayReadPlan } from '../campaigns/public.js';
import { SESSION_SELECT, type SessionRow } from './session.row.js';

const OF_CAMPAIGN = `${SESSION_SELECT}
   WHERE s.campaign_id = $1
     AND ($2::text IS NULL OR st.city_slug = $2)
     AND ($3::date IS NULL OR EXISTS (SELECT 1 FROM unit u WHERE u.session_id = s.id AND u.local_date >= $3))
     AND ($4::date IS NULL OR EXISTS (SELECT 1 FROM unit u WHERE u.session_id = s.id AND u.local_date <= $4))
     AND ($5::timestamptz IS NULL OR (us.starts_at, s.id) > ($5, $6::uuid))
   ORDER BY us.starts_at, s.id
   LIMIT $7`;
const UPCOMING = `${SESSION_SELECT}
   WHERE s.status <> 'closed'
     AND c.archived_at IS NULL
     AND us.ends_at > $1
     AND ($2::text IS NULL OR st.city_slug = $2)
     AND ($3::text IS NULL OR c.slug = $3)
     AND ($4::timestamptz IS NULL OR (us.starts_at, s.id) > ($4, $5::uuid))
   ORDER BY us.starts_at, s.id
   LIMIT $6`;
const UPCOMING_CITIES = `
  SELECT st.city_slug AS slug, json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS name,
         min(lower(s.during)) AS "nextAt"
    FROM session s
    JOIN campaign c ON c.id = s.campaign_id
    JOIN stop st ON st.id = s.stop_id
    JOIN city ci ON ci.slug = st.city_slug
   WHERE s.status = 'planned'
     AND c.archived_at IS NULL
     AND upper(s.during) > $1
   GROUP BY st.city_slug, ci.name_fr, ci.name_ar, ci.name_en
   ORDER BY min(lower(s.during)), st.city_slug`;
const BY_ID = `${SESSION_SELECT} WHERE s.id = $1`;
const BY_IDS = `${SESSION_SELECT} WHERE s.id = ANY($1::uuid[]) ORDER BY s.id`;
const LOCK = `SELECT id FROM session WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`;
const OF_TOUR = `${SESSION_SELECT} WHERE st.tour_id = $1 ORDER BY us.starts_at, s.id LIMIT 500`;
const OF_STOP = `${SESSION_SELECT} WHERE s.stop_id = $1 ORDER BY us.starts_at, s.id LIMIT 200`;

export interface CampaignFilter {
  campaignId: string;
  city?: string | undefined;
  /** First and last local date, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Reads of sessions for everybody. */
@Injectable()
export class SessionQuery {
  constructor(private readonly db: Database) {}

  /** A campaign's sessions in the order of time, cancelled ones too; one more than `limit`. Index: session_campaign_id_idx. */
  ofCampaign(
    { campaignId, city, from, to }: CampaignFilter,
    after: Position | undefined,
    limit: number,
  ): Promise<SessionRow[]> {
    const values = [
      campaignId,
      city ?? null,
      from ?? null,
      to ?? null,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ];
    return this.db.read('session.ofCampaign', OF_CAMPAIGN, values);
  }

  /** Sessions that are not over, of every campaign; one more than `limit`. */
  upcoming(
    now: Date,
    filter: { city?: string; campaign?: string },
    after: Position | undefined,
    limit: number,
  ): Promise<SessionRow[]> {
    const values = [
      now,
      filter.city ?? null,
      filter.campaign ?? null,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ];
    return this.db.read('session.upcoming', UPCOMING, values);
  }

  /** Cities with a session to come, the soonest first. */
  upcomingCities(
    now: Date,
  ): Promise<Array<{ slug: string; name: { fr: string; ar: string; en: string }; nextAt: Date }>> {
    return this.db.read('session.upcomingCities', UPCOMING_CITIES, [now]);
  }

  ofTour(tourId: string): Promise<SessionRow[]> {
    return this.db.read('session.ofTour', OF_TOUR, [tourId]);
  }

  ofStop(stopId: string): Promise<SessionRow[]> {
    return this.db.read('session.ofStop', OF_STOP, [stopId]);
  }

  /** @throws NotFound */
  async get(id: string): Promise<SessionRow> {
    const row = isUuid(id) ? await this.db.readOne<SessionRow>('session.byId', BY_ID, [id]) : undefined;
    if (!row) throw new NotFound('session');
    return row;
  }

  /**
   * A session for a member of the staff: those who plan it, and its own trainers.
   *
   * @throws NotFound also when it is somebody else's
   */
  async getFor(actor: Actor, id: string): Promise<SessionRow> {
    const row = await this.get(id);
    const isTrainer =
      actor.kind === 'staff' &&
      row.units.some((unit) => unit.trainers.some((one) => one.id === actor.accountId));
    if (!isTrainer && !mayReadPlan(actor.grants, row)) throw new NotFound('session');
    return row;
  }

  /** In the order of their ids; unknown ones are left out. */
  byIds(ids: readonly string[]): Promise<SessionRow[]> {
    return this.db.read('session.byIds', BY_IDS, [ids]);
  }

  /** Locks the rows in the order of their ids, inside a transaction; unknown ids are left out. */
  async lock(ids: readonly string[]): Promise<SessionRow[]> {
    // Two statements: one that waits for a lock would still show the units as they were before the wait.
    await this.db.read('session.lock', LOCK, [ids]);
    return this.byIds(ids);
  }
}
