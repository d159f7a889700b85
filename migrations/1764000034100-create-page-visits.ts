import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who viewed which page on which day, folded from `tracking_events`, and counted by day. */
export class CreatePageVisits1764000034100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE page_visits (
        who        uuid    NOT NULL,
        page       uuid    NOT NULL,
        is_session boolean NOT NULL,
        day        date    NOT NULL,
        previous   date,
        CONSTRAINT page_visits_pkey PRIMARY KEY (who, page, is_session, day)
      )
    `);
    // A rollup counts the visits of a day.
    await db.query('CREATE INDEX page_visits_day ON page_visits (day)');
    await db.query(`
      CREATE TABLE page_views_daily (
        day        date    NOT NULL,
        page       uuid    NOT NULL,
        dimensions uuid    NOT NULL,
        path       varchar(2048),
        previous   date,
        views      integer NOT NULL,
        visitors   integer NOT NULL,
        sessions   integer NOT NULL,
        CONSTRAINT page_views_daily_pkey PRIMARY KEY (day, page, dimensions)
      )
    `);
    await db.query('CREATE INDEX page_views_daily_page ON page_views_daily (page, day)');
    await db.query(
      'CREATE INDEX page_views_daily_path ON page_views_daily (day) WHERE path IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE page_views_daily, page_visits');
  }
}
