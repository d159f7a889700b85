import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Raw tracking events: append-only, partitioned by event time, partitions made ahead by a job. */
export class CreateTrackingEvents1764000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tracking_events (
        event_id           varchar(200)  NOT NULL,
        event_type         varchar(64)   NOT NULL,
        session_id         varchar(200)  NOT NULL,
        track_id           varchar(200)  NOT NULL,
        user_id            varchar(200),
        url                varchar(8192) NOT NULL,
        path               varchar(2048) NOT NULL,
        flow               varchar(32),
        step               varchar(200),
        cockpit_sessino_id varchar(200),
        product_slug       varchar(200),
        event_timestamp    timestamptz   NOT NULL,
        received_at        timestamptz   NOT NULL,
        ip_address         inet,
        user_agent         varchar(1024),
        created_at         timestamptz   NOT NULL DEFAULT now(),
        CONSTRAINT tracking_events_pkey PRIMARY KEY (event_id, event_timestamp)
      ) PARTITION BY RANGE (event_timestamp)
    `);
    await db.query('CREATE TABLE tracking_events_default PARTITION OF tracking_events DEFAULT');
    await db.query('CREATE INDEX tracking_events_session_id ON tracking_events (session_id)');
    // A projector reads a writer's batch by its created_at.
    await db.query('CREATE INDEX tracking_events_created_at ON tracking_events (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE tracking_events');
  }
}
