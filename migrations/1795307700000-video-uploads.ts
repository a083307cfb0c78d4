import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Videos that somebody sends for a block of a draft, and what becomes of each: one upload, then one film made of it.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows; films that a draft has taken stay in it.
 */
export class VideoUploads1795307700000 implements MigrationInterface {
  name = 'VideoUploads1795307700000';

  async up(runner: QueryRunner): Promise<void> {
    // The bytes lie beside the database while they come, and in the file store, under their digest, when all are there.
    await runner.query(`
      CREATE TABLE video_upload (
        id              uuid PRIMARY KEY,
        organisation_id uuid,
        account_id      uuid NOT NULL,
        course_id       uuid NOT NULL,
        module          text NOT NULL,
        part            text NOT NULL,
        spoken          text NOT NULL,
        file_name       text NOT NULL,
        bytes           bigint NOT NULL,
        state           text NOT NULL,
        sha256          text,
        refusal         text,
        created_at      timestamptz NOT NULL,
        touched_at      timestamptz NOT NULL,
        CONSTRAINT video_upload_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT video_upload_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT video_upload_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT video_upload_spoken_known CHECK (spoken IN ('ary', 'rif', 'fr', 'ar', 'zgh', 'none')),
        CONSTRAINT video_upload_file_name_length CHECK (char_length(file_name) BETWEEN 1 AND 200),
        CONSTRAINT video_upload_bytes_range CHECK (bytes BETWEEN 1 AND 524288000),
        CONSTRAINT video_upload_state_known CHECK (state IN ('receiving', 'received', 'cancelled', 'expired', 'refused')),
        CONSTRAINT video_upload_refusal_of_refused CHECK ((refusal IS NOT NULL) = (state = 'refused')),
        CONSTRAINT video_upload_sha256_of_received CHECK ((sha256 IS NOT NULL) = (state = 'received')),
        CONSTRAINT video_upload_sha256_digest CHECK (sha256 ~ '^[0-9a-f]{64}$')
      )
    `);
    await runner.query(`
      CREATE INDEX video_upload_course_id_created_at_idx ON video_upload (course_id, created_at DESC)
    `);
    await runner.query(`
      CREATE INDEX video_upload_receiving_touched_at_idx ON video_upload (touched_at) WHERE state = 'receiving'
    `);
    // Asked before bytes leave the disk: whose are they?
    await runner.query(`
      CREATE INDEX video_upload_sha256_idx ON video_upload (sha256) WHERE sha256 IS NOT NULL
    `);
    // What the job makes of an upload; failure is the code of a sentence that the author reads. made: digests
    // of files that a run has put into the file store, or is about to, while no draft refers to them.
    await runner.query(`
      CREATE TABLE film (
        id          uuid PRIMARY KEY,
        upload_id   uuid NOT NULL,
        job_id      uuid NOT NULL,
        state       text NOT NULL,
        failure     text,
        params      jsonb NOT NULL DEFAULT '{}',
        made        text[] NOT NULL DEFAULT '{}',
        created_at  timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT film_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES video_upload (id),
        CONSTRAINT film_upload_id_key UNIQUE (upload_id),
        CONSTRAINT film_state_known CHECK (state IN ('working', 'placed', 'failed')),
        CONSTRAINT film_failure_of_failed CHECK ((failure IS NOT NULL) = (state = 'failed')),
        CONSTRAINT film_finished_at_of_ended CHECK ((finished_at IS NULL) = (state = 'working'))
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE film`);
    await runner.query(`DROP TABLE video_upload`);
  }
}
