import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { Database } from '../shared/database/database.js';

interface Texts {
  fr: string;
  ar: string;
  en: string;
}

/** The campaign a visitor wants to hear of: the next to end, or the last when all are over. */
export interface HomeCampaign {
  id: string;
  slug: string;
  name: Texts;
  startsOn: string;
  endsOn: string;
  partners: Array<{ fr: string; ar: string }>;
}

/** One city of the tour on one day; seats of all its sessions together. */
export interface HomeStop {
  stopId: string;
  city: Texts;
  localDate: string;
  seatsLeft: number;
  status: 'planned' | 'postponed' | 'closed' | 'cancelled';
  sessionId: string;
  sessions: number;
  citySlug: string;
}

export interface Home {
  campaign: HomeCampaign | undefined;
  stops: HomeStop[];
  /** Slugs of the campaign's courses, in its order. */
  courses: string[];
  /** Today where the tour is. */
  today: string;
}

const CAMPAIGN = `
  SELECT c.id, c.slug, json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name,
         c.starts_on AS "startsOn", c.ends_on AS "endsOn",
         coalesce((SELECT json_agg(json_build_object('fr', o.name_fr, 'ar', o.name_ar) ORDER BY a.signed_on)
                     FROM agreement a JOIN organisation o ON o.id = a.funder_id
                    WHERE a.campaign_id = c.id), '[]') AS partners
    FROM campaign c
   WHERE c.archived_at IS NULL
   ORDER BY c.ends_on >= $1::date DESC, abs(c.ends_on - $1::date)
   LIMIT 1`;

const STOPS = `
  SELECT st.id AS "stopId", st.city_slug AS "citySlug", to_char(st.local_date, 'YYYY-MM-DD') AS "localDate",
         json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS city,
         coalesce(sum(greatest(s.seats - s.booked - s.offered - s.held, 0)) FILTER (WHERE s.status = 'planned'), 0)::int AS "seatsLeft",
         CASE WHEN bool_or(s.status = 'planned') THEN 'planned' WHEN bool_or(s.status = 'closed') THEN 'closed'
              WHEN bool_or(s.status = 'postponed') THEN 'postponed' ELSE 'cancelled' END AS status,
         (array_agg(s.id ORDER BY s.status = 'planned' DESC, s.id))[1] AS "sessionId", count(*)::int AS sessions
    FROM stop st
    JOIN city ci ON ci.slug = st.city_slug
    JOIN session s ON s.stop_id = st.id
   WHERE s.campaign_id = $1
   GROUP BY st.id, ci.slug
   ORDER BY st.local_date, ci.name_fr COLLATE "fr-x-icu"
   LIMIT 60`;

const COURSES = `
  SELECT c.slug
    FROM campaign_course cc
    JOIN course c ON c.id = cc.course_id
   WHERE cc.campaign_id = $1
   ORDER BY cc.position
   LIMIT 12`;

/** What the home page says: one campaign, its cities with their days and seats, its courses. */
@Injectable()
export class HomeQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async current(): Promise<Home> {
    const today = wallTimeOf(this.clock.now(), DEFAULT_ZONE).localDate;
    const campaign = await this.db.readOne<HomeCampaign>('home.campaign', CAMPAIGN, [today]);
    if (!campaign) return { campaign, stops: [], courses: [], today };
    const [stops, courses] = await Promise.all([
      this.db.read<HomeStop>('home.stops', STOPS, [campaign.id]),
      this.db.read<{ slug: string }>('home.courses', COURSES, [campaign.id]),
    ]);
    return { campaign, stops, courses: courses.map(({ slug }) => slug), today };
  }
}
