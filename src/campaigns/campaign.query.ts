import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import type { Position } from '../shared/paging/cursor.js';
import type { Reach } from './campaign.policy.js';

/** A name in the languages it is stored in. */
export interface Words {
  fr: string;
  ar: string;
  en?: string | null;
}

/** A campaign as the public sees it. */
export interface CampaignRow {
  id: string;
  organisationId: string;
  slug: string;
  name: Words;
  summary: Words;
  /** `YYYY-MM-DD` */
  startsOn: string;
  endsOn: string;
  enrolmentOpensAt: Date | null;
  enrolmentClosesAt: Date | null;
  supportPhone: string;
  createdAt: Date;
  operator: { slug: string; name: Words };
  funders: Array<{ slug: string; name: Words }>;
  courses: Array<{ id: string; slug: string; title: Words }>;
}

const CAMPAIGN = `
  SELECT c.id, c.organisation_id AS "organisationId", c.slug,
         json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name,
         json_build_object('fr', c.summary_fr, 'ar', c.summary_ar, 'en', c.summary_en) AS summary,
         c.starts_on AS "startsOn", c.ends_on AS "endsOn",
         c.enrolment_opens_at AS "enrolmentOpensAt", c.enrolment_closes_at AS "enrolmentClosesAt",
         c.support_phone AS "supportPhone", c.created_at AS "createdAt",
         json_build_object('slug', o.slug, 'name', json_build_object('fr', o.name_fr, 'ar', o.name_ar)) AS operator,
         (SELECT coalesce(json_agg(DISTINCT jsonb_build_object('slug', f.slug,
                   'name', jsonb_build_object('fr', f.name_fr, 'ar', f.name_ar))), '[]')
            FROM agreement a
            JOIN organisation f ON f.id = a.funder_id
           WHERE a.campaign_id = c.id) AS funders,
         (SELECT coalesce(json_agg(json_build_object('id', k.id, 'slug', k.slug,
                   'title', json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en)) ORDER BY cc.position), '[]')
            FROM campaign_course cc
            JOIN course k ON k.id = cc.course_id
           WHERE cc.campaign_id = c.id) AS courses
    FROM campaign c
    JOIN organisation o ON o.id = c.organisation_id`;

const LIST = `${CAMPAIGN}
   WHERE c.archived_at IS NULL
     AND ($1::timestamptz IS NULL OR (c.created_at, c.id) < ($1, $2))
   ORDER BY c.created_at DESC, c.id DESC
   LIMIT $3`;
const BY_ID = `${CAMPAIGN} WHERE c.id = $1`;
const BY_SLUG = `${CAMPAIGN} WHERE c.slug = $1`;
const IN_REACH = `
  SELECT c.id, c.slug, json_build_object('fr', c.name_fr, 'ar', c.name_ar, 'en', c.name_en) AS name
    FROM campaign c
   WHERE c.archived_at IS NULL
     AND ($1 OR c.organisation_id = ANY($2::uuid[]) OR c.id = ANY($3::uuid[]))
   ORDER BY c.starts_on DESC, c.slug
   LIMIT 200`;

/** Reads of campaigns. There are dozens at most: each list is one scan of a small table. */
@Injectable()
export class CampaignQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Campaigns that are not archived, newest first; one more than `limit`, so that the caller sees whether there are more. */
  list(after: Position | undefined, limit: number): Promise<CampaignRow[]> {
    return this.db.read('campaign.list', LIST, [after?.at ?? null, after?.id ?? null, limit + 1]);
  }

  /** @throws NotFound when nothing has this id or slug */
  async get(key: string): Promise<CampaignRow> {
    const row = isUuid(key)
      ? await this.db.readOne<CampaignRow>('campaign.byId', BY_ID, [key])
      : await this.db.readOne<CampaignRow>('campaign.bySlug', BY_SLUG, [key]);
    if (!row) throw new NotFound('campaign');
    return row;
  }

  /** Names of the campaigns within reach, for a filter. */
  within(reach: Reach): Promise<Array<{ id: string; slug: string; name: Words }>> {
    return this.db.read('campaign.within', IN_REACH, [
      reach.everything,
      reach.organisationIds,
      reach.campaignIds,
    ]);
  }

  /** True while people may enrol in the campaign. */
  isOpen(campaign: Pick<CampaignRow, 'enrolmentOpensAt' | 'enrolmentClosesAt'>): boolean {
    return isEnrolmentOpen(campaign, this.clock.now());
  }
}

/** True at an instant between the opening and the closing; a campaign without an opening never opened. */
export function isEnrolmentOpen(
  campaign: Pick<CampaignRow, 'enrolmentOpensAt' | 'enrolmentClosesAt'>,
  at: Date,
): boolean {
  const { enrolmentOpensAt: opens, enrolmentClosesAt: closes } = campaign;
  return opens !== null && opens <= at && (closes === null || at < closes);
}
