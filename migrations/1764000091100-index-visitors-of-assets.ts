import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When else a visitor was at an asset. Most are nobody but their session, which has an index. */
export class IndexVisitorsOfAssets1764000091100 implements MigrationInterface {
  /** The table may be large, and the projection must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    // One that was broken off is left invalid.
    await this.down(db);
    await db.query(`
      CREATE INDEX CONCURRENTLY asset_sessions_visitor ON asset_sessions (ip_asset_id, visitor, day)
      WHERE visitor <> session_id
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX IF EXISTS asset_sessions_visitor');
  }
}
