import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Real-world tasks: what a person handed in for an exercise, and what was decided, step by step.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Tasks1795307410000 implements MigrationInterface {
  name = 'Tasks1795307410000';

  async up(runner: QueryRunner): Promise<void> {
    // state and changed_at are those of its latest step: what the review queue is sorted and filtered by.
    await runner.query(`
      CREATE TABLE task (
        id         uuid NOT NULL,
        person_id  uuid NOT NULL,
        course_id  uuid NOT NULL,
        module_id  uuid NOT NULL,
        block      text NOT NULL,
        state      text NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT task_pkey PRIMARY KEY (id),
        CONSTRAINT task_person_id_module_id_block_key UNIQUE (person_id, module_id, block),
        CONSTRAINT task_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT task_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT task_module_id_fkey FOREIGN KEY (module_id) REFERENCES module (id),
        CONSTRAINT task_state_known CHECK (state IN ('handed-in', 'accepted', 'returned'))
      )
    `);
    await runner.query(`CREATE INDEX task_state_changed_at_id_idx ON task (state, changed_at, id)`);
    // The id of what is handed in is the sender's own: sent twice, it is one step. Steps are only added.
    await runner.query(`
      CREATE TABLE task_step (
        task_id    uuid NOT NULL,
        id         uuid NOT NULL,
        n          integer NOT NULL,
        kind       text NOT NULL,
        at         timestamptz NOT NULL,
        version_id uuid,
        proof      text,
        link       text,
        photo      text,
        note       text,
        of_step    uuid,
        reason     text,
        account_id uuid,
        CONSTRAINT task_step_pkey PRIMARY KEY (task_id, id),
        CONSTRAINT task_step_task_id_n_key UNIQUE (task_id, n),
        CONSTRAINT task_step_task_id_fkey FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE,
        CONSTRAINT task_step_version_id_fkey FOREIGN KEY (version_id) REFERENCES course_version (id),
        CONSTRAINT task_step_photo_fkey FOREIGN KEY (photo) REFERENCES stored_file (hash),
        CONSTRAINT task_step_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT task_step_of_step_fkey FOREIGN KEY (task_id, of_step) REFERENCES task_step (task_id, id),
        CONSTRAINT task_step_one_decision UNIQUE (task_id, of_step),
        CONSTRAINT task_step_kind_known CHECK (kind IN ('handed-in', 'accepted', 'returned')),
        CONSTRAINT task_step_proof_known CHECK (proof IN ('photo', 'link', 'tick')),
        CONSTRAINT task_step_of_its_kind CHECK (
          CASE kind WHEN 'handed-in' THEN proof IS NOT NULL AND version_id IS NOT NULL AND of_step IS NULL AND account_id IS NULL
                    ELSE proof IS NULL AND of_step IS NOT NULL AND account_id IS NOT NULL END),
        CONSTRAINT task_step_proof_is_there CHECK ((proof IS NOT DISTINCT FROM 'photo') = (photo IS NOT NULL)
          AND (proof IS NOT DISTINCT FROM 'link') = (link IS NOT NULL)),
        CONSTRAINT task_step_return_says_why CHECK (kind <> 'returned' OR reason IS NOT NULL)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['task_step', 'task']) await runner.query(`DROP TABLE ${table}`);
  }
}
