import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seats taken at the door, and who heard a consent that was spoken there.
 * Locks: ACCESS EXCLUSIVE on enrolment and consent for an instant (columns without a rewrite). Reversible: yes, losing
 * which seats were taken at the door and who witnessed a consent.
 */
export class DoorSeats1795306620000 implements MigrationInterface {
  name = 'DoorSeats1795306620000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE enrolment ADD COLUMN at_door boolean NOT NULL DEFAULT false`);
    await runner.query(`
      ALTER TABLE consent
        ADD COLUMN witness uuid,
        ADD CONSTRAINT consent_witness_fkey FOREIGN KEY (witness) REFERENCES account (id)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE consent DROP COLUMN witness`);
    await runner.query(`ALTER TABLE enrolment DROP COLUMN at_door`);
  }
}
