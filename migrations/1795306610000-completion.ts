import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who completed which course of a campaign, on what evidence; and every change of it, since a correction may take a
 * completion away.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows (they are derived).
 */
export class Completion1795306610000 implements MigrationInterface {
  name = 'Completion1795306610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE completion (
        person_id    uuid NOT NULL,
        course_id    uuid NOT NULL,
        campaign_id  uuid NOT NULL,
        completed_at timestamptz NOT NULL,
        evidence     jsonb NOT NULL,
        CONSTRAINT completion_pkey PRIMARY KEY (person_id, course_id, campaign_id),
        CONSTRAINT completion_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT completion_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT completion_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      )
    `);
    await runner.query(
      `CREATE INDEX completion_campaign_id_course_id_idx ON completion (campaign_id, course_id)`,
    );
    await runner.query(`
      CREATE TABLE completion_change (
        id           uuid PRIMARY KEY,
        person_id    uuid NOT NULL,
        course_id    uuid NOT NULL,
        campaign_id  uuid NOT NULL,
        kind         text NOT NULL,
        at           timestamptz NOT NULL,
        completed_at timestamptz NOT NULL,
        evidence     jsonb NOT NULL,
        CONSTRAINT completion_change_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT completion_change_kind_known CHECK (kind IN ('completed', 'withdrawn'))
      )
    `);
    await runner.query(
      `CREATE INDEX completion_change_person_id_idx ON completion_change (person_id, course_id, campaign_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE completion_change`);
    await runner.query(`DROP TABLE completion`);
  }
}
