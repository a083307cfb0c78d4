import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A session may be held at a distance, behind a link; it has no place then.
 * Locks: the table of sessions for a moment. Reversible: yes; the links are lost, and those sessions have no place.
 */
export class RemoteSessions1795318000000 implements MigrationInterface {
  name = 'RemoteSessions1795318000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN remote_url text,
        ADD CONSTRAINT session_remote_url_https CHECK (remote_url ~ '^https://[^[:space:]]+$' AND length(remote_url) <= 500),
        ADD CONSTRAINT session_remote_has_no_place CHECK (remote_url IS NULL OR num_nonnulls(venue_id, venue_note) = 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session DROP COLUMN remote_url`);
  }
}
