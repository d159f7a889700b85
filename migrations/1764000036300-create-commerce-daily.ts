import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened in an organization on a day, counted from commerce events and their projections. */
export class CreateCommerceDaily1764000036300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE commerce_daily (
        day                   date          NOT NULL,
        organization_id       varchar(200)  NOT NULL,
        dimensions            uuid          NOT NULL,
        event_type            varchar(200),
        currency              varchar(64),
        events                integer       NOT NULL,
        newest_received_at    timestamptz,
        orders                integer       NOT NULL,
        gross_minor           numeric(38,0) NOT NULL,
        refunds               integer       NOT NULL,
        refunded_minor        numeric(38,0) NOT NULL,
        cancellations         integer       NOT NULL,
        canceled_minor        numeric(38,0) NOT NULL,
        credits               integer       NOT NULL,
        credited_minor        numeric(38,0) NOT NULL,
        commissions           integer       NOT NULL,
        commission_minor      numeric(38,0) NOT NULL,
        referral_payouts      integer       NOT NULL,
        referral_payout_minor numeric(38,0) NOT NULL,
        payouts               integer       NOT NULL,
        payout_minor          numeric(38,0) NOT NULL,
        links                 integer       NOT NULL,
        claims                integer       NOT NULL,
        tier_upgrades         integer       NOT NULL,
        left_out_orders       integer       NOT NULL,
        left_out_refunds      integer       NOT NULL,
        left_out_payments     integer       NOT NULL,
        events_without_order  integer       NOT NULL,
        CONSTRAINT commerce_daily_pkey PRIMARY KEY (day, organization_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX commerce_daily_organization_id ON commerce_daily (organization_id, day)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE commerce_daily');
  }
}
