import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a version was made from, file by file; who stays on an older version; drafts with every saved revision.
 * Locks: `course_version` for an instant (columns without a scan, a trigger). Reversible: yes, losing drafts and sources.
 */
export class CourseAuthoring1795307310000 implements MigrationInterface {
  name = 'CourseAuthoring1795307310000';

  async up(runner: QueryRunner): Promise<void> {
    await this.sources(runner);
    await this.staying(runner);
    await this.drafts(runner);
  }

  private async sources(runner: QueryRunner): Promise<void> {
    // Texts and drawings of the courses by their content; rendered media stay in the file store.
    await runner.query(`
      CREATE TABLE course_file (
        sha256  text PRIMARY KEY,
        content bytea NOT NULL,
        CONSTRAINT course_file_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$')
      )
    `);
    await runner.query(`
      ALTER TABLE course_version
        ADD COLUMN files jsonb,
        ADD COLUMN origin text NOT NULL DEFAULT 'files',
        ADD COLUMN published_by uuid,
        ADD CONSTRAINT course_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES account (id),
        ADD CONSTRAINT course_version_origin_known CHECK (origin IN ('files', 'browser'))
    `);
    await runner.query(`
      CREATE OR REPLACE FUNCTION course_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          RAISE EXCEPTION 'a published version is never deleted' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        IF (to_jsonb(NEW) - 'status') IS DISTINCT FROM (to_jsonb(OLD) - 'status') THEN
          RAISE EXCEPTION 'a published version never changes' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        IF OLD.status = 'retired' AND NEW.status <> 'retired' THEN
          RAISE EXCEPTION 'a retired version stays retired' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        RETURN NEW;
      END $$
    `);
    await runner.query(`
      CREATE TRIGGER course_version_kept BEFORE DELETE ON course_version
      FOR EACH ROW EXECUTE FUNCTION course_version_is_immutable()
    `);
  }

  private async staying(runner: QueryRunner): Promise<void> {
    // Whoever had begun a course when the next version came, until moved. Everybody else follows what is published.
    await runner.query(`
      CREATE TABLE course_stay (
        person_id  uuid NOT NULL,
        course_id  uuid NOT NULL,
        version_id uuid NOT NULL,
        since      timestamptz NOT NULL,
        CONSTRAINT course_stay_pkey PRIMARY KEY (person_id, course_id),
        CONSTRAINT course_stay_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT course_stay_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT course_stay_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version (id)
      )
    `);
    await runner.query(`CREATE INDEX course_stay_version_id_idx ON course_stay (version_id)`);
  }

  private async drafts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course_draft (
        id              uuid PRIMARY KEY,
        course_id       uuid NOT NULL,
        base_version_id uuid,
        revision        integer NOT NULL,
        opened_by       uuid,
        opened_at       timestamptz NOT NULL,
        closed_at       timestamptz,
        closed_as       text,
        CONSTRAINT course_draft_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT course_draft_base_version_id_fkey FOREIGN KEY (base_version_id) REFERENCES course_version (id),
        CONSTRAINT course_draft_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES account (id),
        CONSTRAINT course_draft_closed_as_known CHECK (closed_as IN ('published', 'discarded')),
        CONSTRAINT course_draft_closed_whole CHECK ((closed_at IS NULL) = (closed_as IS NULL))
      )
    `);
    await runner.query(
      `CREATE UNIQUE INDEX course_draft_course_id_open_key ON course_draft (course_id) WHERE closed_at IS NULL`,
    );
    // The content of a path at revision n is the row with the greatest revision up to n; no digest: the file is gone.
    await runner.query(`
      CREATE TABLE course_draft_file (
        draft_id uuid NOT NULL,
        path     text NOT NULL,
        revision integer NOT NULL,
        sha256   text,
        bytes    integer NOT NULL,
        CONSTRAINT course_draft_file_pkey PRIMARY KEY (draft_id, path, revision),
        CONSTRAINT course_draft_file_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES course_draft (id)
      )
    `);
    // kept: the fragment of somebody who saved second, so that nothing typed is ever lost.
    await runner.query(`
      CREATE TABLE course_revision (
        draft_id   uuid NOT NULL,
        number     integer NOT NULL,
        kind       text NOT NULL,
        account_id uuid,
        at         timestamptz NOT NULL,
        file       text,
        part       text,
        kept       text,
        CONSTRAINT course_revision_pkey PRIMARY KEY (draft_id, number),
        CONSTRAINT course_revision_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES course_draft (id),
        CONSTRAINT course_revision_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT course_revision_kind_known CHECK (kind IN ('open', 'edit', 'files', 'restore', 'conflict')),
        CONSTRAINT course_revision_kept_of_conflict CHECK ((kind = 'conflict') = (kept IS NOT NULL))
      )
    `);
    // Files that changed in the folder while the published version came from the browser: somebody decides.
    await runner.query(`
      CREATE TABLE course_pending (
        course_id  uuid PRIMARY KEY,
        files      jsonb NOT NULL,
        arrived_at timestamptz NOT NULL,
        CONSTRAINT course_pending_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'course_pending',
      'course_revision',
      'course_draft_file',
      'course_draft',
      'course_stay',
      'course_file',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP TRIGGER course_version_kept ON course_version`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION course_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.course_id, NEW.number, NEW.digest, NEW.document, NEW.published_at)
           IS DISTINCT FROM (OLD.id, OLD.course_id, OLD.number, OLD.digest, OLD.document, OLD.published_at) THEN
          RAISE EXCEPTION 'a published version never changes' USING ERRCODE = '23514', CONSTRAINT = 'course_version_immutable';
        END IF;
        RETURN NEW;
      END $$
    `);
    await runner.query(
      `ALTER TABLE course_version DROP COLUMN files, DROP COLUMN origin, DROP COLUMN published_by`,
    );
  }
}
