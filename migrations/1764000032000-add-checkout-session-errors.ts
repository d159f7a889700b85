import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The error events of a session, and what its lists are read by. */
export class AddCheckoutSessionErrors1764000032000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE checkout_sessions ADD COLUMN errors text[]');
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
    await db.query('ALTER TABLE checkout_sessions DROP COLUMN errors');
  }
}
