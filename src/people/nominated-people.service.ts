import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import type { Category, Gender, Sector } from './person.kinds.js';
import type { PersonName } from './person-name.js';
import { nameOf, type NameColumns } from './person-row.js';

// In one order, so that two lists with the same numbers wait for each other instead of meeting in a deadlock.
const KEEP = `
  INSERT INTO phone (id, e164, can_sms, created_at)
  SELECT x.id, x.e164, x.sms, $2
    FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, e164 text, sms boolean)
   ORDER BY x.e164
  ON CONFLICT (e164) DO UPDATE SET can_sms = excluded.can_sms
  RETURNING id, e164`;

const BEHIND = `
  SELECT pp.phone_id AS "phoneId", p.id, p.status,
         p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr"
    FROM person_phone pp JOIN person p ON p.id = pp.person_id
   WHERE pp.phone_id = ANY($1::uuid[]) AND p.status IN ('active', 'nominated')
   ORDER BY p.status, p.created_at, p.id`;

const ADD = `
  INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, language, created_at)
  SELECT x.id, 'nominated', x."givenFr", x."familyFr", x."givenAr", x."familyAr", x.language, $2
    FROM jsonb_to_recordset($1::jsonb)
         AS x(id uuid, "givenFr" text, "familyFr" text, "givenAr" text, "familyAr" text, language text)`;

const LINK = `
  INSERT INTO person_phone (person_id, phone_id, relation, created_at)
  SELECT x.id, x."phoneId", 'own', $2 FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, "phoneId" uuid)`;

const FORGET = `DELETE FROM person WHERE id = ANY($1::uuid[]) AND status = 'nominated'`;

const TRAITS = `
  SELECT id, gender, birth_year AS "birthYear", commune_code AS "communeCode", city_slug AS "citySlug", category, sector
    FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const FILL = `
  UPDATE person p
     SET gender = x.gender, birth_year = x."birthYear", commune_code = x."communeCode", city_slug = x."citySlug",
         category = x.category, sector = x.sector
    FROM jsonb_to_recordset($1::jsonb)
         AS x(id uuid, gender text, "birthYear" smallint, "communeCode" text, "citySlug" text, category text, sector text)
   WHERE p.id = x.id`;

/** Somebody behind a number: they signed up, or others named them. */
export interface PersonBehindPhone {
  id: string;
  phoneId: string;
  isActive: boolean;
  name: PersonName;
}

/** Somebody to be written down because others name them. */
export interface NominatedPerson {
  id: string;
  phoneId: string;
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
  language: Locale;
}

/** What is told of a person besides name and language. */
export interface FillableTraits {
  id: string;
  gender: Gender;
  birthYear: number | null;
  communeCode: string | null;
  citySlug: string | null;
  category: Category | null;
  sector: Sector | null;
}

/**
 * People whom an organisation names before they have spoken for themselves: known by a name and an unverified number,
 * with no consent. They are not active: they sign in nowhere, take no seat, get no message and are counted in no figure.
 * Each method is part of the caller's transaction.
 */
@Injectable()
export class NominatedPeople {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Keeps the numbers and holds their rows. @returns ids by number */
  async keepPhones(phones: ReadonlyMap<string, boolean>): Promise<ReadonlyMap<string, string>> {
    const list = [...phones].map(([e164, sms]) => ({ id: newId(), e164, sms }));
    const rows = await this.db.read<{ id: string; e164: string }>('person.keepPhones', KEEP, [
      ...[JSON.stringify(list), this.clock.now()],
    ]);
    return new Map(rows.map(({ id, e164 }) => [e164, id]));
  }

  /** Active and nominated people of these phones, active ones first. */
  async behind(phoneIds: readonly string[]): Promise<PersonBehindPhone[]> {
    type Row = { id: string; phoneId: string; status: string } & NameColumns;
    const rows = await this.db.read<Row>('person.behindPhones', BEHIND, [phoneIds]);
    return rows.map((row) => {
      return { id: row.id, phoneId: row.phoneId, isActive: row.status === 'active', name: nameOf(row) };
    });
  }

  async add(people: readonly NominatedPerson[]): Promise<void> {
    const values = [JSON.stringify(people), this.clock.now()];
    await this.db.write('person.addNominated', ADD, values);
    await this.db.write('person.linkNominated', LINK, values);
  }

  /** Those who have signed up since stay. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.db.write('person.forgetNominated', FORGET, [ids]);
  }

  /** Traits of people whose rows are held from here on. */
  traits(ids: readonly string[]): Promise<FillableTraits[]> {
    return this.db.read('person.lockTraits', TRAITS, [ids]);
  }

  async fill(people: readonly FillableTraits[]): Promise<void> {
    await this.db.write('person.fill', FILL, [JSON.stringify(people)]);
  }
}
