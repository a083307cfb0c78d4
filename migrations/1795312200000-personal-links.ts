import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links that answer for one person and one seat, and who said that they will come.
 * Locks: the enrolment table for a moment. Reversible: yes; links that were sent open nothing any more.
 */
export class PersonalLinks1795312200000 implements MigrationInterface {
  name = 'PersonalLinks1795312200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE enrolment ADD COLUMN confirmed_at timestamptz`);
    await runner.query(`
      CREATE TABLE personal_link (
        code_hash bytea PRIMARY KEY,
        purpose text NOT NULL CONSTRAINT personal_link_purpose_known CHECK (purpose IN ('offer', 'coming')),
        enrolment_id uuid NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX personal_link_enrolment_id_idx ON personal_link (enrolment_id)`);
    await runner.query(`CREATE INDEX personal_link_expires_at_idx ON personal_link (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE personal_link`);
    await runner.query(`ALTER TABLE enrolment DROP COLUMN confirmed_at`);
  }
}
