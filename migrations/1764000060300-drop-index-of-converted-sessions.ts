import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked of converted sessions, `checkout_payments_daily` answers. */
export class DropIndexOfConvertedSessions1764000060300 implements MigrationInterface {
  /** The table may be large, and the projection must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX CONCURRENTLY IF EXISTS checkout_sessions_converted');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX checkout_sessions_converted ON checkout_sessions (
        first_seen_at, session_id, offer_id, is_production, conversion_succeeded_at,
        payment_succeeded_at, submitted_method, settled_method, selected_method
      )
      WHERE conversion_succeeded_at IS NOT NULL OR payment_succeeded_at IS NOT NULL
    `);
  }
}
