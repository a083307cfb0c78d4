import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import type { Both } from './certificate.js';
import type { CampaignScope } from '../campaigns/public.js';
import type { SessionScope } from './certificate.policy.js';

const CAMPAIGN_COLUMNS = `
  SELECT c.id AS "campaignId", c.organisation_id AS "organisationId", c.slug,
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name
    FROM campaign c`;
const CAMPAIGN_BY_ID = `${CAMPAIGN_COLUMNS} WHERE c.id = $1`;
const CAMPAIGN_BY_SLUG = `${CAMPAIGN_COLUMNS} WHERE c.slug = $1`;

const CAMPAIGNS = `
  ${CAMPAIGN_COLUMNS}
   WHERE c.archived_at IS NULL
     AND ($1 OR c.organisation_id = ANY($2::uuid[]) OR c.id = ANY($3::uuid[]))
   ORDER BY c.starts_on DESC, c.slug
   LIMIT 200`;

const SESSION = `
  SELECT s.id AS "sessionId", s.campaign_id AS "campaignId", s.organisation_id AS "organisationId", s.course_id AS "courseId",
         c.slug AS "campaignSlug", to_char(st.local_date, 'YYYY-MM-DD') AS "localDate",
         json_build_object('fr', city.name_fr, 'ar', city.name_ar, 'en', city.name_en) AS city,
         json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en) AS course,
         (SELECT coalesce(array_agg(DISTINCT r.resource_id), '{}')
            FROM unit u JOIN unit_resource r ON r.unit_id = u.id
           WHERE u.session_id = s.id AND r.resource_kind = 'trainer') AS "trainerIds"
    FROM session s
    JOIN campaign c ON c.id = s.campaign_id
    JOIN stop st ON st.id = s.stop_id
    JOIN city ON city.slug = st.city_slug
    JOIN course k ON k.id = s.course_id
   WHERE s.id = $1`;

const SESSIONS = `
  SELECT s.id, s.course_id AS "courseId", to_char(st.local_date, 'YYYY-MM-DD') AS "localDate",
         json_build_object('fr', city.name_fr, 'ar', city.name_ar, 'en', city.name_en) AS city,
         json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en) AS course
    FROM session s
    JOIN stop st ON st.id = s.stop_id
    JOIN city ON city.slug = st.city_slug
    JOIN course k ON k.id = s.course_id
   WHERE s.campaign_id = $1 AND s.status <> 'cancelled'
   ORDER BY st.local_date, city.name_fr COLLATE "fr-x-icu", k.position, s.id`;

const COURSE_BY_ID = `SELECT id FROM course WHERE id = $1`;
const COURSE_BY_SLUG = `SELECT id FROM course WHERE slug = $1`;

/** Words in the languages of the site; English is where it was given. */
export interface Named extends Both {
  en?: string | null;
}

/** A campaign as far as certificates need it. */
export interface CampaignPlace extends CampaignScope {
  slug: string;
  name: Named;
}

/** A session as far as certificates need it. */
export interface SessionPlace extends SessionScope {
  courseId: string;
  campaignSlug: string;
  localDate: string;
  city: Named;
  course: Named;
}

/** A session to choose from in a form. */
export interface SessionChoice {
  id: string;
  courseId: string;
  localDate: string;
  city: Named;
  course: Named;
}

/** Campaigns, sessions and courses by what stands in an address. */
@Injectable()
export class CertificateScopeQuery {
  constructor(private readonly db: Database) {}

  /** @param key id or slug @throws NotFound */
  async campaign(key: string): Promise<CampaignPlace> {
    const row = isUuid(key)
      ? await this.db.readOne<CampaignPlace>('certificate.campaignById', CAMPAIGN_BY_ID, [key])
      : await this.db.readOne<CampaignPlace>('certificate.campaignBySlug', CAMPAIGN_BY_SLUG, [key]);
    if (!row) throw new NotFound('campaign');
    return row;
  }

  /** Campaigns that the grants reach, newest first. */
  campaigns(
    everything: boolean,
    organisationIds: readonly string[],
    campaignIds: readonly string[],
  ): Promise<CampaignPlace[]> {
    return this.db.read('certificate.campaigns', CAMPAIGNS, [everything, organisationIds, campaignIds]);
  }

  /** @throws NotFound */
  async session(id: string): Promise<SessionPlace> {
    const row = isUuid(id)
      ? await this.db.readOne<SessionPlace>('certificate.session', SESSION, [id])
      : undefined;
    if (!row) throw new NotFound('session');
    return row;
  }

  /** Every session of a campaign that was not cancelled. */
  sessions(campaignId: string): Promise<SessionChoice[]> {
    return this.db.read<SessionChoice>('certificate.sessions', SESSIONS, [campaignId]);
  }

  /** @param key id or slug @throws NotFound */
  async courseId(key: string): Promise<string> {
    const row = isUuid(key)
      ? await this.db.readOne<{ id: string }>('certificate.courseById', COURSE_BY_ID, [key])
      : await this.db.readOne<{ id: string }>('certificate.courseBySlug', COURSE_BY_SLUG, [key]);
    if (!row) throw new NotFound('course');
    return row.id;
  }
}
