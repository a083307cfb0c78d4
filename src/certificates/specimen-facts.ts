import { CAMPAIGN_PRINT, type CampaignPrint } from './campaign-print.js';
import type { Both } from './certificate.js';

// `first`: the first session of the first course, as somebody who was there all the time would have it printed.
// `widest`: the longest title and city of each script, all days and hours: hardly anybody's certificate takes more room.
export const SPECIMEN_FACTS = `
    WITH room AS (
         SELECT k.position, k.slug, json_build_object('fr', k.title_fr, 'ar', k.title_ar) AS course,
                k.title_fr, k.title_ar,
                json_build_object('fr', city.name_fr, 'ar', city.name_ar) AS city,
                city.name_fr, city.name_ar,
                s.id, min(u.local_date) AS first, max(u.local_date) AS last,
                (sum(extract(epoch FROM upper(u.during) - lower(u.during))) / 60)::int AS minutes
           FROM session s
           JOIN stop st ON st.id = s.stop_id
           JOIN city ON city.slug = st.city_slug
           JOIN course k ON k.id = s.course_id
           JOIN unit u ON u.session_id = s.id
          WHERE s.campaign_id = $1 AND s.status <> 'cancelled'
          GROUP BY s.id, k.id, city.slug)
  SELECT json_build_object('fr', c.name_fr, 'ar', c.name_ar) AS campaign, json_build_object('fr', o.name_fr, 'ar', o.name_ar) AS organisation,${CAMPAIGN_PRINT},
         (SELECT json_build_object('course', course, 'city', city, 'minutes', minutes,
                                   'dates', json_build_object('first', first, 'last', last))
            FROM room ORDER BY position, slug, first, id LIMIT 1) AS first,
         (SELECT json_build_object('course', json_build_object('fr', (array_agg(title_fr ORDER BY char_length(title_fr) DESC, slug))[1],
                                                               'ar', (array_agg(title_ar ORDER BY char_length(title_ar) DESC, slug))[1]),
                                   'city', json_build_object('fr', (array_agg(name_fr ORDER BY char_length(name_fr) DESC, id))[1],
                                                             'ar', (array_agg(name_ar ORDER BY char_length(name_ar) DESC, id))[1]),
                                   'minutes', sum(minutes),
                                   'dates', json_build_object('first', min(first), 'last', max(last)))
            FROM room HAVING count(*) > 0) AS widest
    FROM campaign c
    JOIN organisation o ON o.id = c.organisation_id
   WHERE c.id = $1`;

/** What a certificate says of the room. */
export interface SpecimenRoom {
  course: Both;
  city: Both;
  dates: { first: string; last: string };
  minutes: number;
}

/** A row of `SPECIMEN_FACTS`; no room where a campaign has no session yet. */
export interface SpecimenFacts extends CampaignPrint {
  campaign: Both;
  organisation: Both;
  first: SpecimenRoom | null;
  widest: SpecimenRoom | null;
}
