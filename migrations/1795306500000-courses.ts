import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Published versions of courses, modules whose id outlives a version, videos and the public files beside them.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Courses1795306500000 implements MigrationInterface {
  name = 'Courses1795306500000';

  async up(runner: QueryRunner): Promise<void> {
    // One public file of a bundle; a bundle's name is a digest of all its files, so an address never changes its content.
    await runner.query(`
      CREATE TABLE media_file (
        bundle text NOT NULL,
        path   text NOT NULL,
        sha256 text NOT NULL,
        bytes  integer NOT NULL,
        CONSTRAINT media_file_pkey PRIMARY KEY (bundle, path),
        CONSTRAINT media_file_bundle_digest CHECK (bundle ~ '^[0-9a-f]{64}$'),
        CONSTRAINT media_file_sha256_digest CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        CONSTRAINT media_file_bytes_whole CHECK (bytes >= 0)
      )
    `);
    // Progress hangs on the hash of the pictures and the sound: new captions make no new video.
    await runner.query(`
      CREATE TABLE video (
        id           uuid PRIMARY KEY,
        hash         text NOT NULL,
        duration_ms  integer NOT NULL,
        bundle       text NOT NULL,
        master       text NOT NULL,
        poster       jsonb NOT NULL,
        renditions   jsonb NOT NULL,
        audio_only   jsonb NOT NULL,
        audio_tracks jsonb NOT NULL,
        captions     jsonb NOT NULL,
        created_at   timestamptz NOT NULL,
        CONSTRAINT video_hash_key UNIQUE (hash),
        CONSTRAINT video_duration_ms_positive CHECK (duration_ms > 0)
      )
    `);
    await runner.query(`
      CREATE TABLE course_version (
        id           uuid PRIMARY KEY,
        course_id    uuid NOT NULL,
        number       integer NOT NULL,
        status       text NOT NULL,
        digest       text NOT NULL,
        document     jsonb NOT NULL,
        published_at timestamptz NOT NULL,
        CONSTRAINT course_version_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT course_version_course_id_number_key UNIQUE (course_id, number),
        CONSTRAINT course_version_status_known CHECK (status IN ('published', 'retired'))
      )
    `);
    await runner.query(`
      CREATE UNIQUE INDEX course_version_course_id_published_key ON course_version (course_id) WHERE status = 'published'
    `);
    await runner.query(`
      CREATE FUNCTION course_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.course_id, NEW.number, NEW.digest, NEW.document, NEW.published_at)
           IS DISTINCT FROM (OLD.id, OLD.course_id, OLD.number, OLD.digest, OLD.document, OLD.published_at) THEN
          RAISE EXCEPTION 'a published version never changes' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        RETURN NEW;
      END $$
    `);
    await runner.query(`
      CREATE TRIGGER course_version_immutable BEFORE UPDATE ON course_version
      FOR EACH ROW EXECUTE FUNCTION course_version_is_immutable()
    `);
    // A module keeps its id from version to version; it belongs to the newest that has it.
    await runner.query(`
      CREATE TABLE module (
        id              uuid PRIMARY KEY,
        course_id       uuid NOT NULL,
        slug            text NOT NULL,
        position        integer NOT NULL,
        version_id      uuid NOT NULL,
        video_id        uuid,
        watched_percent smallint NOT NULL,
        has_quiz        boolean NOT NULL,
        CONSTRAINT module_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT module_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version (id),
        CONSTRAINT module_video_id_fkey FOREIGN KEY (video_id) REFERENCES video (id),
        CONSTRAINT module_slug_key UNIQUE (slug),
        CONSTRAINT module_watched_percent_range CHECK (watched_percent BETWEEN 1 AND 100)
      )
    `);
    await runner.query(`CREATE INDEX module_version_id_idx ON module (version_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['module', 'course_version', 'video', 'media_file'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP FUNCTION course_version_is_immutable`);
  }
}
