import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The figures of an asset and day in one row, however many licences of it were sold. */
export class CreateAssetFiguresDaily1764000093000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE asset_figures_daily (
        date            date         NOT NULL,
        ip_asset_id     varchar(200) NOT NULL,
        views           integer      NOT NULL,
        clicks          integer      NOT NULL,
        conversions     integer      NOT NULL,
        revenue_cents   bigint       NOT NULL,
        engagement_time numeric      NOT NULL,
        CONSTRAINT asset_figures_daily_pkey PRIMARY KEY (date, ip_asset_id)
      )
    `);
    await db.query(`
      INSERT INTO asset_figures_daily
      SELECT date, ip_asset_id, sum(views), sum(clicks), sum(conversions), sum(revenue_cents),
             sum(engagement_time)
      FROM daily_metrics
      WHERE ip_asset_id IS NOT NULL
      GROUP BY date, ip_asset_id
    `);
    await db.query(
      'CREATE INDEX asset_figures_daily_ip_asset_id ON asset_figures_daily (ip_asset_id, date)',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE asset_figures_daily');
  }
}
