import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a raw event was understood to say, so that presence is merged from columns and not from JSON; passes with
 * their spoken codes; and every closing and reopening of a session.
 * Locks: ACCESS EXCLUSIVE on attendance_event for an instant (columns without a rewrite). Reversible: yes, losing
 * interpretations (`attendance rebuild` makes them again), passes and closings.
 */
export class RollCall1795306600000 implements MigrationInterface {
  name = 'RollCall1795306600000';

  async up(runner: QueryRunner): Promise<void> {
    // review: why an event does not count. flag: why one that counts deserves a look.
    await runner.query(`
      ALTER TABLE attendance_event
        ADD COLUMN interpreted_at timestamptz,
        ADD COLUMN enrolment_id uuid,
        ADD COLUMN person_id uuid,
        ADD COLUMN unit_id uuid,
        ADD COLUMN mark text,
        ADD COLUMN correction boolean NOT NULL DEFAULT false,
        ADD COLUMN minutes smallint,
        ADD COLUMN happened_at timestamptz,
        ADD COLUMN after_close boolean NOT NULL DEFAULT false,
        ADD COLUMN flag text,
        ADD COLUMN review_facts jsonb,
        ADD CONSTRAINT attendance_event_enrolment_id_fkey FOREIGN KEY (enrolment_id) REFERENCES enrolment (id),
        ADD CONSTRAINT attendance_event_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        ADD CONSTRAINT attendance_event_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id),
        ADD CONSTRAINT attendance_event_mark_known CHECK (mark IN ('present', 'partial', 'absent')),
        ADD CONSTRAINT attendance_event_counts_or_says_why CHECK (
          interpreted_at IS NULL OR review IS NOT NULL
          OR num_nulls(enrolment_id, person_id, unit_id, mark, minutes, happened_at) = 0)
    `);
    await runner.query(
      `CREATE INDEX attendance_event_session_id_pending_idx ON attendance_event (session_id) WHERE interpreted_at IS NULL`,
    );
    await runner.query(`
      CREATE TABLE pass (
        enrolment_id uuid PRIMARY KEY,
        code         text NOT NULL,
        created_at   timestamptz NOT NULL,
        CONSTRAINT pass_enrolment_id_fkey FOREIGN KEY (enrolment_id) REFERENCES enrolment (id),
        CONSTRAINT pass_code_key UNIQUE (code),
        CONSTRAINT pass_code_shape CHECK (code ~ '^[0-9]{8}$')
      )
    `);
    await runner.query(`
      CREATE TABLE session_closing (
        id          uuid PRIMARY KEY,
        session_id  uuid NOT NULL,
        closed_at   timestamptz NOT NULL,
        closed_by   uuid,
        log         text NOT NULL DEFAULT '',
        reopened_at timestamptz,
        reopened_by uuid,
        reason      text,
        CONSTRAINT session_closing_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT session_closing_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES account (id),
        CONSTRAINT session_closing_reopened_by_fkey FOREIGN KEY (reopened_by) REFERENCES account (id),
        CONSTRAINT session_closing_reopened_whole CHECK (num_nulls(reopened_at, reopened_by, reason) IN (0, 3)),
        CONSTRAINT session_closing_in_order CHECK (reopened_at >= closed_at)
      )
    `);
    await runner.query(
      `CREATE INDEX session_closing_session_id_idx ON session_closing (session_id, closed_at)`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX session_closing_session_id_open_key ON session_closing (session_id) WHERE reopened_at IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE session_closing`);
    await runner.query(`DROP TABLE pass`);
    await runner.query(`DROP INDEX attendance_event_session_id_pending_idx`);
    await runner.query(`
      ALTER TABLE attendance_event
        DROP COLUMN interpreted_at, DROP COLUMN enrolment_id, DROP COLUMN person_id, DROP COLUMN unit_id,
        DROP COLUMN mark, DROP COLUMN correction, DROP COLUMN minutes, DROP COLUMN happened_at,
        DROP COLUMN after_close, DROP COLUMN flag, DROP COLUMN review_facts
    `);
  }
}
