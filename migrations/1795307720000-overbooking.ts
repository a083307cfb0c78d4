import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions of which more seats are given than there are, because some who book do not come.
 * Locks: the session table while it is rewritten with its new column; it has some thousands of rows. Reversible: yes;
 * seats taken beyond the capacity stay, under the ceiling.
 */
export class Overbooking1795307720000 implements MigrationInterface {
  name = 'Overbooking1795307720000';

  async up(runner: QueryRunner): Promise<void> {
    // Why more are given stands with the other reasons of the plan, in soft_clash_reasons.
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN overbook_percent smallint NOT NULL DEFAULT 0,
        ADD CONSTRAINT session_overbook_percent_range CHECK (overbook_percent BETWEEN 0 AND 50)
    `);
    // Seats that are given: whole ones, rounded down.
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN seats integer GENERATED ALWAYS AS (capacity + capacity * overbook_percent / 100) STORED NOT NULL
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session DROP COLUMN seats, DROP COLUMN overbook_percent`);
  }
}
