import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * E-mails have a subject; what trainers are told of their plan is found by its session.
 * Locks: the table of messages for a moment. Reversible: yes; what was told to whom is forgotten, the messages stay.
 */
export class Mail1795320000000 implements MigrationInterface {
  name = 'Mail1795320000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message ADD COLUMN subject text,
                          ADD CONSTRAINT message_subject_of_email CHECK ((channel = 'email') = (subject IS NOT NULL))`);
    await runner.query(`
      CREATE TABLE trainer_notice (
        id uuid NOT NULL,
        session_id uuid NOT NULL,
        account_id uuid NOT NULL,
        message_id uuid NOT NULL,
        news text NOT NULL,
        CONSTRAINT trainer_notice_pkey PRIMARY KEY (id),
        CONSTRAINT trainer_notice_news_known CHECK (news IN ('given', 'moved', 'taken', 'called-off')),
        CONSTRAINT trainer_notice_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
        CONSTRAINT trainer_notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
        CONSTRAINT trainer_notice_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX trainer_notice_session_id_idx ON trainer_notice (session_id)`);
    await runner.query(`CREATE INDEX trainer_notice_message_id_idx ON trainer_notice (message_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE trainer_notice`);
    await runner.query(`ALTER TABLE message DROP CONSTRAINT message_subject_of_email, DROP COLUMN subject`);
  }
}
