import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A session may be postponed: it keeps its seats and has no date until it is given one. A trainer says that they
 * cannot come; who answered, and what.
 * Locks: the tables of sessions and enrolments for a moment. Reversible: postponed sessions become planned ones again, on
 * the days that their units still have; where a seat or a trainer is elsewhere by then, the way back is refused.
 */
export class PostponedSessions1795331000000 implements MigrationInterface {
  name = 'PostponedSessions1795331000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN postponed_at timestamptz,
        ADD COLUMN postpone_reason text,
        DROP CONSTRAINT session_status_known,
        ADD CONSTRAINT session_status_known CHECK (status IN ('planned', 'postponed', 'closed', 'cancelled')),
        ADD CONSTRAINT session_postponed_at_of_postponed CHECK ((status = 'postponed') = (postponed_at IS NOT NULL)),
        ADD CONSTRAINT session_postpone_reason_of_postponed CHECK (postpone_reason IS NULL OR status = 'postponed')`);
    await runner.query(`
      ALTER TABLE enrolment
        DROP CONSTRAINT enrolment_untold_known,
        ADD CONSTRAINT enrolment_untold_known CHECK (untold IN ('status', 'moved', 'postponed', 'called-off', 'reseated'))`);
    await runner.query(`
      ALTER TABLE trainer_notice
        DROP CONSTRAINT trainer_notice_news_known,
        ADD CONSTRAINT trainer_notice_news_known CHECK (news IN ('given', 'moved', 'taken', 'postponed', 'called-off'))`);
    await runner.query(`
      CREATE TABLE impediment (
        id uuid NOT NULL,
        session_id uuid NOT NULL,
        account_id uuid NOT NULL,
        reason text NOT NULL,
        note text,
        reported_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        days daterange NOT NULL,
        answer text,
        answered_at timestamptz,
        answered_by uuid,
        CONSTRAINT impediment_pkey PRIMARY KEY (id),
        CONSTRAINT impediment_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
        CONSTRAINT impediment_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
        CONSTRAINT impediment_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id) ON DELETE SET NULL,
        CONSTRAINT impediment_reason_known CHECK (reason IN ('health', 'family', 'road', 'other')),
        CONSTRAINT impediment_answer_known CHECK (answer IN ('replaced', 'held', 'moved', 'postponed', 'called-off', 'unanswered', 'withdrawn')),
        CONSTRAINT impediment_answer_has_moment CHECK ((answer IS NULL) = (answered_at IS NULL))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX impediment_open_once ON impediment (session_id, account_id) WHERE answer IS NULL`);
    await runner.query(`CREATE INDEX impediment_due_idx ON impediment (due_at) WHERE answer IS NULL`);
    await runner.query(`CREATE INDEX impediment_account_id_idx ON impediment (account_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE impediment');
    await runner.query(`DELETE FROM trainer_notice WHERE news = 'postponed'`);
    await runner.query(`
      ALTER TABLE trainer_notice
        DROP CONSTRAINT trainer_notice_news_known,
        ADD CONSTRAINT trainer_notice_news_known CHECK (news IN ('given', 'moved', 'taken', 'called-off'))`);
    await runner.query(`UPDATE enrolment SET untold = 'moved' WHERE untold = 'postponed'`);
    await runner.query(`
      ALTER TABLE enrolment
        DROP CONSTRAINT enrolment_untold_known,
        ADD CONSTRAINT enrolment_untold_known CHECK (untold IN ('status', 'moved', 'called-off', 'reseated'))`);
    await runner.query(`
      UPDATE unit SET live = true WHERE session_id IN (SELECT id FROM session WHERE status = 'postponed')`);
    await runner.query(`
      UPDATE session s
         SET during = coalesce((SELECT range_agg(u.during) FROM unit u WHERE u.session_id = s.id), '{}')
       WHERE status = 'postponed'`);
    await runner.query(`
      UPDATE session SET status = 'planned', postponed_at = NULL, postpone_reason = NULL WHERE status = 'postponed'`);
    await runner.query(`
      ALTER TABLE session
        DROP CONSTRAINT session_postpone_reason_of_postponed,
        DROP CONSTRAINT session_postponed_at_of_postponed,
        DROP CONSTRAINT session_status_known,
        ADD CONSTRAINT session_status_known CHECK (status IN ('planned', 'closed', 'cancelled')),
        DROP COLUMN postpone_reason,
        DROP COLUMN postponed_at`);
  }
}
