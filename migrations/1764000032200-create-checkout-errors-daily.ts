import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Errors in the checkout sessions of a day, counted from `checkout_sessions`. */
export class CreateCheckoutErrorsDaily1764000032200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_errors_daily (
        day            date         NOT NULL,
        offer_id       varchar(200) NOT NULL,
        dimensions     uuid         NOT NULL,
        product_id     varchar(200) NOT NULL,
        producer_id    varchar(200) NOT NULL,
        checkout_type  varchar(32),
        checkout_mode  varchar(32),
        payment_method varchar(32),
        full_hostname  varchar(253),
        is_production  boolean      NOT NULL,
        error          varchar(64),
        step           varchar(32),
        events         integer      NOT NULL,
        sessions       integer      NOT NULL,
        newest_received_at timestamptz NOT NULL,
        recovered      integer      NOT NULL,
        CONSTRAINT checkout_errors_daily_pkey PRIMARY KEY (day, offer_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX checkout_errors_daily_offer_id ON checkout_errors_daily (offer_id, day)',
    );
    await db.query(
      'CREATE INDEX checkout_errors_daily_producer_id ON checkout_errors_daily (producer_id, day)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE checkout_errors_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'checkout-errors-daily'");
  }
}
