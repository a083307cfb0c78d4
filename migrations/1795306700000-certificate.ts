import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Certificates, the names people have confirmed for them, and what a campaign prints besides its own name.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class Certificate1795306700000 implements MigrationInterface {
  name = 'Certificate1795306700000';

  async up(runner: QueryRunner): Promise<void> {
    // Gaps are allowed: a number is drawn before the sheet is printed, and a sheet that is not issued is thrown away.
    await runner.query(`CREATE SEQUENCE certificate_serial_seq`);
    await runner.query(`
      CREATE TABLE certificate (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        campaign_id     uuid NOT NULL,
        course_id       uuid NOT NULL,
        person_id       uuid NOT NULL,
        session_id      uuid,
        code            text NOT NULL,
        serial          text NOT NULL,
        status          text NOT NULL,
        replaced_by     uuid,
        revoked_reason  text,
        frozen          jsonb NOT NULL,
        pdf_hash        text NOT NULL,
        issued_at       timestamptz NOT NULL,
        issued_by       uuid,
        status_at       timestamptz NOT NULL,
        CONSTRAINT certificate_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT certificate_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT certificate_course_id_fkey FOREIGN KEY (course_id) REFERENCES course (id),
        CONSTRAINT certificate_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id),
        CONSTRAINT certificate_session_id_fkey FOREIGN KEY (session_id) REFERENCES session (id),
        CONSTRAINT certificate_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES account (id),
        CONSTRAINT certificate_pdf_hash_fkey FOREIGN KEY (pdf_hash) REFERENCES stored_file (hash),
        CONSTRAINT certificate_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES certificate (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT certificate_code_key UNIQUE (code),
        CONSTRAINT certificate_serial_key UNIQUE (serial),
        CONSTRAINT certificate_code_shape CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
        CONSTRAINT certificate_status_known CHECK (status IN ('valid', 'replaced', 'revoked')),
        CONSTRAINT certificate_replaced_by_of_replaced CHECK ((status = 'replaced') = (replaced_by IS NOT NULL)),
        CONSTRAINT certificate_reason_of_revoked CHECK ((status = 'revoked') = (revoked_reason IS NOT NULL))
      )
    `);
    // The promise that nobody has two: whatever the service does, the second one cannot be written.
    await runner.query(
      `CREATE UNIQUE INDEX certificate_person_course_campaign_valid_key ON certificate (person_id, course_id, campaign_id) WHERE status = 'valid'`,
    );
    await runner.query(
      `CREATE INDEX certificate_campaign_id_issued_at_idx ON certificate (campaign_id, issued_at DESC, id DESC)`,
    );
    await runner.query(`CREATE INDEX certificate_person_id_idx ON certificate (person_id)`);
    await runner.query(`
      CREATE TABLE certificate_name (
        person_id    uuid PRIMARY KEY,
        name_fr      text,
        name_ar      text,
        confirmed_at timestamptz NOT NULL,
        confirmed_by uuid,
        CONSTRAINT certificate_name_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT certificate_name_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES account (id),
        CONSTRAINT certificate_name_has_one CHECK (num_nonnulls(name_fr, name_ar) >= 1)
      )
    `);
    await runner.query(`
      CREATE TABLE certificate_signatory (
        campaign_id uuid NOT NULL,
        position    smallint NOT NULL,
        name_fr     text NOT NULL,
        name_ar     text NOT NULL,
        role_fr     text NOT NULL,
        role_ar     text NOT NULL,
        CONSTRAINT certificate_signatory_pkey PRIMARY KEY (campaign_id, position),
        CONSTRAINT certificate_signatory_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT certificate_signatory_position_known CHECK (position IN (1, 2))
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['certificate_signatory', 'certificate_name', 'certificate'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP SEQUENCE certificate_serial_seq`);
  }
}
