import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Practice shops: the scenarios as they were read, who plays which, and what they did. The state of a shop is not
 * stored; it is computed from these.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Practice1795307100000 implements MigrationInterface {
  name = 'Practice1795307100000';

  async up(runner: QueryRunner): Promise<void> {
    // A scenario never changes under a shop that plays it: a changed file is another row.
    await runner.query(`
      CREATE TABLE practice_scenario (
        digest    text NOT NULL,
        slug      text NOT NULL,
        document  jsonb NOT NULL,
        loaded_at timestamptz NOT NULL,
        CONSTRAINT practice_scenario_pkey PRIMARY KEY (digest),
        CONSTRAINT practice_scenario_digest_shape CHECK (digest ~ '^[0-9a-f]{64}$')
      )
    `);
    // number counts a person's tries at one scenario, from 1; the greatest is the one they play.
    await runner.query(`
      CREATE TABLE practice_shop (
        id            uuid NOT NULL,
        code          text NOT NULL,
        person_id     uuid NOT NULL,
        scenario_slug text NOT NULL,
        digest        text NOT NULL,
        number        smallint NOT NULL,
        seed          integer NOT NULL,
        opened_at     timestamptz NOT NULL,
        CONSTRAINT practice_shop_pkey PRIMARY KEY (id),
        CONSTRAINT practice_shop_code_key UNIQUE (code),
        CONSTRAINT practice_shop_person_id_scenario_slug_number_key UNIQUE (person_id, scenario_slug, number),
        CONSTRAINT practice_shop_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT practice_shop_digest_fkey FOREIGN KEY (digest) REFERENCES practice_scenario (digest),
        CONSTRAINT practice_shop_number_positive CHECK (number > 0)
      )
    `);
    // at_minute is simulated; no two deeds of a shop share one, so their order is never in doubt.
    await runner.query(`
      CREATE TABLE practice_action (
        shop_id   uuid NOT NULL,
        id        uuid NOT NULL,
        at_minute integer NOT NULL,
        deed      jsonb NOT NULL,
        done_at   timestamptz NOT NULL,
        CONSTRAINT practice_action_pkey PRIMARY KEY (shop_id, id),
        CONSTRAINT practice_action_shop_id_at_minute_key UNIQUE (shop_id, at_minute),
        CONSTRAINT practice_action_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES practice_shop (id) ON DELETE CASCADE,
        CONSTRAINT practice_action_at_minute_positive CHECK (at_minute >= 0)
      )
    `);
    await runner.query(`CREATE INDEX practice_shop_digest_idx ON practice_shop (digest)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['practice_action', 'practice_shop', 'practice_scenario'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
