import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Provinces, communes, cities and road legs: reference data, loaded from files and editable by administrators.
 * Locks: none held, the tables are new. Reversible: yes, the files load them again.
 */
export class Geography1795305700000 implements MigrationInterface {
  name = 'Geography1795305700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE province (
        code    text PRIMARY KEY,
        name_fr text NOT NULL,
        name_ar text NOT NULL,
        kind    text NOT NULL,
        CONSTRAINT province_kind_known CHECK (kind IN ('prefecture', 'province'))
      )
    `);
    await runner.query(`
      CREATE TABLE commune (
        code          text PRIMARY KEY,
        province_code text NOT NULL,
        name_fr       text NOT NULL,
        name_ar       text NOT NULL,
        milieu        text NOT NULL,
        CONSTRAINT commune_province_code_fkey FOREIGN KEY (province_code) REFERENCES province (code),
        CONSTRAINT commune_milieu_known CHECK (milieu IN ('urbain', 'rural'))
      )
    `);
    await runner.query(`CREATE INDEX commune_province_code_idx ON commune (province_code)`);
    await runner.query(`
      CREATE TABLE city (
        slug          text PRIMARY KEY,
        province_code text NOT NULL,
        name_fr       text NOT NULL,
        name_ar       text NOT NULL,
        name_en       text NOT NULL,
        latitude      double precision NOT NULL,
        longitude     double precision NOT NULL,
        CONSTRAINT city_province_code_fkey FOREIGN KEY (province_code) REFERENCES province (code)
      )
    `);
    await runner.query(`
      CREATE TABLE leg (
        from_city text NOT NULL,
        to_city   text NOT NULL,
        minutes   integer NOT NULL,
        km        integer NOT NULL,
        CONSTRAINT leg_pkey PRIMARY KEY (from_city, to_city),
        CONSTRAINT leg_from_city_fkey FOREIGN KEY (from_city) REFERENCES city (slug),
        CONSTRAINT leg_to_city_fkey FOREIGN KEY (to_city) REFERENCES city (slug),
        CONSTRAINT leg_is_stored_once CHECK (from_city < to_city),
        CONSTRAINT leg_minutes_positive CHECK (minutes > 0),
        CONSTRAINT leg_km_positive CHECK (km > 0)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['leg', 'city', 'commune', 'province']) await runner.query(`DROP TABLE ${table}`);
  }
}
