import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How long the watched and the claimed stretches are together, kept beside them: pages read it far more often than a
 * phone changes it.
 * Locks: rewrites video_progress, a table some days old. Reversible: yes.
 */
export class WatchedLength1795306520000 implements MigrationInterface {
  name = 'WatchedLength1795306520000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION stretches_length(stretches int4multirange) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN (SELECT coalesce(sum(upper(s) - lower(s)), 0)::integer FROM unnest(stretches) AS s)
    `);
    await runner.query(`
      ALTER TABLE video_progress
        ADD COLUMN watched_ms integer NOT NULL GENERATED ALWAYS AS (stretches_length(watched)) STORED,
        ADD COLUMN claimed_ms integer NOT NULL GENERATED ALWAYS AS (stretches_length(claimed)) STORED
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE video_progress DROP COLUMN claimed_ms, DROP COLUMN watched_ms`);
    await runner.query(`DROP FUNCTION stretches_length`);
  }
}
