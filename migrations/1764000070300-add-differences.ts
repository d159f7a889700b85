import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a projection changes, is added to figures at once; a day is counted as a whole at leisure. */
export class AddDifferences1764000070300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE touched_days ADD COLUMN is_counted boolean NOT NULL DEFAULT false');
    await db.query(`
      ALTER TABLE projector_cursors
        ADD COLUMN folded_xid xid8   NOT NULL DEFAULT '0',
        ADD COLUMN folded_id  bigint NOT NULL DEFAULT 0
    `);
    await db.query('UPDATE projector_cursors SET folded_xid = xid, folded_id = id');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE projector_cursors DROP COLUMN folded_xid, DROP COLUMN folded_id');
    await db.query('ALTER TABLE touched_days DROP COLUMN is_counted');
  }
}
