import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a tour was put away: it stays in history and out of the lists.
 * Locks: the tour table for a moment. Reversible: yes; tours that were put away come back to the lists.
 */
export class TourArchive1795310100000 implements MigrationInterface {
  name = 'TourArchive1795310100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tour ADD COLUMN archived_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tour DROP COLUMN archived_at`);
  }
}
