import { Injectable } from '@nestjs/common';
import type { Reach, Words } from '../../campaigns/public.js';
import { Database } from '../../shared/database/database.js';
import { isUuid } from '../../shared/new-id.js';

/** Days on which a trainer cannot come, both included. */
export interface DaysOff {
  id: string;
  from: string;
  to: string;
}

export interface TaughtCourse {
  id: string;
  slug: string;
  title: Words;
}

/** A trainer with what a coordinator must know to send them somewhere. */
export interface TrainerDetail {
  id: string;
  name: string;
  organisationId: string;
  homeCity: string | null;
  /** What they may teach, by somebody's word. */
  courses: TaughtCourse[];
  /** What they may teach because they have done so, or are planned to. */
  taught: TaughtCourse[];
  /** Those that are not over, in the order of time. */
  daysOff: DaysOff[];
}

const TITLE = `json_build_object('id', k.id, 'slug', k.slug, 'title', json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en))`;

/** True in SQL for whoever may teach a course: by somebody's word, or by a class that they have had or will have. */
export const IS_QUALIFIED = (account: string, course: string): string => `
  (EXISTS (SELECT 1 FROM trainer_course q WHERE q.account_id = ${account} AND q.course_id = ${course})
   OR EXISTS (SELECT 1 FROM unit_resource qx JOIN unit qu ON qu.id = qx.unit_id JOIN session qs ON qs.id = qu.session_id
               WHERE qx.resource_id = ${account} AND qx.resource_kind = 'trainer' AND qs.course_id = ${course} AND qs.status <> 'cancelled'))`;

const DETAIL = `
  SELECT a.id, a.name, a.organisation_id AS "organisationId", p.home_city AS "homeCity",
         (SELECT coalesce(json_agg(${TITLE} ORDER BY k.title_fr, k.id), '[]')
            FROM trainer_course tc JOIN course k ON k.id = tc.course_id WHERE tc.account_id = a.id) AS courses,
         (SELECT coalesce(json_agg(${TITLE} ORDER BY k.title_fr, k.id), '[]')
            FROM course k
           WHERE k.id IN (SELECT s.course_id FROM unit_resource x JOIN unit u ON u.id = x.unit_id JOIN session s ON s.id = u.session_id
                           WHERE x.resource_id = a.id AND x.resource_kind = 'trainer' AND s.status <> 'cancelled')) AS taught,
         (SELECT coalesce(json_agg(json_build_object('id', o.id, 'from', lower(o.days), 'to', upper(o.days) - 1) ORDER BY o.days), '[]')
            FROM trainer_absence o WHERE o.account_id = a.id AND upper(o.days) > $1::date) AS "daysOff"
    FROM account a
    LEFT JOIN trainer_profile p ON p.account_id = a.id`;
// Those of the teams that one plans, and accounts with a trainer's grant for a campaign that one plans or its organisation.
const WITHIN = `
   WHERE a.disabled_at IS NULL
     AND (EXISTS (SELECT 1 FROM team_trainer tt JOIN team te ON te.id = tt.team_id JOIN tour t ON t.id = te.tour_id
                   WHERE tt.account_id = a.id
                     AND ($2 OR t.organisation_id = ANY($3::uuid[]) OR t.campaign_id = ANY($4::uuid[])))
       OR EXISTS (SELECT 1 FROM role_grant g
                   WHERE g.account_id = a.id
                     AND g.role IN ('trainer', 'external-trainer')
                     AND (g.ends_at IS NULL OR g.ends_at > $5)
                     AND ($2 OR g.scope_id = ANY($3::uuid[]) OR g.scope_id = ANY($4::uuid[])
                       OR g.scope_id IN (SELECT c.organisation_id FROM campaign c WHERE c.id = ANY($4::uuid[]))
                       OR g.scope_id IN (SELECT c.id FROM campaign c WHERE c.organisation_id = ANY($3::uuid[])))))`;
const LIST = `${DETAIL}${WITHIN} ORDER BY a.name COLLATE "fr-x-icu", a.id LIMIT 1000`;
const WITHIN_BY_ID = `${DETAIL}${WITHIN} AND a.id = $6`;
const COURSES = `
  SELECT DISTINCT k.id, k.slug, json_build_object('fr', k.title_fr, 'ar', k.title_ar, 'en', k.title_en)::jsonb AS title, k.title_fr
    FROM campaign_course cc
    JOIN course k ON k.id = cc.course_id
    JOIN campaign c ON c.id = cc.campaign_id
   WHERE $1 OR c.organisation_id = ANY($2::uuid[]) OR c.id = ANY($3::uuid[])
   ORDER BY k.title_fr, k.id
   LIMIT 500`;
const OWN = `${DETAIL} WHERE a.id = $2`;

/** Reads of trainers for those who plan with them, and for themselves. */
@Injectable()
export class TrainerQuery {
  constructor(private readonly db: Database) {}

  /** Everybody within reach, by name; 1,000 at most. */
  within(reach: Reach, now: Date, today: string): Promise<TrainerDetail[]> {
    return this.db.read('trainer.within', LIST, [today, ...reachValues(reach), now]);
  }

  async oneWithin(id: string, reach: Reach, now: Date, today: string): Promise<TrainerDetail | undefined> {
    if (!isUuid(id)) return undefined;
    return this.db.readOne('trainer.oneWithin', WITHIN_BY_ID, [today, ...reachValues(reach), now, id]);
  }

  /** Courses of the campaigns within reach. */
  courses(reach: Reach): Promise<TaughtCourse[]> {
    return this.db.read('trainer.choices', COURSES, reachValues(reach));
  }

  own(accountId: string, today: string): Promise<TrainerDetail | undefined> {
    return this.db.readOne('trainer.own', OWN, [today, accountId]);
  }
}

function reachValues({
  everything,
  organisationIds,
  campaignIds,
}: Reach): [boolean, readonly string[], readonly string[]] {
  return [everything, organisationIds, campaignIds];
}
