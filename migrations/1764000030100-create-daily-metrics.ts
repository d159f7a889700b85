import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures of assets and of the whole platform by day, counted from analytics events. */
export class CreateDailyMetrics1764000030100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE daily_metrics (
        date            date         NOT NULL,
        project_id      varchar(200),
        ip_asset_id     varchar(200),
        license_id      varchar(200),
        views           integer      NOT NULL,
        clicks          integer      NOT NULL,
        conversions     integer      NOT NULL,
        revenue_cents   bigint       NOT NULL,
        unique_visitors integer      NOT NULL,
        engagement_time numeric      NOT NULL,
        created_at      timestamptz  NOT NULL DEFAULT now(),
        updated_at      timestamptz  NOT NULL DEFAULT now(),
        CONSTRAINT daily_metrics_key
          UNIQUE NULLS NOT DISTINCT (date, project_id, ip_asset_id, license_id)
      )
    `);
    await db.query('CREATE INDEX daily_metrics_ip_asset_id ON daily_metrics (ip_asset_id, date)');
    // A licence whose asset became known later: its figures are found by the licence.
    await db.query(`
      CREATE INDEX daily_metrics_license_id ON daily_metrics (license_id, date)
      WHERE ip_asset_id IS NULL
    `);
    await db.query('CREATE INDEX catalog_licenses_asset_id ON catalog_licenses (asset_id)');
    await db.query(`
      CREATE TABLE platform_daily (
        day                 date        NOT NULL,
        sign_ups            integer     NOT NULL,
        uploads             integer     NOT NULL,
        licenses_created    integer     NOT NULL,
        licenses_renewed    integer     NOT NULL,
        licenses_expired    integer     NOT NULL,
        licenses_terminated integer     NOT NULL,
        revenue_cents       bigint      NOT NULL,
        brand_revenue_cents bigint      NOT NULL,
        invalid_revenues    integer     NOT NULL,
        views               bigint      NOT NULL,
        bot_visits          integer     NOT NULL,
        newest_received_at  timestamptz NOT NULL,
        CONSTRAINT platform_daily_pkey PRIMARY KEY (day)
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE platform_daily');
    await db.query('DROP INDEX catalog_licenses_asset_id');
    await db.query('DROP TABLE daily_metrics');
  }
}
