import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever was asked something by SMS and is silent may be called; a message knows whether it may ring at night.
 * Locks: the tables of calls and messages for a moment. Reversible: yes; those lines are lost.
 */
export class UnansweredAndUrgent1795323000000 implements MigrationInterface {
  name = 'UnansweredAndUrgent1795323000000';

  async up(runner: QueryRunner): Promise<void> {
    // What waits now was held when it was written, if it was to be.
    await runner.query(`ALTER TABLE message ADD COLUMN is_urgent boolean NOT NULL DEFAULT true`);
    await runner.query(`ALTER TABLE message ALTER COLUMN is_urgent SET DEFAULT false`);
    await runner.query(`
      ALTER TABLE call_line DROP CONSTRAINT call_line_why_known,
                            ADD CONSTRAINT call_line_why_known CHECK (why IN ('no-sms', 'failed', 'unknown', 'unanswered'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE message DROP COLUMN is_urgent`);
    await runner.query(
      `DELETE FROM call_attempt WHERE line_id IN (SELECT id FROM call_line WHERE why = 'unanswered')`,
    );
    await runner.query(`DELETE FROM call_line WHERE why = 'unanswered'`);
    await runner.query(`
      ALTER TABLE call_line DROP CONSTRAINT call_line_why_known,
                            ADD CONSTRAINT call_line_why_known CHECK (why IN ('no-sms', 'failed', 'unknown'))`);
  }
}
