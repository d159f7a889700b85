import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What contributors are owed and what was sent to them, folded from `commerce_events`. */
export class CreatePayouts1764000036100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payouts (
        organization_id varchar(200) NOT NULL,
        fact            uuid         NOT NULL,
        kind            varchar(16)  NOT NULL,
        happened_at     timestamptz  NOT NULL,
        event           uuid         NOT NULL,
        contributor_id  varchar(200) NOT NULL,
        period_month    varchar(40)  NOT NULL,
        payout_id       varchar(200),
        amount_minor    bigint,
        currency        varchar(64),
        CONSTRAINT payouts_pkey PRIMARY KEY (organization_id, fact)
      )
    `);
    await db.query('CREATE INDEX payouts_happened_at ON payouts (happened_at)');
    // What was sent finds what was calculated.
    await db.query(
      'CREATE INDEX payouts_contributor ON payouts (organization_id, contributor_id, period_month)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE payouts');
  }
}
