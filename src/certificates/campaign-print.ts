import type { Both, PrintedLogo, Signatory } from './certificate.js';
import type { OwnTexts } from './certificate-texts.js';

/** Columns of what a campaign, `c` in the statement, prints on its certificates besides their facts. */
export const CAMPAIGN_PRINT = `
         (SELECT coalesce(json_agg(json_build_object('name', json_build_object('fr', g.name_fr, 'ar', g.name_ar),
                   'role', json_build_object('fr', g.role_fr, 'ar', g.role_ar)) ORDER BY g.position), '[]')
            FROM certificate_signatory g WHERE g.campaign_id = c.id) AS signatories,
         (SELECT json_object_agg(x.key, json_build_object('fr', x.text_fr, 'ar', x.text_ar))
            FROM certificate_text x WHERE x.campaign_id = c.id) AS texts,
         (SELECT coalesce(json_agg(json_build_object('hash', l.hash, 'width', l.width, 'height', l.height,
                   'alt', json_build_object('fr', l.alt_fr, 'ar', l.alt_ar)) ORDER BY l.position), '[]')
            FROM certificate_logo l WHERE l.campaign_id = c.id AND l.position IS NOT NULL) AS logos,
         (SELECT coalesce(json_agg(json_build_object('fr', f.name_fr, 'ar', f.name_ar) ORDER BY f.name_fr COLLATE "fr-x-icu"), '[]')
            FROM organisation f
           WHERE f.id IN (SELECT a.funder_id FROM agreement a WHERE a.campaign_id = c.id) AND f.id <> o.id) AS funders`;

/** Changes of what a campaign prints come one after the other; rows that only refer to it wait for none of them. */
export const LOCK_CAMPAIGN = `SELECT id FROM campaign WHERE id = $1 FOR NO KEY UPDATE`;

/** A row of `CAMPAIGN_PRINT`. */
export interface CampaignPrint {
  signatories: Signatory[];
  /** Null where the campaign words nothing itself. */
  texts: Partial<OwnTexts> | null;
  logos: PrintedLogo[];
  funders: Both[];
}
