import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkout events of a day by name, and of which names a session has events. */
export class CreateCheckoutEventsDaily1764000050000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_events_daily (
        day                date         NOT NULL,
        offer_id           varchar(200) NOT NULL,
        dimensions         uuid         NOT NULL,
        product_id         varchar(200),
        producer_id        varchar(200),
        is_production      boolean      NOT NULL,
        event_name         varchar(64)  NOT NULL,
        events             integer      NOT NULL,
        sessions           integer      NOT NULL,
        newest_received_at timestamptz  NOT NULL,
        CONSTRAINT checkout_events_daily_pkey PRIMARY KEY (day, offer_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX checkout_events_daily_offer_id ON checkout_events_daily (offer_id, day)',
    );
    await db.query(
      'CREATE INDEX checkout_events_daily_producer_id ON checkout_events_daily (producer_id, day)',
    );
    await db.query(
      'ALTER TABLE checkout_sessions ADD COLUMN event_names bigint NOT NULL DEFAULT 0',
    );
    await db.query('ALTER TABLE checkout_sessions ALTER COLUMN event_names DROP DEFAULT');
    // What is there is folded once more, so that sessions of the last days have theirs too.
    await db.query("DELETE FROM projector_cursors WHERE projection = 'checkout-sessions'");
    await db.query(`
      INSERT INTO touched_days (rollup, day)
      SELECT DISTINCT 'checkout-events-daily', day FROM checkout_funnel_daily
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE checkout_sessions DROP COLUMN event_names');
    await db.query('DROP TABLE checkout_events_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'checkout-events-daily'");
  }
}
