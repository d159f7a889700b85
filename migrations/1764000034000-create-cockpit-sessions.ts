import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far sessions come in the cockpits, folded from `tracking_events`, and counted by day. */
export class CreateCockpitSessions1764000034000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE cockpit_sessions (
        cockpit            varchar(16)  NOT NULL,
        session_id         varchar(200) NOT NULL,
        flow               varchar(32)  NOT NULL,
        product            varchar(200) NOT NULL,
        first_seen_at      timestamptz  NOT NULL,
        last_seen_at       timestamptz  NOT NULL,
        newest_received_at timestamptz  NOT NULL,
        product_slug       varchar(200),
        product_slug_at    timestamptz,
        stage1_at          timestamptz,
        stage2_at          timestamptz,
        stage3_at          timestamptz,
        stage4_at          timestamptz,
        stage5_at          timestamptz,
        CONSTRAINT cockpit_sessions_pkey PRIMARY KEY (cockpit, session_id, flow, product)
      )
    `);
    // A rollup counts the sessions of a day.
    await db.query(
      'CREATE INDEX cockpit_sessions_first_seen_at ON cockpit_sessions (first_seen_at)',
    );
    await db.query(`
      CREATE TABLE cockpit_daily (
        day                date         NOT NULL,
        cockpit            varchar(16)  NOT NULL,
        dimensions         uuid         NOT NULL,
        flow               varchar(32)  NOT NULL,
        product_slug       varchar(200),
        sessions           integer      NOT NULL,
        stage1             integer      NOT NULL,
        stage2             integer      NOT NULL,
        stage3             integer      NOT NULL,
        stage4             integer      NOT NULL,
        stage5             integer      NOT NULL,
        stage1_in_order    integer      NOT NULL,
        stage2_in_order    integer      NOT NULL,
        stage3_in_order    integer      NOT NULL,
        stage4_in_order    integer      NOT NULL,
        stage5_in_order    integer      NOT NULL,
        newest_received_at timestamptz  NOT NULL,
        CONSTRAINT cockpit_daily_pkey PRIMARY KEY (day, cockpit, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX cockpit_daily_product_slug ON cockpit_daily (cockpit, product_slug, day)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE cockpit_daily, cockpit_sessions');
  }
}
