import type { MigrationInterface, QueryRunner } from 'typeorm';

const COPY = `
        given_fr        text,
        family_fr       text,
        given_ar        text,
        family_ar       text,
        gender          text NOT NULL,
        birth_year      smallint,
        commune_code    text,
        city_slug       text,
        category        text,
        sector          text,
        language        text NOT NULL`;

/**
 * People whom an organisation names for a campaign before they have spoken for themselves, and the imports that name
 * them. A person who is only nominated has a status of their own: every read of active people leaves them out. What the
 * organisation wrote of them is kept with the nomination, so that naming somebody shows nothing of what others know.
 * Rows of a file are kept until the import can no longer be undone; the import itself stays, with counts and no names.
 * Locks: the check on `person` is read through once under ACCESS EXCLUSIVE. Reversible: yes, losing the nominated.
 */
export class Nominations1795308300000 implements MigrationInterface {
  name = 'Nominations1795308300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person
        DROP CONSTRAINT person_status_known,
        ADD CONSTRAINT person_status_known CHECK (status IN ('pending', 'active', 'nominated'))
    `);
    await runner.query(`
      CREATE TABLE people_import (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        campaign_id     uuid NOT NULL,
        account_id      uuid,
        state           text NOT NULL,
        header          jsonb NOT NULL,
        columns         jsonb NOT NULL,
        creates         integer NOT NULL,
        updates         integer NOT NULL,
        sames           integer NOT NULL,
        errors          integer NOT NULL,
        created_at      timestamptz NOT NULL,
        applied_at      timestamptz,
        undone_at       timestamptz,
        CONSTRAINT people_import_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT people_import_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT people_import_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT people_import_state_known CHECK (state IN ('preview', 'applied', 'undone', 'kept', 'lapsed')),
        CONSTRAINT people_import_applied_at_of_applied CHECK ((state IN ('applied', 'undone', 'kept')) = (applied_at IS NOT NULL)),
        CONSTRAINT people_import_undone_at_of_undone CHECK ((state = 'undone') = (undone_at IS NOT NULL))
      )
    `);
    await runner.query(
      `CREATE INDEX people_import_campaign_id_idx ON people_import (campaign_id, created_at DESC)`,
    );
    await runner.query(
      `CREATE INDEX people_import_open_idx ON people_import (created_at) WHERE state IN ('preview', 'applied', 'undone')`,
    );
    await runner.query(`
      CREATE TABLE people_import_row (
        import_id uuid NOT NULL,
        n         integer NOT NULL,
        cells     jsonb NOT NULL,
        outcome   text NOT NULL,
        problems  jsonb NOT NULL,
        notes     jsonb NOT NULL,
        done      jsonb,
        CONSTRAINT people_import_row_pkey PRIMARY KEY (import_id, n),
        CONSTRAINT people_import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES people_import (id) ON DELETE CASCADE,
        CONSTRAINT people_import_row_outcome_known CHECK (outcome IN ('create', 'update', 'same', 'error'))
      )
    `);
    await runner.query(`
      CREATE TABLE nomination (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        campaign_id     uuid NOT NULL,
        person_id       uuid NOT NULL,
        phone_id        uuid NOT NULL,
        import_id       uuid,${COPY},
        created_at      timestamptz NOT NULL,
        CONSTRAINT nomination_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT nomination_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT nomination_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT nomination_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone (id),
        CONSTRAINT nomination_import_id_fkey FOREIGN KEY (import_id) REFERENCES people_import (id),
        CONSTRAINT nomination_commune_code_fkey FOREIGN KEY (commune_code) REFERENCES commune (code),
        CONSTRAINT nomination_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city (slug),
        CONSTRAINT nomination_campaign_id_person_id_key UNIQUE (campaign_id, person_id),
        CONSTRAINT nomination_has_a_name CHECK ((given_fr IS NOT NULL AND family_fr IS NOT NULL) OR (given_ar IS NOT NULL AND family_ar IS NOT NULL))
      )
    `);
    await runner.query(`CREATE INDEX nomination_person_id_idx ON nomination (person_id)`);
    await runner.query(`CREATE INDEX nomination_phone_id_idx ON nomination (phone_id)`);
    await runner.query(`CREATE INDEX nomination_import_id_idx ON nomination (import_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['nomination', 'people_import_row', 'people_import'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DELETE FROM person WHERE status = 'nominated'`);
    await runner.query(`
      ALTER TABLE person
        DROP CONSTRAINT person_status_known,
        ADD CONSTRAINT person_status_known CHECK (status IN ('pending', 'active'))
    `);
  }
}
