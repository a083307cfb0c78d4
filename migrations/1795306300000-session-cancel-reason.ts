import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why a session was cancelled, for those who plan it.
 * Locks: a short one on session, whose rows are not rewritten. Reversible: yes, losing the reasons.
 */
export class SessionCancelReason1795306300000 implements MigrationInterface {
  name = 'SessionCancelReason1795306300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN cancel_reason text,
        ADD CONSTRAINT session_cancel_reason_of_cancelled CHECK (cancel_reason IS NULL OR status = 'cancelled')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session DROP COLUMN cancel_reason`);
  }
}
