import type { MigrationInterface, QueryRunner } from 'typeorm';

const RECEIVED = [
  ['checkout_sessions', 'last_received_at'],
  ['checkout_funnel_daily', 'newest_received_at'],
] as const;

/** What dashboards ask of a session: its errors, when it was last heard of, and its lists. */
export class AddCheckoutSessionFacts1764000032000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE checkout_sessions ADD COLUMN errors text[]');
    for (const [table, column] of RECEIVED) {
      await db.query(
        `ALTER TABLE ${table} ADD COLUMN ${column} timestamptz NOT NULL DEFAULT 'epoch'`,
      );
      await db.query(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT`);
    }
    // What is there is folded once more, so that sessions of the last days have theirs too.
    await db.query("DELETE FROM projector_cursors WHERE projection = 'checkout-sessions'");
    await db.query(
      'CREATE INDEX checkout_sessions_offer_id ON checkout_sessions (offer_id, first_seen_at)',
    );
    await db.query(
      'CREATE INDEX checkout_sessions_producer_id ON checkout_sessions (producer_id, first_seen_at)',
    );
    await db.query(`
      CREATE INDEX checkout_sessions_abandoned
      ON checkout_sessions (first_seen_at, session_id, offer_id)
      WHERE has_contact AND conversion_succeeded_at IS NULL AND payment_succeeded_at IS NULL
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX checkout_sessions_abandoned');
    await db.query('DROP INDEX checkout_sessions_producer_id');
    await db.query('DROP INDEX checkout_sessions_offer_id');
    for (const [table, column] of RECEIVED) {
      await db.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
    }
    await db.query('ALTER TABLE checkout_sessions DROP COLUMN errors');
  }
}
