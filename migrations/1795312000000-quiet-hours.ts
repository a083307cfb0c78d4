import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a message may ring that was written in quiet hours, and whose news may not wait for their end.
 * Locks: the tables of messages and enrolments for a moment. Reversible: yes; what waits is sent at once.
 */
export class QuietHours1795312000000 implements MigrationInterface {
  name = 'QuietHours1795312000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message ADD COLUMN send_after timestamptz`);
    await runner.query(`ALTER TABLE enrolment ADD COLUMN is_untold_urgent boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message DROP COLUMN send_after`);
    await runner.query(`ALTER TABLE enrolment DROP COLUMN is_untold_urgent`);
  }
}
