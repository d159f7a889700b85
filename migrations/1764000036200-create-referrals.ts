import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of referrals, folded from `commerce_events`. */
export class CreateReferrals1764000036200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE referrals (
        organization_id varchar(200) NOT NULL,
        fact            uuid         NOT NULL,
        kind            varchar(16)  NOT NULL,
        happened_at     timestamptz  NOT NULL,
        event           uuid         NOT NULL,
        user_id         varchar(200),
        code            varchar(200),
        referrer_id     varchar(200),
        referee_id      varchar(200),
        order_id        varchar(200),
        role            varchar(200),
        previous_tier   varchar(200),
        tier            varchar(200),
        referral_count  varchar(200),
        amount_minor    bigint,
        currency        varchar(64),
        CONSTRAINT referrals_pkey PRIMARY KEY (organization_id, fact)
      )
    `);
    await db.query('CREATE INDEX referrals_happened_at ON referrals (happened_at)');
    await db.query(
      'CREATE INDEX referrals_organization_id ON referrals (organization_id, happened_at)',
    );
    // Whether a link was claimed.
    await db.query(
      "CREATE INDEX referrals_code ON referrals (organization_id, code) WHERE kind = 'claim'",
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE referrals');
  }
}
