import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sign-in codes that staff show to somebody of their roster, and sign-ins that speak for one person of a phone only.
 * Locks: sign_in for the time of a scan of its rows; the new column is filled without rewriting them. Reversible: yes,
 * losing the codes; a sign-in by such a code is then one of its phone like any other, so they are ended.
 */
export class RoomCodes1795307620000 implements MigrationInterface {
  name = 'RoomCodes1795307620000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE room_code (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        person_id       uuid NOT NULL,
        session_id      uuid NOT NULL,
        shown_by        uuid NOT NULL,
        code_hmac       bytea NOT NULL,
        tries           integer NOT NULL DEFAULT 0,
        created_at      timestamptz NOT NULL,
        expires_at      timestamptz NOT NULL,
        used_at         timestamptz,
        replaced_at     timestamptz,
        CONSTRAINT room_code_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT room_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT room_code_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id) ON DELETE CASCADE,
        CONSTRAINT room_code_shown_by_fkey FOREIGN KEY (shown_by) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT room_code_tries_within CHECK (tries >= 0 AND tries <= 5),
        CONSTRAINT room_code_one_end CHECK (used_at IS NULL OR replaced_at IS NULL)
      )
    `);
    await runner.query(
      `CREATE UNIQUE INDEX room_code_person_id_live_key ON room_code (person_id) WHERE used_at IS NULL AND replaced_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX room_code_person_id_created_at_idx ON room_code (person_id, created_at)`,
    );
    await runner.query(`CREATE INDEX room_code_created_at_idx ON room_code (created_at)`);
    await runner.query(`ALTER TABLE sign_in ADD COLUMN for_one boolean NOT NULL DEFAULT false`);
    await runner.query(
      `ALTER TABLE sign_in ADD CONSTRAINT sign_in_one_of_phone CHECK (NOT for_one OR person_id IS NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE sign_in SET revoked_at = now() WHERE for_one AND revoked_at IS NULL`);
    await runner.query(`ALTER TABLE sign_in DROP COLUMN for_one`);
    await runner.query(`DROP TABLE room_code`);
  }
}
