import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who has not yet been told of their certificate: a job writes the messages, so that issuing waits for none of it.
 * Locks: ACCESS EXCLUSIVE on certificate for a moment, no rewrite (a constant default). Reversible: yes.
 */
export class CertificateUntold1795306710000 implements MigrationInterface {
  name = 'CertificateUntold1795306710000';

  async up(runner: QueryRunner): Promise<void> {
    // Those of before were told, or are of the past.
    await runner.query(`ALTER TABLE certificate ADD COLUMN untold boolean NOT NULL DEFAULT false`);
    await runner.query(
      `CREATE INDEX certificate_issued_at_untold_idx ON certificate (issued_at) WHERE untold`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX certificate_issued_at_untold_idx`);
    await runner.query(`ALTER TABLE certificate DROP COLUMN untold`);
  }
}
