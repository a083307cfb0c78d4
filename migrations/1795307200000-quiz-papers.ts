import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which items an attempt was asked, where a quiz draws them from a pool; unset: all of the version's.
 * Locks: quiz_attempt for an instant, no rewrite. Reversible: yes, losing which items were asked.
 */
export class QuizPapers1795307200000 implements MigrationInterface {
  name = 'QuizPapers1795307200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE quiz_attempt ADD COLUMN items text[]`);
    await runner.query(`CREATE INDEX quiz_attempt_module_id_idx ON quiz_attempt (module_id, version_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX quiz_attempt_module_id_idx`);
    await runner.query(`ALTER TABLE quiz_attempt DROP COLUMN items`);
  }
}
