import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the limits on codes count, the last time step of a staff member's authenticator, and what a message needs to be
 * sent safely twice or not at all: until when it is worth sending, whether a crash sends it again, and the text that is
 * kept once it is sent.
 * Locks: ACCESS EXCLUSIVE on three tables for a moment; no column needs a rewrite. Reversible: yes, losing them.
 */
export class CodesAndHandOver1795306200000 implements MigrationInterface {
  name = 'CodesAndHandOver1795306200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE challenge
        ADD COLUMN address_digest bytea,
        ADD COLUMN never_seen boolean NOT NULL DEFAULT false,
        ADD COLUMN resend_at timestamptz
    `);
    await runner.query(
      `CREATE INDEX challenge_address_digest_created_at_idx ON challenge (address_digest, created_at) WHERE never_seen`,
    );
    await runner.query(`CREATE INDEX challenge_created_at_idx ON challenge (created_at)`);
    await runner.query(`ALTER TABLE account ADD COLUMN totp_step bigint`);
    await runner.query(`
      ALTER TABLE message
        ADD COLUMN sends_again boolean NOT NULL DEFAULT false,
        ADD COLUMN stale_at timestamptz,
        ADD COLUMN kept_body text
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE message DROP COLUMN kept_body, DROP COLUMN stale_at, DROP COLUMN sends_again`,
    );
    await runner.query(`ALTER TABLE account DROP COLUMN totp_step`);
    await runner.query(`DROP INDEX challenge_created_at_idx`);
    await runner.query(
      `ALTER TABLE challenge DROP COLUMN resend_at, DROP COLUMN never_seen, DROP COLUMN address_digest`,
    );
  }
}
