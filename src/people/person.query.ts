import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { Category, Gender, Sector } from './person.kinds.js';
import type { PersonName } from './person-name.js';
import { nameOf, type NameColumns } from './person-row.js';

const NAME = `p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr"`;
const TRAITS = `p.gender, p.birth_year AS "birthYear", p.commune_code AS "communeCode", p.category, p.sector, p.language`;

const PROFILE = `
  SELECT p.id, ${NAME}, ${TRAITS}, p.city_slug AS "citySlug", p.activated_at AS "activatedAt"
    FROM person p
   WHERE p.id = $1 AND p.status = 'active'`;

const SNAPSHOT = `
  SELECT p.id, ${TRAITS},
         EXISTS (SELECT 1 FROM consent c
                  WHERE c.person_id = p.id AND c.purpose = 'training' AND c.in_force_at IS NOT NULL AND c.withdrawn_at IS NULL)
           AS "consentsToTraining"
    FROM person p
   WHERE p.id = $1 AND p.status = 'active'`;

const NAMES = `SELECT p.id, ${NAME} FROM person p WHERE p.id = ANY($1)`;

const PHONES = `
  SELECT ph.e164, ph.can_sms AS "canSms", ph.verified_at IS NOT NULL AS "isVerified"
    FROM person_phone pp
    JOIN phone ph ON ph.id = pp.phone_id
   WHERE pp.person_id = $1
   ORDER BY pp.created_at, ph.id`;

// One verified number each, the first that takes an SMS.
const CONTACTS = `
  SELECT DISTINCT ON (p.id) p.id, p.language, ph.e164, ph.can_sms AS "canSms"
    FROM person p
    JOIN person_phone pp ON pp.person_id = p.id
    JOIN phone ph ON ph.id = pp.phone_id
   WHERE p.id = ANY($1) AND p.status = 'active'
   ORDER BY p.id, ph.can_sms DESC, ph.verified_at IS NULL, pp.created_at`;

/** What a seat copies from a person at the time it is taken. */
export interface PersonTraits {
  gender: Gender;
  birthYear: number | null;
  communeCode: string | null;
  category: Category | null;
  sector: Sector | null;
  language: Locale;
}

/** The traits of an active person, and whether they agree to be trained. */
export interface PersonSnapshot extends PersonTraits {
  id: string;
  consentsToTraining: boolean;
}

/** One's own file. */
export interface PersonProfile extends PersonTraits {
  id: string;
  name: PersonName;
  citySlug: string | null;
  activatedAt: Date;
}

/** A number of a person. */
export interface PersonPhone {
  e164: string;
  canSms: boolean;
  isVerified: boolean;
}

/** Where a person is reached, and in which language. */
export interface Contact {
  personId: string;
  e164: string;
  canSms: boolean;
  language: Locale;
}

/** What other features may read of people; pending sign-ups are nobody. */
@Injectable()
export class PersonQuery {
  constructor(private readonly db: Database) {}

  /** Undefined for an unknown or pending person. */
  snapshot(personId: string): Promise<PersonSnapshot | undefined> {
    return this.db.readOne<PersonSnapshot>('person.snapshot', SNAPSHOT, [personId]);
  }

  /** Names by id; unknown ids are left out. */
  async names(personIds: readonly string[]): Promise<ReadonlyMap<string, PersonName>> {
    const rows = await this.db.read<{ id: string } & NameColumns>('person.names', NAMES, [personIds]);
    return new Map(rows.map((row) => [row.id, nameOf(row)]));
  }

  /** Numbers for messages, by person; people without a number are left out. */
  async contacts(personIds: readonly string[]): Promise<ReadonlyMap<string, Contact>> {
    const rows = await this.db.read<{ id: string; language: Locale; e164: string; canSms: boolean }>(
      'person.contacts',
      CONTACTS,
      [personIds],
    );
    return new Map(rows.map(({ id, ...contact }) => [id, { personId: id, ...contact }]));
  }

  /** The file of an active person. */
  async profile(personId: string): Promise<PersonProfile | undefined> {
    type Row = Omit<PersonProfile, 'name'> & NameColumns;
    const row = await this.db.readOne<Row>('person.profile', PROFILE, [personId]);
    return row && { ...row, name: nameOf(row) };
  }

  phones(personId: string): Promise<PersonPhone[]> {
    return this.db.read<PersonPhone>('person.phones', PHONES, [personId]);
  }
}
