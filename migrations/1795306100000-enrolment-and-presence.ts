import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seats, raw attendance events with the presence derived from them, and participation: one row per person and
 * session, which every indicator reads.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class EnrolmentAndPresence1795306100000 implements MigrationInterface {
  name = 'EnrolmentAndPresence1795306100000';

  async up(runner: QueryRunner): Promise<void> {
    // during is the session's, kept equal by the foreign key, so that one person's own seats can exclude each other.
    await runner.query(`
      CREATE TABLE enrolment (
        id           uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        session_id   uuid NOT NULL,
        person_id    uuid NOT NULL,
        during       tstzmultirange NOT NULL,
        status       text NOT NULL,
        holds_seat   boolean GENERATED ALWAYS AS (status IN ('booked', 'offered')) STORED,
        waiting_no   integer,
        gender       text NOT NULL,
        birth_year   smallint,
        commune_code text,
        category     text,
        sector       text,
        enrolled_by  uuid,
        enrolled_at  timestamptz NOT NULL,
        status_at    timestamptz NOT NULL,
        CONSTRAINT enrolment_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT enrolment_session_fkey FOREIGN KEY (session_id, during) REFERENCES session (id, during) ON UPDATE CASCADE,
        CONSTRAINT enrolment_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT enrolment_status_known CHECK (status IN ('booked', 'offered', 'waiting', 'cancelled', 'declined', 'expired')),
        CONSTRAINT enrolment_waiting_no_of_waiting CHECK (status <> 'waiting' OR waiting_no IS NOT NULL),
        CONSTRAINT enrolment_one_place_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&) WHERE (holds_seat) DEFERRABLE INITIALLY IMMEDIATE
      )
    `);
    await runner.query(
      `CREATE UNIQUE INDEX enrolment_session_id_person_id_live_key ON enrolment (session_id, person_id) WHERE status IN ('booked', 'offered', 'waiting')`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX enrolment_session_id_waiting_no_key ON enrolment (session_id, waiting_no) WHERE waiting_no IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX enrolment_person_id_idx ON enrolment (person_id)`);
    await runner.query(`
      CREATE TABLE attendance_event (
        id          uuid PRIMARY KEY,
        session_id  uuid NOT NULL,
        device_id   text NOT NULL,
        recorded_by uuid,
        app_version text,
        sent_at     timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        skew_ms     bigint NOT NULL,
        body        jsonb NOT NULL,
        review      text,
        CONSTRAINT attendance_event_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id)
      )
    `);
    await runner.query(`CREATE INDEX attendance_event_session_id_idx ON attendance_event (session_id)`);
    await runner.query(`
      CREATE TABLE presence (
        person_id  uuid NOT NULL,
        unit_id    uuid NOT NULL,
        session_id uuid NOT NULL,
        state      text NOT NULL,
        event_id   uuid,
        minutes    smallint NOT NULL,
        after_close boolean NOT NULL DEFAULT false,
        CONSTRAINT presence_pkey PRIMARY KEY (person_id, unit_id),
        CONSTRAINT presence_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT presence_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id),
        CONSTRAINT presence_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT presence_state_known CHECK (state IN ('present', 'partial', 'absent')),
        CONSTRAINT presence_minutes_of_present CHECK (minutes >= 0 AND (state <> 'absent' OR minutes = 0))
      )
    `);
    await runner.query(`CREATE INDEX presence_session_id_idx ON presence (session_id)`);
    await runner.query(`
      CREATE TABLE participation (
        person_id        uuid NOT NULL,
        session_id       uuid NOT NULL,
        campaign_id      uuid NOT NULL,
        organisation_id  uuid NOT NULL,
        course_id        uuid NOT NULL,
        city_slug        text NOT NULL,
        gender           text NOT NULL,
        birth_year       smallint,
        commune_code     text,
        category         text,
        sector           text,
        booked           boolean NOT NULL DEFAULT false,
        units_attended   smallint NOT NULL DEFAULT 0,
        minutes_present  integer NOT NULL DEFAULT 0,
        completed_at     timestamptz,
        certified_at     timestamptz,
        CONSTRAINT participation_pkey PRIMARY KEY (person_id, session_id),
        CONSTRAINT participation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT participation_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT participation_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT participation_attended_positive CHECK (units_attended >= 0 AND minutes_present >= 0)
      )
    `);
    await runner.query(`CREATE INDEX participation_campaign_id_idx ON participation (campaign_id)`);
    await runner.query(`CREATE INDEX participation_session_id_idx ON participation (session_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['participation', 'presence', 'attendance_event', 'enrolment'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
