import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a trainer sets out from, what they may teach, and the days on which they cannot.
 * Locks: new tables only. Reversible: yes.
 */
export class TrainerAvailability1795330000000 implements MigrationInterface {
  name = 'TrainerAvailability1795330000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trainer_profile (
        account_id uuid NOT NULL,
        home_city text NOT NULL,
        CONSTRAINT trainer_profile_pkey PRIMARY KEY (account_id),
        CONSTRAINT trainer_profile_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
        CONSTRAINT trainer_profile_home_city_fkey FOREIGN KEY (home_city) REFERENCES city(slug)
      )`);
    await runner.query(`
      CREATE TABLE trainer_course (
        account_id uuid NOT NULL,
        course_id uuid NOT NULL,
        CONSTRAINT trainer_course_pkey PRIMARY KEY (account_id, course_id),
        CONSTRAINT trainer_course_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
        CONSTRAINT trainer_course_course_id_fkey FOREIGN KEY (course_id) REFERENCES course(id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX trainer_course_course_id_idx ON trainer_course (course_id)`);
    await runner.query(`
      CREATE TABLE trainer_absence (
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        days daterange NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT trainer_absence_pkey PRIMARY KEY (id),
        CONSTRAINT trainer_absence_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
        CONSTRAINT trainer_absence_days_whole CHECK (NOT isempty(days) AND NOT lower_inf(days) AND NOT upper_inf(days)),
        CONSTRAINT trainer_absence_once_a_day EXCLUDE USING gist (account_id WITH =, days WITH &&)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE trainer_absence');
    await runner.query('DROP TABLE trainer_course');
    await runner.query('DROP TABLE trainer_profile');
  }
}
