import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the checkout sessions of a day came: of each offer, and of all offers together. */
export class CreateCheckoutTotalsDaily1764000060000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_totals_daily (
        day            date         NOT NULL,
        offer_id       varchar(200) NOT NULL,
        dimensions     uuid         NOT NULL,
        product_id     varchar(200),
        producer_id    varchar(200),
        checkout_type  varchar(32),
        checkout_mode  varchar(32),
        payment_method varchar(32),
        is_production  boolean      NOT NULL,
        sessions                          integer NOT NULL,
        newest_received_at                timestamptz NOT NULL,
        page_viewed                       integer NOT NULL,
        session_started                   integer NOT NULL,
        identification_started            integer NOT NULL,
        identification_completed          integer NOT NULL,
        identification_errors             integer NOT NULL,
        address_started                   integer NOT NULL,
        address_completed                 integer NOT NULL,
        address_errors                    integer NOT NULL,
        shipping_selected                 integer NOT NULL,
        payment_started                   integer NOT NULL,
        payment_data_errors               integer NOT NULL,
        payment_errors                    integer NOT NULL,
        submitted                         integer NOT NULL,
        conversions                       integer NOT NULL,
        conversion_ms                     bigint NOT NULL,
        abandoned                         integer NOT NULL,
        stepped_back                      integer NOT NULL,
        coupon_applied                    integer NOT NULL,
        coupon_errors                     integer NOT NULL,
        order_bump_viewed                 integer NOT NULL,
        order_bump_accepted               integer NOT NULL,
        order_bump_declined               integer NOT NULL,
        identification_started_in_order   integer NOT NULL,
        identification_completed_in_order integer NOT NULL,
        address_started_in_order          integer NOT NULL,
        address_completed_in_order        integer NOT NULL,
        payment_started_in_order          integer NOT NULL,
        submitted_in_order                integer NOT NULL,
        conversions_in_order              integer NOT NULL,
        CONSTRAINT checkout_totals_daily_pkey PRIMARY KEY (day, offer_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX checkout_totals_daily_offer_id ON checkout_totals_daily (offer_id, day)',
    );
    await db.query(
      'CREATE INDEX checkout_totals_daily_producer_id ON checkout_totals_daily (producer_id, day)',
    );
    // The days that are counted already.
    await db.query(`
      INSERT INTO touched_days (rollup, day)
      SELECT DISTINCT 'checkout-totals-daily', day FROM checkout_funnel_daily
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE checkout_totals_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'checkout-totals-daily'");
  }
}
