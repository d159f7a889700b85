import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tracking events of a day, counted from `tracking_events`. */
export class CreateTrackingDaily1764000034200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tracking_daily (
        day                date        NOT NULL,
        event_type         varchar(64) NOT NULL,
        dimensions         uuid        NOT NULL,
        flow               varchar(32),
        step               varchar(200),
        events             integer     NOT NULL,
        newest_received_at timestamptz NOT NULL,
        CONSTRAINT tracking_daily_pkey PRIMARY KEY (day, event_type, dimensions)
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE tracking_daily');
  }
}
