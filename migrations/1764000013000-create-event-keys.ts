import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of events whose retries may bear another time; they decide before the raw table does. */
export class CreateEventKeys1764000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE event_keys (
        contract   varchar(64)   NOT NULL,
        key        varchar(1000) NOT NULL,
        event_time timestamptz   NOT NULL,
        created_at timestamptz   NOT NULL DEFAULT now(),
        CONSTRAINT event_keys_pkey PRIMARY KEY (contract, key)
      )
    `);
    await db.query('CREATE INDEX event_keys_event_time ON event_keys (contract, event_time)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE event_keys');
  }
}
