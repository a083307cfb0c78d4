import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import type { Category, Gender, Sector } from './person.kinds.js';
import type { PersonName } from './person-name.js';

const INSERT = `
  INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, gender, birth_year, commune_code, city_slug,
                      category, sector, language, created_at, activated_at)
  VALUES ($1, $2::text, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::timestamptz, CASE WHEN $2 = 'active' THEN $14::timestamptz END)`;
const LINK = `INSERT INTO person_phone (person_id, phone_id, relation, created_at) VALUES ($1, $2, 'own', $3)`;
const ACTIVATE = `
  UPDATE person SET status = 'active', activated_at = $2 WHERE id = $1 AND status = 'pending'`;

/** What is known of somebody when they are first written down. */
export interface NewPerson {
  id: string;
  name: PersonName;
  gender: Gender;
  birthYear: number | null;
  communeCode: string | null;
  citySlug: string | null;
  category: Category | null;
  sector: Sector | null;
  language: Locale;
}

/** Writes persons and their own phones. */
@Injectable()
export class PersonStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @param phoneId their own phone; somebody written down by a witness may have none */
  async insert(person: NewPerson, status: 'pending' | 'active', phoneId?: string): Promise<void> {
    const { id, name, gender, birthYear, communeCode, citySlug, category, sector, language } = person;
    const now = this.clock.now();
    const names = [name.fr?.given, name.fr?.family, name.ar?.given, name.ar?.family].map(
      (part) => part ?? null,
    );
    await this.db.write('person.insert', INSERT, [
      ...[id, status, ...names, gender, birthYear, communeCode, citySlug, category, sector, language, now],
    ]);
    if (phoneId !== undefined) await this.db.write('person.link', LINK, [id, phoneId, now]);
  }

  /** A pending person counts from now on. */
  async activate(id: string): Promise<void> {
    await this.db.write('person.activate', ACTIVATE, [id, this.clock.now()]);
  }
}
