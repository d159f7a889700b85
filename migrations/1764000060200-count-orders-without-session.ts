import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many orders of a day do not say which checkout session they come from. */
export class CountOrdersWithoutSession1764000060200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The default is for a release that knows nothing of it.
    await db.query(
      'ALTER TABLE commerce_daily ADD COLUMN orders_without_session integer NOT NULL DEFAULT 0',
    );
    await db.query(`
      INSERT INTO touched_days (rollup, day)
      SELECT DISTINCT 'commerce-daily', day FROM commerce_daily
      ON CONFLICT (rollup, day) DO NOTHING
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE commerce_daily DROP COLUMN orders_without_session');
  }
}
