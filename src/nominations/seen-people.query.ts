import { Injectable } from '@nestjs/common';
import type { Category, Gender, PersonName, Sector } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';

// Whoever has an enrolment in the campaign is seen as they are; whoever is only nominated, as they were nominated.
const SEEN = `
  WITH enrolled AS (
    SELECT DISTINCT e.person_id AS id
      FROM enrolment e JOIN session s ON s.id = e.session_id
     WHERE s.campaign_id = $1
  )
  SELECT p.id AS "personId", n.id AS "nominationId", true AS "spokeForThemselves",
         p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr",
         p.gender, p.birth_year AS "birthYear", p.commune_code AS "communeCode", p.city_slug AS "citySlug",
         p.category, p.sector, p.language,
         ARRAY(SELECT ph.e164 FROM person_phone pp JOIN phone ph ON ph.id = pp.phone_id
                WHERE pp.person_id = p.id ORDER BY pp.created_at, ph.id) AS phones
    FROM enrolled JOIN person p ON p.id = enrolled.id
    LEFT JOIN nomination n ON n.person_id = p.id AND n.campaign_id = $1
   WHERE p.status = 'active'
  UNION ALL
  SELECT n.person_id, n.id, false, n.given_fr, n.family_fr, n.given_ar, n.family_ar,
         n.gender, n.birth_year, n.commune_code, n.city_slug, n.category, n.sector, n.language,
         ARRAY[ph.e164]
    FROM nomination n JOIN phone ph ON ph.id = n.phone_id
   WHERE n.campaign_id = $1 AND n.person_id NOT IN (SELECT id FROM enrolled)`;

/** What is written of somebody. */
export interface PersonCopy {
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
  gender: Gender;
  birthYear: number | null;
  communeCode: string | null;
  citySlug: string | null;
  category: Category | null;
  sector: Sector | null;
  language: Locale;
}

/** Somebody whom a campaign sees: as they are through a seat, else as its organisation wrote them down. */
export interface SeenPerson {
  personId: string;
  nominationId: string | null;
  /** They signed up and took a seat: what they said stands over what others write. */
  spokeForThemselves: boolean;
  name: PersonName;
  copy: PersonCopy;
  /** E.164, the first one first. */
  phones: string[];
}

/** The people of a campaign. */
@Injectable()
export class SeenPeople {
  constructor(private readonly db: Database) {}

  async of(campaignId: string): Promise<SeenPerson[]> {
    type Row = Omit<SeenPerson, 'name' | 'copy'> & PersonCopy;
    const rows = await this.db.read<Row>('nomination.seen', SEEN, [campaignId]);
    return rows.map(({ personId, nominationId, spokeForThemselves, phones, ...copy }) => {
      return { personId, nominationId, spokeForThemselves, phones, copy, name: nameOf(copy) };
    });
  }
}

function nameOf({ givenFr, familyFr, givenAr, familyAr }: PersonCopy): PersonName {
  const part = (given: string | null, family: string | null) =>
    given === null || family === null ? undefined : { given, family };
  const [fr, ar] = [part(givenFr, familyFr), part(givenAr, familyAr)];
  return { ...(fr ? { fr } : {}), ...(ar ? { ar } : {}) };
}
