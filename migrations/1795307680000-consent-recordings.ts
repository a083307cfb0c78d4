import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Recordings of the consent's notice and of the words of its purposes.
 * Locks: none held, the table is new. Reversible: yes, losing the rows; the sounds stay in the file store.
 */
export class ConsentRecordings1795307680000 implements MigrationInterface {
  name = 'ConsentRecordings1795307680000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent_recording (
        id           uuid PRIMARY KEY,
        line         text NOT NULL,
        lang         text NOT NULL,
        text_version text NOT NULL,
        words        text NOT NULL,
        speaker      text NOT NULL,
        bundle       text NOT NULL,
        bytes        integer NOT NULL,
        duration_ms  integer NOT NULL,
        recorded_by  uuid,
        recorded_at  timestamptz NOT NULL,
        CONSTRAINT consent_recording_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account (id),
        CONSTRAINT consent_recording_words_key UNIQUE (line, lang, text_version, words),
        CONSTRAINT consent_recording_bundle_key UNIQUE (bundle),
        CONSTRAINT consent_recording_lang_known CHECK (lang IN ('fr', 'ar', 'ary', 'rif', 'zgh')),
        CONSTRAINT consent_recording_speaker_known CHECK (speaker IN ('person', 'synthetic')),
        CONSTRAINT consent_recording_words_shape CHECK (words ~ '^[0-9a-f]{64}$'),
        CONSTRAINT consent_recording_bundle_shape CHECK (bundle ~ '^[0-9a-f]{64}$'),
        CONSTRAINT consent_recording_sound_positive CHECK (bytes > 0 AND duration_ms > 0)
      )
    `);
    await runner.query(`CREATE INDEX consent_recording_recorded_by_idx ON consent_recording (recorded_by)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE consent_recording`);
  }
}
