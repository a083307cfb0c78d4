import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { PersonCopy } from './seen-people.query.js';

const SHAPE = `
  id uuid, "organisationId" uuid, "campaignId" uuid, "personId" uuid, "phoneId" uuid, "importId" uuid,
  "givenFr" text, "familyFr" text, "givenAr" text, "familyAr" text, gender text, "birthYear" smallint,
  "communeCode" text, "citySlug" text, category text, sector text, language text, "createdAt" timestamptz`;
const INSERT = `
  INSERT INTO nomination (id, organisation_id, campaign_id, person_id, phone_id, import_id, given_fr, family_fr, given_ar, family_ar,
                          gender, birth_year, commune_code, city_slug, category, sector, language, created_at)
  SELECT x.id, x."organisationId", x."campaignId", x."personId", x."phoneId", x."importId", x."givenFr", x."familyFr", x."givenAr",
         x."familyAr", x.gender, x."birthYear", x."communeCode", x."citySlug", x.category, x.sector, x.language, x."createdAt"
    FROM jsonb_to_recordset($1::jsonb) AS x(${SHAPE})`;
const LOCK = `
  SELECT id, given_fr AS "givenFr", family_fr AS "familyFr", given_ar AS "givenAr", family_ar AS "familyAr", gender,
         birth_year AS "birthYear", commune_code AS "communeCode", city_slug AS "citySlug", category, sector, language
    FROM nomination WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`;
const REWRITE = `
  UPDATE nomination n
     SET given_fr = x."givenFr", family_fr = x."familyFr", given_ar = x."givenAr", family_ar = x."familyAr", gender = x.gender,
         birth_year = x."birthYear", commune_code = x."communeCode", city_slug = x."citySlug", category = x.category,
         sector = x.sector, language = x.language
    FROM jsonb_to_recordset($1::jsonb) AS x(${SHAPE})
   WHERE n.id = x.id`;
const REMOVE = `DELETE FROM nomination WHERE id = ANY($1::uuid[]) RETURNING person_id AS "personId"`;
const UNNAMED = `
  SELECT id FROM unnest($1::uuid[]) AS gone(id) WHERE NOT EXISTS (SELECT 1 FROM nomination n WHERE n.person_id = gone.id)`;
const MOVE = `
  UPDATE nomination n SET person_id = $2
   WHERE n.person_id = ANY($1::uuid[])
     AND NOT EXISTS (SELECT 1 FROM nomination other WHERE other.campaign_id = n.campaign_id AND other.person_id = $2)
     AND n.id = (SELECT min(same.id::text)::uuid FROM nomination same
                  WHERE same.campaign_id = n.campaign_id AND same.person_id = ANY($1::uuid[]))`;
const REMOVE_OF = `DELETE FROM nomination WHERE person_id = ANY($1::uuid[])`;
const HOLD_CAMPAIGN = `SELECT pg_advisory_xact_lock(hashtextextended('nominations ' || $1::text, 0)) AS held`;

/** A nomination to write. */
export interface NewNomination extends PersonCopy {
  id: string;
  organisationId: string;
  campaignId: string;
  personId: string;
  phoneId: string;
  importId: string;
  createdAt: Date;
}

/** What an organisation wrote of somebody. */
export interface WrittenCopy extends PersonCopy {
  id: string;
}

/** Nominations, many at a time; each method is part of the caller's transaction. */
@Injectable()
export class NominationStore {
  constructor(private readonly db: Database) {}

  /** Confirming and undoing within one campaign come one after another. */
  async holdCampaign(campaignId: string): Promise<void> {
    await this.db.read('nomination.holdCampaign', HOLD_CAMPAIGN, [campaignId]);
  }

  async insert(nominations: readonly NewNomination[]): Promise<void> {
    await this.db.write('nomination.insert', INSERT, [JSON.stringify(nominations)]);
  }

  lock(ids: readonly string[]): Promise<WrittenCopy[]> {
    return this.db.read('nomination.lock', LOCK, [ids]);
  }

  async rewrite(copies: readonly WrittenCopy[]): Promise<void> {
    await this.db.write('nomination.rewrite', REWRITE, [JSON.stringify(copies)]);
  }

  /** @returns people whom nobody names any more */
  async remove(ids: readonly string[]): Promise<string[]> {
    const gone = await this.db.read<{ personId: string }>('nomination.remove', REMOVE, [ids]);
    const people = gone.map(({ personId }) => personId);
    return (await this.db.read<{ id: string }>('nomination.unnamed', UNNAMED, [people])).map(({ id }) => id);
  }

  /** The nominations of these people are somebody's who has signed up; one a campaign. */
  async move(from: readonly string[], to: string): Promise<void> {
    await this.db.write('nomination.move', MOVE, [from, to]);
    await this.db.write('nomination.removeOf', REMOVE_OF, [from]);
  }
}
