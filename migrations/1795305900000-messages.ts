import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every message sent to a phone or an address: the row is the truth, sending is a job.
 * Locks: none held, the table is new. Reversible: yes, losing the rows.
 */
export class Messages1795305900000 implements MigrationInterface {
  name = 'Messages1795305900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE message (
        id              uuid PRIMARY KEY,
        organisation_id uuid,
        person_id       uuid,
        recipient       text NOT NULL,
        channel         text NOT NULL,
        template        text NOT NULL,
        language        text NOT NULL,
        body            text NOT NULL,
        state           text NOT NULL,
        dedupe_key      text NOT NULL,
        created_at      timestamptz NOT NULL,
        handed_at       timestamptz,
        settled_at      timestamptz,
        error           text,
        CONSTRAINT message_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT message_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT message_dedupe_key_key UNIQUE (dedupe_key),
        CONSTRAINT message_channel_known CHECK (channel IN ('sms', 'email')),
        CONSTRAINT message_language_known CHECK (language IN ('ar', 'fr', 'en')),
        CONSTRAINT message_state_known CHECK (state IN ('queued', 'handed', 'sent', 'failed', 'unknown'))
      )
    `);
    await runner.query(
      `CREATE INDEX message_person_id_created_at_idx ON message (person_id, created_at DESC)`,
    );
    await runner.query(
      `CREATE INDEX message_recipient_created_at_idx ON message (recipient, created_at DESC)`,
    );
    await runner.query(
      `CREATE INDEX message_created_at_queued_idx ON message (created_at) WHERE state IN ('queued', 'handed')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE message`);
  }
}
