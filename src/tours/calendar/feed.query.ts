import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { Words } from '../../campaigns/public.js';
import { SESSION_SELECT, type SessionRow } from '../session.row.js';

/** A trainer's own half-days, or all of a tour. */
export const FEED_KINDS = ['trainer', 'tour'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** An address that was given out. */
export interface FeedRow {
  id: string;
  kind: FeedKind;
  accountId: string;
  accountName: string;
  tourId: string | null;
  tourName: Words | null;
  language: Locale;
  createdAt: Date;
}

/** Events of a calendar; far above any tour. */
const MOST_SESSIONS = 1000;

const FEED = `
  SELECT f.id, f.kind, f.account_id AS "accountId", a.name AS "accountName", f.tour_id AS "tourId", f.language, f.created_at AS "createdAt",
         CASE WHEN t.id IS NOT NULL THEN json_build_object('fr', t.name_fr, 'ar', t.name_ar) END AS "tourName"
    FROM calendar_feed f
    JOIN account a ON a.id = f.account_id
    LEFT JOIN tour t ON t.id = f.tour_id`;
// A trainer who may no longer sign in, or whose last grant has ended, reads nothing; a tour's plan does not hang on who
// asked for its address.
const OPEN = `${FEED}
   WHERE f.id = $1
     AND (f.kind = 'tour'
          OR a.disabled_at IS NULL
         AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = a.id AND (g.ends_at IS NULL OR g.ends_at > $2)))`;
const OF_ACCOUNT = `${FEED} WHERE f.kind = 'trainer' AND f.account_id = $1`;
const OF_TOURS = `${FEED} WHERE f.kind = 'tour' AND f.tour_id = ANY($1::uuid[])`;
const BY_ID = `${FEED} WHERE f.id = $1`;
const TOURS = `
  SELECT t.id, t.campaign_id AS "campaignId", t.organisation_id AS "organisationId",
         json_build_object('fr', t.name_fr, 'ar', t.name_ar) AS name,
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS "campaignName"
    FROM tour t
    JOIN campaign c ON c.id = t.campaign_id
   WHERE c.archived_at IS NULL
     AND ($1 OR t.organisation_id = ANY($2::uuid[]) OR t.campaign_id = ANY($3::uuid[]))
   ORDER BY c.starts_on DESC, c.slug, t.name_fr, t.id
   LIMIT 200`;
const SESSIONS_OF_TOUR = `${SESSION_SELECT}
   WHERE st.tour_id = $1 AND us.ends_at > $2
   ORDER BY us.starts_at, s.id
   LIMIT ${MOST_SESSIONS}`;
const SESSIONS_OF_TRAINER = `${SESSION_SELECT}
   WHERE s.id IN (SELECT u.session_id FROM unit_resource x JOIN unit u ON u.id = x.unit_id
                   WHERE x.resource_kind = 'trainer' AND x.resource_id = $1)
     AND us.ends_at > $2
   ORDER BY us.starts_at, s.id
   LIMIT ${MOST_SESSIONS}`;

/** A tour whose address one may ask for. */
export interface FeedTour {
  id: string;
  campaignId: string;
  organisationId: string;
  name: Words;
  campaignName: Words;
}

/** Reads of feeds and of what they show. */
@Injectable()
export class FeedQuery {
  constructor(private readonly db: Database) {}

  /** The feed as long as it is read; undefined where it was stopped, or its trainer may do nothing any more. */
  open(id: string, now: Date): Promise<FeedRow | undefined> {
    return this.db.readOne('calendar.open', OPEN, [id, now]);
  }

  byId(id: string): Promise<FeedRow | undefined> {
    return this.db.readOne('calendar.byId', BY_ID, [id]);
  }

  ofAccount(accountId: string): Promise<FeedRow | undefined> {
    return this.db.readOne('calendar.ofAccount', OF_ACCOUNT, [accountId]);
  }

  ofTours(tourIds: readonly string[]): Promise<FeedRow[]> {
    return this.db.read('calendar.ofTours', OF_TOURS, [tourIds]);
  }

  /** Tours within a reach, of the newest campaigns first. */
  tours(
    everything: boolean,
    organisationIds: readonly string[],
    campaignIds: readonly string[],
  ): Promise<FeedTour[]> {
    return this.db.read('calendar.tours', TOURS, [everything, organisationIds, campaignIds]);
  }

  /** Sessions that a feed shows, called off ones too, which ended after `since`. */
  sessions({ kind, accountId, tourId }: FeedRow, since: Date): Promise<SessionRow[]> {
    return kind === 'tour'
      ? this.db.read('calendar.sessionsOfTour', SESSIONS_OF_TOUR, [tourId, since])
      : this.db.read('calendar.sessionsOfTrainer', SESSIONS_OF_TRAINER, [accountId, since]);
  }
}
