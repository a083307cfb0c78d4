import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever was asked something by SMS and is silent may be called.
 * Locks: the table of calls for a moment. Reversible: yes; those lines are lost.
 */
export class UnansweredCalls1795323000000 implements MigrationInterface {
  name = 'UnansweredCalls1795323000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_line DROP CONSTRAINT call_line_why_known,
                            ADD CONSTRAINT call_line_why_known CHECK (why IN ('no-sms', 'failed', 'unknown', 'unanswered'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DELETE FROM call_attempt WHERE line_id IN (SELECT id FROM call_line WHERE why = 'unanswered')`,
    );
    await runner.query(`DELETE FROM call_line WHERE why = 'unanswered'`);
    await runner.query(`
      ALTER TABLE call_line DROP CONSTRAINT call_line_why_known,
                            ADD CONSTRAINT call_line_why_known CHECK (why IN ('no-sms', 'failed', 'unknown'))`);
  }
}
