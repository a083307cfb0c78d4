import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Secret addresses under which a calendar reads a trainer's or a tour's half-days, and when a session last changed,
 * which each of its events says.
 * Locks: the session table while its column is filled; it has some thousands of rows. Reversible: yes; addresses that
 * were given away end.
 */
export class CalendarFeeds1795308400000 implements MigrationInterface {
  name = 'CalendarFeeds1795308400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now()`);
    await runner.query(`UPDATE session SET changed_at = coalesce(cancelled_at, closed_at, created_at)`);
    await runner.query(`
      CREATE TABLE calendar_feed (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        kind text NOT NULL CONSTRAINT calendar_feed_kind_known CHECK (kind IN ('trainer', 'tour')),
        account_id uuid NOT NULL REFERENCES account (id),
        tour_id uuid REFERENCES tour (id),
        language text NOT NULL CONSTRAINT calendar_feed_language_known CHECK (language IN ('ar', 'fr', 'en')),
        created_at timestamptz NOT NULL,
        CONSTRAINT calendar_feed_tour_of_kind CHECK ((kind = 'tour') = (tour_id IS NOT NULL))
      )
    `);
    // One address each: a new one ends the old one.
    await runner.query(
      `CREATE UNIQUE INDEX calendar_feed_of_trainer ON calendar_feed (account_id) WHERE kind = 'trainer'`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX calendar_feed_of_tour ON calendar_feed (tour_id) WHERE kind = 'tour'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE calendar_feed`);
    await runner.query(`ALTER TABLE session DROP COLUMN changed_at`);
  }
}
