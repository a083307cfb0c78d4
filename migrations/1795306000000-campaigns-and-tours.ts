import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Campaigns with agreements and courses; tours with teams, stops, venues, rooms; sessions and their units.
 * The clash rule lives in unit_resource: no trainer, room or kit item is in two live units at once.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class CampaignsAndTours1795306000000 implements MigrationInterface {
  name = 'CampaignsAndTours1795306000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course (
        id              uuid PRIMARY KEY,
        organisation_id uuid,
        slug            text NOT NULL,
        position        integer NOT NULL,
        title_fr        text NOT NULL,
        title_ar        text NOT NULL,
        title_en        text,
        CONSTRAINT course_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT course_slug_key UNIQUE (slug)
      )
    `);
    await runner.query(`
      CREATE TABLE campaign (
        id                  uuid PRIMARY KEY,
        organisation_id     uuid NOT NULL,
        slug                text NOT NULL,
        name_fr             text NOT NULL,
        name_ar             text NOT NULL,
        name_en             text NOT NULL,
        summary_fr          text NOT NULL,
        summary_ar          text NOT NULL,
        summary_en          text NOT NULL,
        starts_on           date NOT NULL,
        ends_on             date NOT NULL,
        enrolment_opens_at  timestamptz,
        enrolment_closes_at timestamptz,
        attendance_share    smallint NOT NULL DEFAULT 80,
        quiz_share          smallint NOT NULL DEFAULT 60,
        support_phone       text NOT NULL,
        cndp_number         text,
        created_at          timestamptz NOT NULL,
        archived_at         timestamptz,
        CONSTRAINT campaign_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT campaign_slug_key UNIQUE (slug),
        CONSTRAINT campaign_slug_shape CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        CONSTRAINT campaign_dates_in_order CHECK (ends_on >= starts_on),
        CONSTRAINT campaign_enrolment_in_order CHECK (enrolment_closes_at > enrolment_opens_at),
        CONSTRAINT campaign_attendance_share_percent CHECK (attendance_share BETWEEN 0 AND 100),
        CONSTRAINT campaign_quiz_share_percent CHECK (quiz_share BETWEEN 0 AND 100)
      )
    `);
    await runner.query(`
      CREATE TABLE campaign_course (
        campaign_id uuid NOT NULL,
        course_id   uuid NOT NULL,
        position    integer NOT NULL,
        CONSTRAINT campaign_course_pkey PRIMARY KEY (campaign_id, course_id),
        CONSTRAINT campaign_course_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT campaign_course_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id)
      )
    `);
    await runner.query(`
      CREATE TABLE agreement (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        campaign_id     uuid NOT NULL,
        funder_id       uuid NOT NULL,
        reference       text NOT NULL,
        objectives_fr   text NOT NULL,
        objectives_ar   text NOT NULL,
        amount_centimes bigint NOT NULL,
        signed_on       date NOT NULL,
        starts_on       date NOT NULL,
        ends_on         date NOT NULL,
        CONSTRAINT agreement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT agreement_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT agreement_funder_id_fkey FOREIGN KEY (funder_id) REFERENCES organisation (id),
        CONSTRAINT agreement_amount_positive CHECK (amount_centimes > 0),
        CONSTRAINT agreement_period_in_order CHECK (ends_on >= starts_on)
      )
    `);
    await runner.query(`CREATE INDEX agreement_campaign_id_idx ON agreement (campaign_id)`);
    await runner.query(`CREATE INDEX agreement_funder_id_idx ON agreement (funder_id)`);
    await runner.query(`
      CREATE TABLE venue (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        city_slug       text NOT NULL,
        name_fr         text NOT NULL,
        name_ar         text NOT NULL,
        landmark_fr     text NOT NULL DEFAULT '',
        landmark_ar     text NOT NULL DEFAULT '',
        wheelchair      boolean NOT NULL DEFAULT false,
        CONSTRAINT venue_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT venue_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city (slug)
      )
    `);
    await runner.query(`CREATE INDEX venue_city_slug_idx ON venue (city_slug)`);
    await runner.query(`
      CREATE TABLE room (
        id       uuid PRIMARY KEY,
        venue_id uuid NOT NULL,
        name_fr  text NOT NULL,
        name_ar  text NOT NULL,
        capacity integer NOT NULL,
        CONSTRAINT room_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venue (id),
        CONSTRAINT room_capacity_positive CHECK (capacity > 0)
      )
    `);
    await runner.query(`CREATE INDEX room_venue_id_idx ON room (venue_id)`);
    await runner.query(`
      CREATE TABLE tour (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        campaign_id     uuid NOT NULL,
        name_fr         text NOT NULL,
        name_ar         text NOT NULL,
        CONSTRAINT tour_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT tour_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id)
      )
    `);
    await runner.query(`CREATE INDEX tour_campaign_id_idx ON tour (campaign_id)`);
    await runner.query(`
      CREATE TABLE team (
        id       uuid PRIMARY KEY,
        tour_id  uuid NOT NULL,
        name     text NOT NULL,
        CONSTRAINT team_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour (id),
        CONSTRAINT team_tour_id_name_key UNIQUE (tour_id, name)
      )
    `);
    await runner.query(`
      CREATE TABLE team_trainer (
        team_id    uuid NOT NULL,
        account_id uuid NOT NULL,
        CONSTRAINT team_trainer_pkey PRIMARY KEY (team_id, account_id),
        CONSTRAINT team_trainer_team_id_fkey FOREIGN KEY (team_id) REFERENCES team (id),
        CONSTRAINT team_trainer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
      )
    `);
    await runner.query(`
      CREATE TABLE stop (
        id         uuid PRIMARY KEY,
        tour_id    uuid NOT NULL,
        team_id    uuid NOT NULL,
        city_slug  text NOT NULL,
        local_date date NOT NULL,
        CONSTRAINT stop_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES tour (id),
        CONSTRAINT stop_team_id_fkey FOREIGN KEY (team_id) REFERENCES team (id),
        CONSTRAINT stop_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city (slug),
        CONSTRAINT stop_team_id_city_slug_local_date_key UNIQUE (team_id, city_slug, local_date)
      )
    `);
    await runner.query(`CREATE INDEX stop_tour_id_local_date_idx ON stop (tour_id, local_date)`);
    await this.sessions(runner);
  }

  private async sessions(runner: QueryRunner): Promise<void> {
    // seats_ceiling is the capacity plus what over-booking allows, or the seats already taken where that is more:
    // lowering the capacity never unseats anybody, and no write can pass the ceiling.
    await runner.query(`
      CREATE TABLE session (
        id                 uuid PRIMARY KEY,
        organisation_id    uuid NOT NULL,
        campaign_id        uuid NOT NULL,
        stop_id            uuid NOT NULL,
        course_id          uuid NOT NULL,
        venue_id           uuid,
        venue_note         text,
        language           text NOT NULL,
        status             text NOT NULL,
        during             tstzmultirange NOT NULL DEFAULT '{}',
        capacity           integer NOT NULL,
        seats_ceiling      integer NOT NULL,
        booked             integer NOT NULL DEFAULT 0,
        offered            integer NOT NULL DEFAULT 0,
        held               integer NOT NULL DEFAULT 0,
        waiting            integer NOT NULL DEFAULT 0,
        last_waiting_no    integer NOT NULL DEFAULT 0,
        soft_clash_reasons jsonb NOT NULL DEFAULT '{}',
        revision           integer NOT NULL DEFAULT 0,
        created_at         timestamptz NOT NULL,
        closed_at          timestamptz,
        cancelled_at       timestamptz,
        CONSTRAINT session_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT session_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT session_stop_id_fkey FOREIGN KEY (stop_id) REFERENCES stop (id),
        CONSTRAINT session_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT session_venue_id_fkey FOREIGN KEY (venue_id) REFERENCES venue (id),
        CONSTRAINT session_id_during_key UNIQUE (id, during),
        CONSTRAINT session_status_known CHECK (status IN ('planned', 'closed', 'cancelled')),
        CONSTRAINT session_language_known CHECK (language IN ('ar', 'fr', 'en')),
        CONSTRAINT session_capacity_positive CHECK (capacity > 0),
        CONSTRAINT session_counters_positive CHECK (booked >= 0 AND offered >= 0 AND held >= 0 AND waiting >= 0),
        CONSTRAINT session_seats_within_ceiling CHECK (booked + offered + held <= seats_ceiling),
        CONSTRAINT session_ceiling_covers_capacity CHECK (seats_ceiling >= capacity),
        CONSTRAINT session_closed_at_of_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
        CONSTRAINT session_cancelled_at_of_cancelled CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
      )
    `);
    await runner.query(`CREATE INDEX session_campaign_id_idx ON session (campaign_id)`);
    await runner.query(`CREATE INDEX session_stop_id_idx ON session (stop_id)`);
    await runner.query(`
      CREATE TABLE unit (
        id          uuid PRIMARY KEY,
        session_id  uuid NOT NULL,
        n           smallint NOT NULL,
        local_date  date NOT NULL,
        local_start time(0) NOT NULL,
        local_end   time(0) NOT NULL,
        zone        text NOT NULL,
        during      tstzrange NOT NULL,
        room_id     uuid,
        live        boolean NOT NULL DEFAULT true,
        CONSTRAINT unit_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT unit_room_id_fkey FOREIGN KEY (room_id) REFERENCES room (id),
        CONSTRAINT unit_session_id_n_key UNIQUE (session_id, n) DEFERRABLE INITIALLY IMMEDIATE,
        CONSTRAINT unit_id_during_live_key UNIQUE (id, during, live),
        CONSTRAINT unit_n_positive CHECK (n > 0),
        CONSTRAINT unit_within_a_day CHECK (local_end > local_start),
        CONSTRAINT unit_during_half_open CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during))
      )
    `);
    await runner.query(`CREATE INDEX unit_during_idx ON unit USING gist (during)`);
    // Deferrable: shifting two back-to-back sessions by an hour passes through an overlap inside one transaction.
    await runner.query(`
      CREATE TABLE unit_resource (
        unit_id       uuid NOT NULL,
        resource_id   uuid NOT NULL,
        resource_kind text NOT NULL,
        during        tstzrange NOT NULL,
        live          boolean NOT NULL,
        CONSTRAINT unit_resource_pkey PRIMARY KEY (unit_id, resource_id),
        CONSTRAINT unit_resource_unit_fkey FOREIGN KEY (unit_id, during, live) REFERENCES unit (id, during, live) ON UPDATE CASCADE ON DELETE CASCADE,
        CONSTRAINT unit_resource_kind_known CHECK (resource_kind IN ('trainer', 'room', 'kit')),
        CONSTRAINT unit_resource_one_place_at_a_time EXCLUDE USING gist (resource_id WITH =, during WITH &&) WHERE (live) DEFERRABLE INITIALLY IMMEDIATE
      )
    `);
    await runner.query(`CREATE INDEX unit_resource_resource_id_idx ON unit_resource (resource_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'unit_resource',
      'unit',
      'session',
      'stop',
      'team_trainer',
      'team',
      'tour',
      'room',
      'venue',
      'agreement',
      'campaign_course',
      'campaign',
      'course',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}
