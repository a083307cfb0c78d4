import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An offer ends; and what a person has not been told yet of their seat is marked on the row itself, so that taking a
 * seat writes no message and losing a wake-up loses none.
 * Locks: ACCESS EXCLUSIVE on enrolment for a moment; both columns come without a rewrite. Reversible: yes, losing them.
 */
export class OffersAndReceipts1795306400000 implements MigrationInterface {
  name = 'OffersAndReceipts1795306400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE enrolment
        ADD COLUMN offer_expires_at timestamptz,
        ADD COLUMN untold text,
        ADD CONSTRAINT enrolment_untold_known CHECK (untold IN ('status', 'moved', 'called-off')),
        ADD CONSTRAINT enrolment_offer_ends CHECK (status <> 'offered' OR offer_expires_at IS NOT NULL)
    `);
    await runner.query(
      `CREATE INDEX enrolment_offer_expires_at_idx ON enrolment (offer_expires_at) WHERE status = 'offered'`,
    );
    await runner.query(
      `CREATE INDEX enrolment_status_at_untold_idx ON enrolment (status_at) WHERE untold IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE enrolment
        DROP CONSTRAINT enrolment_offer_ends,
        DROP CONSTRAINT enrolment_untold_known,
        DROP COLUMN untold,
        DROP COLUMN offer_expires_at
    `);
  }
}
