import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { isUuid } from '../shared/new-id.js';
import type { Words } from '../campaigns/public.js';

export interface TourRow {
  id: string;
  campaignId: string;
  organisationId: string;
  campaignSlug: string;
  campaignName: Words;
  name: Words;
  /** When it was put away. */
  archivedAt: Date | null;
}

export interface TeamRow {
  id: string;
  name: string;
  /** City where its road begins and ends. */
  home: string | null;
  trainers: Array<{ id: string; name: string }>;
}

export interface StopRow {
  id: string;
  tourId: string;
  teamId: string;
  teamName: string;
  campaignId: string;
  organisationId: string;
  localDate: string;
  citySlug: string;
  cityName: Words;
}

export interface VenueRow {
  id: string;
  citySlug: string;
  name: Words;
  landmark: Words;
  wheelchair: boolean;
  rooms: Array<{ id: string; name: Words; capacity: number }>;
}

export interface TrainerRow {
  id: string;
  name: string;
}

const TOUR = `
  SELECT t.id, t.campaign_id AS "campaignId", t.organisation_id AS "organisationId", c.slug AS "campaignSlug",
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS "campaignName",
         json_build_object('fr', t.name_fr, 'ar', t.name_ar) AS name, t.archived_at AS "archivedAt"
    FROM tour t
    JOIN campaign c ON c.id = t.campaign_id`;
const TOUR_BY_ID = `${TOUR} WHERE t.id = $1`;
const TOURS_OF_CAMPAIGN = `${TOUR} WHERE t.campaign_id = $1 ORDER BY t.name_fr, t.id LIMIT 200`;
const TEAMS = `
  SELECT te.id, te.name, te.home_city AS home,
         (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) ORDER BY a.name, a.id), '[]')
            FROM team_trainer tt JOIN account a ON a.id = tt.account_id
           WHERE tt.team_id = te.id) AS trainers
    FROM team te
   WHERE te.tour_id = $1
   ORDER BY te.name, te.id
   LIMIT 200`;
const STOP = `
  SELECT st.id, st.tour_id AS "tourId", st.team_id AS "teamId", te.name AS "teamName", t.campaign_id AS "campaignId",
         t.organisation_id AS "organisationId", st.local_date AS "localDate", st.city_slug AS "citySlug",
         json_build_object('fr', ci.name_fr, 'ar', ci.name_ar, 'en', ci.name_en) AS "cityName"
    FROM stop st
    JOIN tour t ON t.id = st.tour_id
    JOIN team te ON te.id = st.team_id
    JOIN city ci ON ci.slug = st.city_slug`;
const STOP_BY_ID = `${STOP} WHERE st.id = $1`;
const STOPS_OF_TOUR = `${STOP} WHERE st.tour_id = $1 ORDER BY st.local_date, te.name, st.id LIMIT 500`;
const VENUES = `
  SELECT v.id, v.city_slug AS "citySlug", json_build_object('fr', v.name_fr, 'ar', v.name_ar) AS name,
         json_build_object('fr', v.landmark_fr, 'ar', v.landmark_ar) AS landmark, v.wheelchair,
         (SELECT coalesce(json_agg(json_build_object('id', r.id, 'capacity', r.capacity,
                   'name', json_build_object('fr', r.name_fr, 'ar', r.name_ar)) ORDER BY r.capacity DESC, r.id), '[]')
            FROM room r WHERE r.venue_id = v.id) AS rooms
    FROM venue v
   WHERE $1::text IS NULL OR v.city_slug = $1
   ORDER BY v.city_slug, v.name_fr, v.id
   LIMIT 200`;
// Those of the tours' teams, and accounts with a trainer's grant for the campaign or its organisation.
const TRAINERS = `
  SELECT a.id, a.name
    FROM account a
   WHERE a.disabled_at IS NULL
     AND (EXISTS (SELECT 1 FROM team_trainer tt JOIN team te ON te.id = tt.team_id JOIN tour t ON t.id = te.tour_id
                   WHERE tt.account_id = a.id AND t.campaign_id = $1)
       OR EXISTS (SELECT 1 FROM role_grant g
                   WHERE g.account_id = a.id
                     AND g.role IN ('trainer', 'external-trainer')
                     AND (g.ends_at IS NULL OR g.ends_at > $3)
                     AND g.scope_id IN ($1, $2)))
   ORDER BY a.name, a.id
   LIMIT 500`;
const ROOMS = `
  SELECT r.id, r.venue_id AS "venueId", v.city_slug AS "citySlug"
    FROM room r JOIN venue v ON v.id = r.venue_id
   WHERE r.id = ANY($1::uuid[])`;
const VENUE_CITY = `SELECT city_slug AS "citySlug" FROM venue WHERE id = $1`;
const COURSE = `
  SELECT k.id
    FROM campaign_course cc
    JOIN course k ON k.id = cc.course_id
   WHERE cc.campaign_id = $1
     AND (k.slug = $2 OR k.id::text = $2)`;
const KITS = `
  SELECT te.id FROM team te JOIN tour t ON t.id = te.tour_id WHERE te.id = ANY($1::uuid[]) AND t.campaign_id = $2`;
const CITY = `SELECT slug FROM city WHERE slug = $1`;
const CITIES = `
  SELECT slug, json_build_object('fr', name_fr, 'ar', name_ar, 'en', name_en) AS name FROM city ORDER BY name_fr COLLATE "fr-x-icu"`;

/** Reads of tours with what a coordinator chooses from. All are small lists. */
@Injectable()
export class TourQuery {
  constructor(private readonly db: Database) {}

  async tour(id: string): Promise<TourRow | undefined> {
    return isUuid(id) ? this.db.readOne('tour.byId', TOUR_BY_ID, [id]) : undefined;
  }

  ofCampaign(campaignId: string): Promise<TourRow[]> {
    return this.db.read('tour.ofCampaign', TOURS_OF_CAMPAIGN, [campaignId]);
  }

  teams(tourId: string): Promise<TeamRow[]> {
    return this.db.read('tour.teams', TEAMS, [tourId]);
  }

  async stop(id: string): Promise<StopRow | undefined> {
    return isUuid(id) ? this.db.readOne('tour.stop', STOP_BY_ID, [id]) : undefined;
  }

  stops(tourId: string): Promise<StopRow[]> {
    return this.db.read('tour.stops', STOPS_OF_TOUR, [tourId]);
  }

  /** Venues are public places: every organisation may choose any of a city's. */
  venues(city?: string): Promise<VenueRow[]> {
    return this.db.read('tour.venues', VENUES, [city ?? null]);
  }

  trainers(scope: { campaignId: string; organisationId: string }, now: Date): Promise<TrainerRow[]> {
    return this.db.read('tour.trainers', TRAINERS, [scope.campaignId, scope.organisationId, now]);
  }

  rooms(ids: readonly string[]): Promise<Array<{ id: string; venueId: string; citySlug: string }>> {
    return this.db.read('tour.rooms', ROOMS, [ids]);
  }

  async venueCity(id: string): Promise<string | undefined> {
    return (await this.db.readOne<{ citySlug: string }>('tour.venueCity', VENUE_CITY, [id]))?.citySlug;
  }

  /** Id of a course of the campaign, by id or slug. */
  async courseId(campaignId: string, key: string): Promise<string | undefined> {
    return (await this.db.readOne<{ id: string }>('tour.course', COURSE, [campaignId, key]))?.id;
  }

  async kits(ids: readonly string[], campaignId: string): Promise<string[]> {
    return (await this.db.read<{ id: string }>('tour.kits', KITS, [ids, campaignId])).map(({ id }) => id);
  }

  async hasCity(slug: string): Promise<boolean> {
    return !slug.includes('\0') && (await this.db.readOne('tour.city', CITY, [slug])) !== undefined;
  }

  cities(): Promise<Array<{ slug: string; name: Words }>> {
    return this.db.read('tour.cities', CITIES);
  }
}
