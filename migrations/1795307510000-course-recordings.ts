import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Recordings of the cards and questions of the courses, beside their versions.
 * Locks: none held, the table is new. Reversible: yes, losing the rows; the sounds stay in the file store.
 */
export class CourseRecordings1795307510000 implements MigrationInterface {
  name = 'CourseRecordings1795307510000';

  async up(runner: QueryRunner): Promise<void> {
    // `serial` never repeats: with the number of rows it tells every process whether anything has changed.
    await runner.query(`
      CREATE TABLE course_recording (
        id          uuid PRIMARY KEY,
        serial      bigint GENERATED ALWAYS AS IDENTITY,
        course_id   uuid NOT NULL,
        line        text NOT NULL,
        lang        text NOT NULL,
        words       text NOT NULL,
        speaker     text NOT NULL,
        bundle      text NOT NULL,
        bytes       integer NOT NULL,
        duration_ms integer NOT NULL,
        recorded_by uuid,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT course_recording_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT course_recording_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account (id),
        CONSTRAINT course_recording_words_key UNIQUE (course_id, line, lang, words),
        CONSTRAINT course_recording_serial_key UNIQUE (serial),
        CONSTRAINT course_recording_lang_known CHECK (lang IN ('fr', 'ar', 'ary', 'rif', 'zgh')),
        CONSTRAINT course_recording_speaker_known CHECK (speaker IN ('person', 'synthetic')),
        CONSTRAINT course_recording_words_shape CHECK (words ~ '^[0-9a-f]{64}$'),
        CONSTRAINT course_recording_bundle_shape CHECK (bundle ~ '^[0-9a-f]{64}$'),
        CONSTRAINT course_recording_sound_positive CHECK (bytes > 0 AND duration_ms > 0)
      )
    `);
    await runner.query(`CREATE INDEX course_recording_recorded_by_idx ON course_recording (recorded_by)`);
    await runner.query(`CREATE INDEX course_recording_bundle_idx ON course_recording (bundle)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE course_recording`);
  }
}
