import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The test before and the test after a course: once each, on a screen or read aloud and written down by a trainer.
 * Locks: none held, the table is new. Reversible: yes, losing the rows.
 */
export class CourseTests1795307210000 implements MigrationInterface {
  name = 'CourseTests1795307210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE test_attempt (
        id          uuid NOT NULL,
        person_id   uuid NOT NULL,
        course_id   uuid NOT NULL,
        version_id  uuid NOT NULL,
        session_id  uuid,
        phase       text NOT NULL,
        method      text NOT NULL,
        answers     jsonb NOT NULL,
        score       smallint NOT NULL,
        max         smallint NOT NULL,
        at          timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        entered_by  uuid,
        CONSTRAINT test_attempt_pkey PRIMARY KEY (person_id, course_id, phase),
        CONSTRAINT test_attempt_id_key UNIQUE (person_id, id),
        CONSTRAINT test_attempt_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT test_attempt_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT test_attempt_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version (id),
        CONSTRAINT test_attempt_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT test_attempt_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES account (id),
        CONSTRAINT test_attempt_phase_known CHECK (phase IN ('pre', 'post')),
        CONSTRAINT test_attempt_method_known CHECK (method IN ('screen', 'read-aloud')),
        CONSTRAINT test_attempt_entered_of_read_aloud CHECK ((method = 'read-aloud') = (entered_by IS NOT NULL)),
        CONSTRAINT test_attempt_score_range CHECK (score BETWEEN 0 AND max AND max > 0),
        CONSTRAINT test_attempt_at_not_future CHECK (at <= received_at)
      )
    `);
    await runner.query(`CREATE INDEX test_attempt_course_id_idx ON test_attempt (course_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE test_attempt`);
  }
}
