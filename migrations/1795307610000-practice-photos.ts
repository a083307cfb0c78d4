import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Photos of their own that trainees put on the product sheets of a practice shop: one a good. The file lies in the
 * store; it goes when the last row that refers to it does.
 * Locks: none held, the table is new. Reversible: yes, losing the rows (the files stay in the store).
 */
export class PracticePhotos1795307610000 implements MigrationInterface {
  name = 'PracticePhotos1795307610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE practice_photo (
        shop_id  uuid NOT NULL,
        good     text NOT NULL,
        hash     text NOT NULL,
        taken_at timestamptz NOT NULL,
        CONSTRAINT practice_photo_pkey PRIMARY KEY (shop_id, good),
        CONSTRAINT practice_photo_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES practice_shop (id) ON DELETE CASCADE,
        CONSTRAINT practice_photo_hash_fkey FOREIGN KEY (hash) REFERENCES stored_file (hash)
      )
    `);
    // Letting go of a file asks whether a photo still needs it.
    await runner.query(`CREATE INDEX practice_photo_hash_idx ON practice_photo (hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE practice_photo`);
  }
}
