import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People who must be called because an SMS did not reach them, or cannot: a line each, and every call that was tried.
 * A message says which list it falls to when it is not delivered, and what is then said.
 * Locks: the message table, for three columns without a value. Reversible: yes; what was noted of calls is lost.
 */
export class CallLists1795308800000 implements MigrationInterface {
  name = 'CallLists1795308800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message
        ADD COLUMN call_list_id uuid,
        ADD COLUMN call_about_id uuid,
        ADD COLUMN call_body text,
        ADD CONSTRAINT message_call_whole CHECK (num_nonnulls(call_list_id, call_about_id, call_body) IN (0, 3))
    `);
    await runner.query(`
      CREATE TABLE call_line (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        list_id uuid NOT NULL,
        about_id uuid NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        message_id uuid REFERENCES message (id) ON DELETE CASCADE,
        dedupe_key text NOT NULL CONSTRAINT call_line_dedupe_key_key UNIQUE,
        why text NOT NULL CONSTRAINT call_line_why_known CHECK (why IN ('no-sms', 'failed', 'unknown')),
        template text NOT NULL,
        language text NOT NULL CONSTRAINT call_line_language_known CHECK (language IN ('ar', 'fr', 'en')),
        recipient text,
        body text NOT NULL,
        caused_at timestamptz NOT NULL,
        replaced_at timestamptz,
        taken_by uuid REFERENCES account (id),
        taken_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        outcome text CONSTRAINT call_line_outcome_known
          CHECK (outcome IN ('reached', 'no-answer', 'wrong-number', 'call-back')),
        note text,
        called_at timestamptz,
        CONSTRAINT call_line_taken_whole CHECK ((taken_by IS NULL) = (taken_until IS NULL)),
        CONSTRAINT call_line_called_whole CHECK ((outcome IS NULL) = (attempts = 0) AND (outcome IS NULL) = (called_at IS NULL))
      )
    `);
    await runner.query(`CREATE INDEX call_line_list_id_idx ON call_line (list_id, caused_at, id)`);
    await runner.query(`CREATE INDEX call_line_about_id_idx ON call_line (about_id)`);
    await runner.query(`CREATE INDEX call_line_person_id_idx ON call_line (person_id)`);
    await runner.query(`CREATE INDEX call_line_message_id_idx ON call_line (message_id)`);
    await runner.query(`
      CREATE TABLE call_attempt (
        id uuid PRIMARY KEY,
        line_id uuid NOT NULL REFERENCES call_line (id) ON DELETE CASCADE,
        account_id uuid NOT NULL REFERENCES account (id),
        at timestamptz NOT NULL,
        outcome text NOT NULL CONSTRAINT call_attempt_outcome_known
          CHECK (outcome IN ('reached', 'no-answer', 'wrong-number', 'call-back')),
        note text
      )
    `);
    await runner.query(`CREATE INDEX call_attempt_line_id_idx ON call_attempt (line_id, at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE call_attempt`);
    await runner.query(`DROP TABLE call_line`);
    await runner.query(`
      ALTER TABLE message
        DROP CONSTRAINT message_call_whole,
        DROP COLUMN call_list_id,
        DROP COLUMN call_about_id,
        DROP COLUMN call_body
    `);
  }
}
