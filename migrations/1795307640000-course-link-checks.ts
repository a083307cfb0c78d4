import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the links of the courses to other sites led to when an author last had them asked.
 * Locks: none held, the table is new. Reversible: yes, losing the rows, which another check finds again.
 */
export class CourseLinkChecks1795307640000 implements MigrationInterface {
  name = 'CourseLinkChecks1795307640000';

  async up(runner: QueryRunner): Promise<void> {
    // The digest stands for the address in the key: an address may be longer than an index takes.
    await runner.query(`
      CREATE TABLE course_link_check (
        course_id  uuid NOT NULL,
        digest     text NOT NULL,
        url        text NOT NULL,
        outcome    text NOT NULL,
        status     integer,
        reason     text,
        moved_to   text,
        checked_at timestamptz NOT NULL,
        CONSTRAINT course_link_check_pkey PRIMARY KEY (course_id, digest),
        CONSTRAINT course_link_check_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT course_link_check_outcome_known CHECK (outcome IN ('ok', 'moved', 'gone', 'unreachable')),
        CONSTRAINT course_link_check_reason_of_unreachable CHECK ((reason IS NOT NULL) = (outcome = 'unreachable')),
        CONSTRAINT course_link_check_moved_to_of_moved CHECK ((moved_to IS NOT NULL) = (outcome = 'moved')),
        CONSTRAINT course_link_check_digest_shape CHECK (digest ~ '^[0-9a-f]{64}$')
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE course_link_check`);
  }
}
