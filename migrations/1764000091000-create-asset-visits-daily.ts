import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits and visitors at each asset by day, and those that came on several days. */
export class CreateAssetVisitsDaily1764000091000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE asset_visits_daily (
        day              date         NOT NULL,
        ip_asset_id      varchar(200) NOT NULL,
        dimensions       uuid         NOT NULL,
        referrer         varchar(2048),
        visits           integer      NOT NULL,
        visitors         integer      NOT NULL,
        bots             integer      NOT NULL,
        invalid_revenues integer      NOT NULL,
        CONSTRAINT asset_visits_daily_pkey PRIMARY KEY (day, ip_asset_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX asset_visits_daily_ip_asset_id ON asset_visits_daily (ip_asset_id, day)',
    );
    await db.query(`
      CREATE TABLE returning_visits (
        ip_asset_id varchar(200) NOT NULL,
        day         date         NOT NULL,
        kind        varchar(8)   NOT NULL,
        id          varchar(200) NOT NULL,
        referrer    varchar(2048),
        is_bot      boolean      NOT NULL,
        CONSTRAINT returning_visits_pkey PRIMARY KEY (ip_asset_id, day, kind, id)
      )
    `);
    await db.query('CREATE INDEX returning_visits_day ON returning_visits (day)');
    // The days that are folded already.
    await db.query(`
      INSERT INTO touched_days (rollup, day, is_counted)
      SELECT DISTINCT 'asset-visits-daily', day, true FROM asset_days
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE returning_visits');
    await db.query('DROP TABLE asset_visits_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'asset-visits-daily'");
  }
}
