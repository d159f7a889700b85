import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projections of analytics events: visits at assets, days with events, and last activity. */
export class CreateAssetSessions1764000030000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE asset_sessions (
        ip_asset_id      varchar(200) NOT NULL,
        day              date         NOT NULL,
        session_id       varchar(200) NOT NULL,
        visitor          varchar(200) NOT NULL,
        utm_source       varchar(255),
        utm_source_at    timestamptz,
        referrer         varchar(2048),
        referrer_at      timestamptz,
        is_bot           boolean      NOT NULL,
        conversions      uuid[]       NOT NULL,
        invalid_revenues uuid[]       NOT NULL,
        CONSTRAINT asset_sessions_pkey PRIMARY KEY (ip_asset_id, day, session_id, visitor)
      )
    `);
    // The platform's day tells how many of its visits were programs'.
    await db.query('CREATE INDEX asset_sessions_bots ON asset_sessions (day) WHERE is_bot');
    await db.query(`
      CREATE TABLE asset_days (
        ip_asset_id        varchar(200) NOT NULL,
        day                date         NOT NULL,
        newest_received_at timestamptz  NOT NULL,
        CONSTRAINT asset_days_pkey PRIMARY KEY (ip_asset_id, day)
      )
    `);
    await db.query('CREATE INDEX asset_days_day ON asset_days (day)');
    await db.query(`
      CREATE TABLE touched_assets (
        id          bigint       GENERATED ALWAYS AS IDENTITY,
        day         date         NOT NULL,
        ip_asset_id varchar(200) NOT NULL,
        stored_at   timestamptz  NOT NULL,
        CONSTRAINT touched_assets_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE INDEX touched_assets_day ON touched_assets (day)');
    await db.query(`
      CREATE TABLE last_activity (
        kind     varchar(16)  NOT NULL,
        id       varchar(200) NOT NULL,
        last_day date         NOT NULL,
        CONSTRAINT last_activity_pkey PRIMARY KEY (kind, id)
      )
    `);
    await db.query('CREATE INDEX last_activity_day ON last_activity (kind, last_day)');
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['last_activity', 'touched_assets', 'asset_days', 'asset_sessions']) {
      await db.query(`DROP TABLE ${table}`);
    }
  }
}
