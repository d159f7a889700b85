import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who views a page is counted on the first day of a range: the rows of all others need not be read. */
export class IndexFirstDaysOfPages1764000092000 implements MigrationInterface {
  /** The table may be large, and what counts must not wait. */
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    // One that was broken off is left invalid.
    await db.query('DROP INDEX IF EXISTS page_views_daily_first_days');
    await db.query(`
      CREATE INDEX CONCURRENTLY page_views_daily_first_days ON page_views_daily (page, day, previous)
    `);
    await db.query('DROP INDEX IF EXISTS page_views_daily_page');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX page_views_daily_page ON page_views_daily (page, day)');
    await db.query('DROP INDEX IF EXISTS page_views_daily_first_days');
  }
}
