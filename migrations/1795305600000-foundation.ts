import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every feature leans on: jobs, the sealed audit log, stored files, idempotency keys, shared limits.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Foundation1795305600000 implements MigrationInterface {
  name = 'Foundation1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    // Trusted since PostgreSQL 13: the owner of the database may create it. Exclusion over (uuid, range) needs it.
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await runner.query(`
      CREATE TABLE organisation (
        id         uuid PRIMARY KEY,
        slug       text NOT NULL,
        kind       text NOT NULL,
        name_fr    text NOT NULL,
        name_ar    text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT organisation_slug_key UNIQUE (slug),
        CONSTRAINT organisation_kind_known CHECK (kind IN ('agency', 'operator', 'chamber', 'cooperative', 'partner', 'training-provider'))
      )
    `);
    await runner.query(`
      CREATE TABLE job (
        id             uuid PRIMARY KEY,
        kind           text NOT NULL,
        payload        jsonb NOT NULL DEFAULT '{}',
        dedupe_key     text,
        state          text NOT NULL DEFAULT 'queued',
        attempts       integer NOT NULL DEFAULT 0,
        max_attempts   integer NOT NULL DEFAULT 5,
        run_after      timestamptz NOT NULL DEFAULT now(),
        lease_until    timestamptz,
        lease_token    uuid,
        progress_done  integer NOT NULL DEFAULT 0,
        progress_total integer,
        result         jsonb,
        error          text,
        requested_by   uuid,
        created_at     timestamptz NOT NULL DEFAULT now(),
        finished_at    timestamptz,
        CONSTRAINT job_state_known CHECK (state IN ('queued', 'running', 'done', 'dead')),
        CONSTRAINT job_attempts_within CHECK (attempts >= 0 AND attempts <= max_attempts),
        CONSTRAINT job_lease_of_running CHECK ((state = 'running') = (lease_token IS NOT NULL AND lease_until IS NOT NULL)),
        CONSTRAINT job_finish_of_ended CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
      )
    `);
    await runner.query(
      `CREATE UNIQUE INDEX job_kind_dedupe_key_live_key ON job (kind, dedupe_key) WHERE state IN ('queued', 'running')`,
    );
    await runner.query(`CREATE INDEX job_run_after_queued_idx ON job (run_after) WHERE state = 'queued'`);
    await runner.query(
      `CREATE INDEX job_lease_until_running_idx ON job (lease_until) WHERE state = 'running'`,
    );
    await runner.query(`
      CREATE TABLE audit_block (
        n             bigint PRIMARY KEY,
        first_seq     bigint NOT NULL,
        last_seq      bigint NOT NULL,
        previous_hash bytea NOT NULL,
        hash          bytea NOT NULL,
        key_id        text NOT NULL,
        signature     bytea NOT NULL,
        sealed_at     timestamptz NOT NULL,
        CONSTRAINT audit_block_span CHECK (last_seq >= first_seq)
      )
    `);
    await runner.query(`
      CREATE TABLE audit_event (
        seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at              timestamptz NOT NULL,
        actor_kind      text NOT NULL,
        actor_id        uuid,
        action          text NOT NULL,
        subject_kind    text NOT NULL,
        subject_id      text NOT NULL,
        organisation_id uuid,
        request_id      text,
        facts           jsonb NOT NULL DEFAULT '{}',
        CONSTRAINT audit_event_actor_kind_known CHECK (actor_kind IN ('staff', 'person', 'system'))
      )
    `);
    await runner.query(`
      CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'The audit log is append-only' USING ERRCODE = 'insufficient_privilege';
      END $$
    `);
    for (const table of ['audit_event', 'audit_block']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
      `);
    }
    await runner.query(`
      CREATE TABLE stored_file (
        hash       text PRIMARY KEY,
        bytes      bigint NOT NULL,
        media_type text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT stored_file_hash_is_sha256 CHECK (hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT stored_file_bytes_positive CHECK (bytes >= 0)
      )
    `);
    await runner.query(`
      CREATE TABLE idempotency_key (
        owner      text NOT NULL,
        route      text NOT NULL,
        key        text NOT NULL,
        body_hash  text NOT NULL,
        status     integer,
        media_type text,
        response   text,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_key_pkey PRIMARY KEY (owner, route, key)
      )
    `);
    await runner.query(`CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at)`);
    // Counters only: losing them in a crash costs nobody more than a few extra tries.
    await runner.query(`
      CREATE UNLOGGED TABLE rate_limit (
        bucket       text NOT NULL,
        window_start timestamptz NOT NULL,
        hits         integer NOT NULL,
        CONSTRAINT rate_limit_pkey PRIMARY KEY (bucket, window_start)
      )
    `);
    await runner.query(`
      CREATE TABLE reference_load (
        name      text PRIMARY KEY,
        digest    text NOT NULL,
        loaded_at timestamptz NOT NULL
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'reference_load',
      'rate_limit',
      'idempotency_key',
      'stored_file',
      'audit_event',
      'audit_block',
      'job',
      'organisation',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query(`DROP FUNCTION audit_is_append_only`);
    await runner.query(`DROP EXTENSION btree_gist`);
  }
}
