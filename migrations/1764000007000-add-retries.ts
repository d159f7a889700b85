import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a refused event needs to be sent once more, and how often that was tried. */
export class AddRetries1764000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE rejected_events
        ADD COLUMN receipt  jsonb,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE rejected_events DROP COLUMN attempts, DROP COLUMN receipt');
  }
}
