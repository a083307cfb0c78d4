import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A seat may come from one in another session: the old row stays in history, the new one names it.
 * Locks: the table of enrolments for a moment. Reversible: yes; the seats stay where they are.
 */
export class SeatMoves1795321000000 implements MigrationInterface {
  name = 'SeatMoves1795321000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE enrolment
        ADD COLUMN moved_from uuid,
        ADD CONSTRAINT enrolment_moved_from_fkey FOREIGN KEY (moved_from) REFERENCES enrolment(id),
        ADD CONSTRAINT enrolment_moved_from_key UNIQUE (moved_from),
        DROP CONSTRAINT enrolment_untold_known,
        ADD CONSTRAINT enrolment_untold_known CHECK (untold IN ('status', 'moved', 'called-off', 'reseated'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE enrolment SET untold = 'status' WHERE untold = 'reseated'`);
    await runner.query(`
      ALTER TABLE enrolment
        DROP CONSTRAINT enrolment_untold_known,
        ADD CONSTRAINT enrolment_untold_known CHECK (untold IN ('status', 'moved', 'called-off')),
        DROP CONSTRAINT enrolment_moved_from_key,
        DROP COLUMN moved_from`);
  }
}
