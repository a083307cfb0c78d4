import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What phones said of watching (raw), what is credited of it, and quiz attempts.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Learning1795306510000 implements MigrationInterface {
  name = 'Learning1795306510000';

  async up(runner: QueryRunner): Promise<void> {
    // Derived from progress_event by one pure function; milliseconds, half-open. claimed holds watched.
    await runner.query(`
      CREATE TABLE video_progress (
        person_id     uuid NOT NULL,
        video_id      uuid NOT NULL,
        watched       int4multirange NOT NULL,
        claimed       int4multirange NOT NULL,
        position_ms   integer NOT NULL,
        last_event_at timestamptz NOT NULL,
        last_event_id uuid NOT NULL,
        CONSTRAINT video_progress_pkey PRIMARY KEY (person_id, video_id),
        CONSTRAINT video_progress_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT video_progress_video_id_fkey FOREIGN KEY (video_id) REFERENCES video (id),
        CONSTRAINT video_progress_watched_was_claimed CHECK (watched <@ claimed),
        CONSTRAINT video_progress_position_ms_whole CHECK (position_ms >= 0)
      ) WITH (fillfactor = 80)
    `);
    // The id is the phone's own: a person cannot take another's. "at" is the phone's time, placed on the server's clock.
    await runner.query(`
      CREATE TABLE progress_event (
        person_id   uuid NOT NULL,
        video_id    uuid NOT NULL,
        id          uuid NOT NULL,
        at          timestamptz NOT NULL,
        body        jsonb NOT NULL,
        received_at timestamptz NOT NULL,
        CONSTRAINT progress_event_pkey PRIMARY KEY (person_id, video_id, id),
        CONSTRAINT progress_event_person_id_video_id_fkey FOREIGN KEY (person_id, video_id)
          REFERENCES video_progress (person_id, video_id) ON DELETE CASCADE
      )
    `);
    await runner.query(`
      CREATE TABLE quiz_attempt (
        person_id   uuid NOT NULL,
        id          uuid NOT NULL,
        module_id   uuid NOT NULL,
        version_id  uuid NOT NULL,
        answers     jsonb NOT NULL,
        score       smallint NOT NULL,
        max         smallint NOT NULL,
        passed      boolean NOT NULL,
        at          timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        CONSTRAINT quiz_attempt_pkey PRIMARY KEY (person_id, id),
        CONSTRAINT quiz_attempt_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT quiz_attempt_module_id_fkey FOREIGN KEY (module_id) REFERENCES module (id),
        CONSTRAINT quiz_attempt_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version (id),
        CONSTRAINT quiz_attempt_score_range CHECK (score BETWEEN 0 AND max AND max > 0),
        CONSTRAINT quiz_attempt_at_not_future CHECK (at <= received_at)
      )
    `);
    await runner.query(`
      CREATE INDEX quiz_attempt_person_id_module_id_idx ON quiz_attempt (person_id, module_id) INCLUDE (passed, score, max)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['quiz_attempt', 'progress_event', 'video_progress'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
