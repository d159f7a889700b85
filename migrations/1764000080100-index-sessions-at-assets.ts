import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where and when else a session was: those of several days are one visit. */
export class IndexSessionsAtAssets1764000080100 implements MigrationInterface {
  /** The table may be large, and the projection must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    // One that was broken off is left invalid.
    await this.down(db);
    await db.query(`
      CREATE INDEX CONCURRENTLY asset_sessions_session_id ON asset_sessions (session_id, day)
      WHERE session_id <> ''
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX IF EXISTS asset_sessions_session_id');
  }
}
