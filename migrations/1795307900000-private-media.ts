import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Media that only authors may have yet are told from those of everyone: what a version, the consent or a recording of a
 * published course names is public, everything else is a draft's.
 * Locks: ACCESS EXCLUSIVE on media_file while its rows, some thousands, are judged. Reversible: yes, all media are public again.
 */
export class PrivateMedia1795307900000 implements MigrationInterface {
  name = 'PrivateMedia1795307900000';

  async up(runner: QueryRunner): Promise<void> {
    // Closed by default: what is shelved without a word is private. The narration of the consent says its own at the next start.
    await runner.query(`ALTER TABLE media_file ADD COLUMN is_public boolean NOT NULL DEFAULT false`);
    await runner.query(`
      UPDATE media_file SET is_public = true
       WHERE bundle IN (
         SELECT name[1] FROM course_version v, regexp_matches(v.document::text, '"([0-9a-f]{64})"', 'g') AS name
         UNION SELECT bundle FROM video
         UNION SELECT bundle FROM consent_recording
         UNION SELECT r.bundle FROM course_recording r JOIN course_version v ON v.course_id = r.course_id
       )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE media_file DROP COLUMN is_public`);
  }
}
