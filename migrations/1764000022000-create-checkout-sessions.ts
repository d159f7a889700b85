import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row a session and offer, folded from `checkout_events`. */
export class CreateCheckoutSessions1764000022000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_sessions (
        session_id                  varchar(200) NOT NULL,
        offer_id                    varchar(200) NOT NULL,
        first_seen_at               timestamptz NOT NULL,
        last_seen_at                timestamptz NOT NULL,
        product_id                  varchar(200) NOT NULL,
        producer_id                 varchar(200) NOT NULL,
        execution_environment       varchar(32) NOT NULL,
        full_hostname               varchar(253) NOT NULL,
        checkout_type               varchar(32),
        checkout_type_at            timestamptz,
        checkout_mode               varchar(32),
        checkout_mode_at            timestamptz,
        is_production               boolean NOT NULL,
        has_contact                 boolean NOT NULL,
        submitted_method            varchar(32),
        submitted_method_at         timestamptz,
        settled_method              varchar(32),
        settled_method_at           timestamptz,
        selected_method             varchar(32),
        selected_method_at          timestamptz,
        page_viewed_at              timestamptz,
        session_started_at          timestamptz,
        identification_started_at   timestamptz,
        identification_completed_at timestamptz,
        identification_error_at     timestamptz,
        address_started_at          timestamptz,
        address_completed_at        timestamptz,
        address_error_at            timestamptz,
        shipping_selected_at        timestamptz,
        payment_started_at          timestamptz,
        payment_data_error_at       timestamptz,
        payment_error_at            timestamptz,
        submitted_at                timestamptz,
        payment_succeeded_at        timestamptz,
        conversion_succeeded_at     timestamptz,
        stepped_back_at             timestamptz,
        coupon_applied_at           timestamptz,
        coupon_error_at             timestamptz,
        order_bump_viewed_at        timestamptz,
        order_bump_accepted_at      timestamptz,
        order_bump_declined_at      timestamptz,
        CONSTRAINT checkout_sessions_pkey PRIMARY KEY (session_id, offer_id)
      )
    `);
    // A rollup counts the sessions of a day.
    await db.query(
      'CREATE INDEX checkout_sessions_first_seen_at ON checkout_sessions (first_seen_at)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE checkout_sessions');
  }
}
