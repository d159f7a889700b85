import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked of converted sessions, which are few among all, is read from their index alone. */
export class IndexConvertedSessions1764000050100 implements MigrationInterface {
  /** The table may be large, and the projection must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    // One that was broken off is left invalid.
    await this.down(db);
    await db.query(`
      CREATE INDEX CONCURRENTLY checkout_sessions_converted ON checkout_sessions (
        first_seen_at, session_id, offer_id, is_production, conversion_succeeded_at,
        payment_succeeded_at, submitted_method, settled_method, selected_method
      )
      WHERE conversion_succeeded_at IS NOT NULL OR payment_succeeded_at IS NOT NULL
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX IF EXISTS checkout_sessions_converted');
  }
}
