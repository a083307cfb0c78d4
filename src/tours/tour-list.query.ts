import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Reach, Words } from '../campaigns/public.js';

/** A tour as a line of the list. */
export interface TourLine {
  id: string;
  campaignSlug: string;
  name: Words;
  teams: number;
  stops: number;
  sessions: number;
  /** `YYYY-MM-DD` of the first and the last stop. */
  firstDay: string | null;
  lastDay: string | null;
  isArchived: boolean;
}

const LINES = `
  SELECT t.id, c.slug AS "campaignSlug", json_build_object('fr', t.name_fr, 'ar', t.name_ar) AS name,
         (SELECT count(*)::int FROM team te WHERE te.tour_id = t.id) AS teams,
         coalesce(st.stops, 0) AS stops, coalesce(st.sessions, 0) AS sessions, st.first AS "firstDay", st.last AS "lastDay",
         t.archived_at IS NOT NULL AS "isArchived"
    FROM tour t
    JOIN campaign c ON c.id = t.campaign_id
    LEFT JOIN LATERAL (
         SELECT count(*)::int AS stops, min(x.local_date) AS first, max(x.local_date) AS last,
                sum((SELECT count(*) FROM session s WHERE s.stop_id = x.id AND s.status <> 'cancelled'))::int AS sessions
           FROM stop x
          WHERE x.tour_id = t.id) st ON true
   WHERE $1 OR t.organisation_id = ANY($2::uuid[]) OR t.campaign_id = ANY($3::uuid[])
   ORDER BY t.archived_at IS NOT NULL, st.first DESC NULLS FIRST, t.name_fr, t.id
   LIMIT 200`;

/** Tours that somebody plans, with how far each is. */
@Injectable()
export class TourListQuery {
  constructor(private readonly db: Database) {}

  within({ everything, organisationIds, campaignIds }: Reach): Promise<TourLine[]> {
    return this.db.read('tourList.within', LINES, [everything, organisationIds, campaignIds]);
  }
}
