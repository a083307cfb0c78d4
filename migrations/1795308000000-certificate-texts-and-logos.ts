import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a campaign prints on its certificates besides signatures: words of its own, and logos. A logo that was taken away
 * keeps its row and its file: certificates that were printed with it are printed again when a name is mended.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows; the pictures stay in the file store.
 */
export class CertificateTextsAndLogos1795308000000 implements MigrationInterface {
  name = 'CertificateTextsAndLogos1795308000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE certificate_text (
        campaign_id uuid NOT NULL,
        key         text NOT NULL,
        text_fr     text NOT NULL,
        text_ar     text NOT NULL,
        CONSTRAINT certificate_text_pkey PRIMARY KEY (campaign_id, key),
        CONSTRAINT certificate_text_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT certificate_text_key_known CHECK (key IN ('heading', 'given', 'reason', 'givenBy', 'note')),
        CONSTRAINT certificate_text_says_something CHECK (text_fr <> '' OR text_ar <> ''),
        CONSTRAINT certificate_text_length CHECK (char_length(text_fr) <= 240 AND char_length(text_ar) <= 240)
      )
    `);
    // The places are three, and one logo stands in each: whatever the service does, a fourth cannot be written.
    await runner.query(`
      CREATE TABLE certificate_logo (
        id          uuid PRIMARY KEY,
        campaign_id uuid NOT NULL,
        position    smallint,
        hash        text NOT NULL,
        width       integer NOT NULL,
        height      integer NOT NULL,
        alt_fr      text NOT NULL,
        alt_ar      text NOT NULL,
        created_at  timestamptz NOT NULL,
        removed_at  timestamptz,
        CONSTRAINT certificate_logo_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign (id),
        CONSTRAINT certificate_logo_hash_fkey FOREIGN KEY (hash) REFERENCES stored_file (hash),
        CONSTRAINT certificate_logo_campaign_id_position_key UNIQUE (campaign_id, position) DEFERRABLE,
        CONSTRAINT certificate_logo_position_known CHECK (position IN (1, 2, 3)),
        CONSTRAINT certificate_logo_place_or_removed CHECK ((position IS NULL) = (removed_at IS NOT NULL)),
        CONSTRAINT certificate_logo_size_positive CHECK (width > 0 AND height > 0),
        CONSTRAINT certificate_logo_alt_said CHECK (alt_fr <> '' AND alt_ar <> '')
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['certificate_logo', 'certificate_text']) await runner.query(`DROP TABLE ${table}`);
  }
}
