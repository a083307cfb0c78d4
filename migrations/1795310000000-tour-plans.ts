import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The city where a team's road begins and ends, and plans of tours: what was asked, and what was found or put right by
 * hand until it is saved as stops.
 * Locks: the team table for a moment; the column is empty. Reversible: yes; plans that were not saved are lost.
 */
export class TourPlans1795310000000 implements MigrationInterface {
  name = 'TourPlans1795310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE team ADD COLUMN home_city text REFERENCES city (slug)`);
    await runner.query(`
      CREATE TABLE tour_plan (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        tour_id uuid NOT NULL REFERENCES tour (id),
        job_id uuid,
        wanted jsonb NOT NULL,
        found jsonb,
        placements jsonb,
        revision integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        saved_at timestamptz,
        CONSTRAINT tour_plan_placed_when_found CHECK ((found IS NULL) = (placements IS NULL)),
        CONSTRAINT tour_plan_found_before_saved CHECK (saved_at IS NULL OR found IS NOT NULL)
      )
    `);
    await runner.query(`CREATE INDEX tour_plan_tour_id_created_at_idx ON tour_plan (tour_id, created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE tour_plan`);
    await runner.query(`ALTER TABLE team DROP COLUMN home_city`);
  }
}
