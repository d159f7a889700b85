import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which checkout sessions of a day were paid, and how long that took. */
export class CreateCheckoutPaymentsDaily1764000060100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_payments_daily (
        day             date         NOT NULL,
        offer_id        varchar(200) NOT NULL,
        dimensions      uuid         NOT NULL,
        product_id      varchar(200),
        producer_id     varchar(200),
        checkout_type   varchar(32),
        checkout_mode   varchar(32),
        payment_method  varchar(32),
        full_hostname   varchar(253),
        is_production   boolean      NOT NULL,
        paid            integer      NOT NULL,
        times_to_pay_ms bigint[]     NOT NULL,
        paid_after      integer[]    NOT NULL,
        CONSTRAINT checkout_payments_daily_pkey PRIMARY KEY (day, offer_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX checkout_payments_daily_offer_id ON checkout_payments_daily (offer_id, day)',
    );
    await db.query(`
      CREATE INDEX checkout_payments_daily_producer_id ON checkout_payments_daily (producer_id, day)
    `);
    // The days that are counted already.
    await db.query(`
      INSERT INTO touched_days (rollup, day)
      SELECT DISTINCT 'checkout-payments-daily', day FROM checkout_funnel_daily
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE checkout_payments_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'checkout-payments-daily'");
  }
}
