import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How the dossiers of a call are chosen: the design with the draw's promise, who is eligible and why not, what scorers
 * gave, the published result and each later change of it. The promise is held here: a secret is published only where it
 * has the hash that was announced before the closing; nobody scores a dossier twice; a lease is one dossier a scorer.
 * Locks: new tables only. Reversible: yes, losing selections and their results.
 */
export class Selection1795309000000 implements MigrationInterface {
  name = 'Selection1795309000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE selection (
        call_id          uuid PRIMARY KEY,
        organisation_id  uuid NOT NULL,
        state            text NOT NULL,
        design           jsonb NOT NULL,
        revision         integer NOT NULL,
        hash             text,
        sealed           text,
        secret           text,
        announced_at     timestamptz,
        announced_before timestamptz,
        closed_at        timestamptz,
        published_at     timestamptz,
        created_at       timestamptz NOT NULL,
        changed_at       timestamptz NOT NULL,
        CONSTRAINT selection_call_id_fkey FOREIGN KEY (call_id) REFERENCES call (id),
        CONSTRAINT selection_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT selection_state_known CHECK (state IN ('draft', 'announced', 'closed', 'published')),
        CONSTRAINT selection_hash_of_announced CHECK ((state = 'draft') = (hash IS NULL) AND (hash IS NULL) = (sealed IS NULL)),
        CONSTRAINT selection_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT selection_announced_before_the_closing CHECK ((hash IS NULL) = (announced_at IS NULL)
          AND (announced_at IS NULL) = (announced_before IS NULL) AND announced_at < announced_before),
        CONSTRAINT selection_closed_at_of_closed CHECK ((state IN ('closed', 'published')) = (closed_at IS NOT NULL)),
        CONSTRAINT selection_published_at_of_published CHECK ((state = 'published') = (published_at IS NOT NULL)),
        CONSTRAINT selection_secret_of_published CHECK ((state = 'published') = (secret IS NOT NULL)),
        CONSTRAINT selection_secret_as_promised CHECK (encode(sha256(secret::bytea), 'hex') = hash)
      )
    `);
    await runner.query(`
      CREATE TABLE screening_dossier (
        application_id uuid PRIMARY KEY,
        call_id        uuid NOT NULL,
        n              integer NOT NULL,
        version        integer NOT NULL,
        eligible       boolean NOT NULL,
        reasons        jsonb NOT NULL,
        lease_account  uuid,
        lease_until    timestamptz,
        CONSTRAINT screening_dossier_application_id_fkey FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
        CONSTRAINT screening_dossier_call_id_fkey FOREIGN KEY (call_id) REFERENCES selection (call_id) ON DELETE CASCADE,
        CONSTRAINT screening_dossier_lease_account_fkey FOREIGN KEY (lease_account) REFERENCES account (id),
        CONSTRAINT screening_dossier_call_id_n_key UNIQUE (call_id, n),
        CONSTRAINT screening_dossier_call_id_lease_account_key UNIQUE (call_id, lease_account),
        CONSTRAINT screening_dossier_lease_whole CHECK ((lease_account IS NULL) = (lease_until IS NULL)),
        CONSTRAINT screening_dossier_reason_of_ineligible CHECK (eligible = (reasons = '[]'))
      )
    `);
    await runner.query(`
      CREATE TABLE screening_score (
        application_id uuid NOT NULL,
        slot           smallint NOT NULL,
        account_id     uuid NOT NULL,
        version        integer NOT NULL,
        scores         jsonb NOT NULL,
        points         integer NOT NULL,
        note           text,
        at             timestamptz NOT NULL,
        CONSTRAINT screening_score_pkey PRIMARY KEY (application_id, slot),
        CONSTRAINT screening_score_application_id_fkey FOREIGN KEY (application_id) REFERENCES screening_dossier (application_id) ON DELETE CASCADE,
        CONSTRAINT screening_score_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT screening_score_once_a_scorer UNIQUE (application_id, account_id),
        CONSTRAINT screening_score_slot_known CHECK (slot BETWEEN 1 AND 3)
      )
    `);
    await runner.query(`
      CREATE TABLE selection_result (
        application_id uuid PRIMARY KEY,
        call_id        uuid NOT NULL,
        n              integer NOT NULL,
        first_outcome  text NOT NULL,
        outcome        text NOT NULL,
        rank           integer,
        reserve_rank   integer,
        points         integer,
        draw           text,
        code           text,
        quota          text,
        reasons        jsonb NOT NULL,
        CONSTRAINT selection_result_application_id_fkey FOREIGN KEY (application_id) REFERENCES application (id),
        CONSTRAINT selection_result_call_id_fkey FOREIGN KEY (call_id) REFERENCES selection (call_id),
        CONSTRAINT selection_result_call_id_n_key UNIQUE (call_id, n),
        CONSTRAINT selection_result_call_id_rank_key UNIQUE (call_id, rank),
        CONSTRAINT selection_result_call_id_reserve_rank_key UNIQUE (call_id, reserve_rank),
        CONSTRAINT selection_result_outcomes_known CHECK (outcome IN ('selected', 'reserve', 'not-selected')
          AND first_outcome IN ('selected', 'reserve', 'not-selected')),
        CONSTRAINT selection_result_ranked_whole CHECK ((rank IS NULL) = (points IS NULL) AND (rank IS NULL) = (draw IS NULL)),
        CONSTRAINT selection_result_only_ranked_is_chosen CHECK (rank IS NOT NULL OR first_outcome = 'not-selected'),
        CONSTRAINT selection_result_reserve_has_rank CHECK ((first_outcome = 'reserve') = (reserve_rank IS NOT NULL)),
        CONSTRAINT selection_result_refusal_has_code CHECK (first_outcome <> 'not-selected' OR code IS NOT NULL)
      )
    `);
    await runner.query(`
      CREATE TABLE selection_change (
        call_id        uuid NOT NULL,
        k              integer NOT NULL,
        application_id uuid NOT NULL,
        at             timestamptz NOT NULL,
        account_id     uuid NOT NULL,
        from_outcome   text NOT NULL,
        to_outcome     text NOT NULL,
        code           text NOT NULL,
        note           text,
        CONSTRAINT selection_change_pkey PRIMARY KEY (call_id, k),
        CONSTRAINT selection_change_application_id_fkey FOREIGN KEY (application_id) REFERENCES selection_result (application_id),
        CONSTRAINT selection_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT selection_change_changes CHECK (from_outcome <> to_outcome),
        CONSTRAINT selection_change_code_known CHECK (code IN ('withdrew', 'no-longer-eligible', 'entry-error',
          'appeal-upheld', 'place-freed', 'place-added'))
      )
    `);
    await runner.query(
      `CREATE INDEX selection_change_application_id_idx ON selection_change (application_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'selection_change',
      'selection_result',
      'screening_score',
      'screening_dossier',
      'selection',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
