import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Raw analytics events and what brought their visitors: append-only, both partitioned by event
 * time, partitions made ahead by a job.
 */
export class CreateEvents1764000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE events (
        id              uuid         NOT NULL,
        occurred_at     timestamptz  NOT NULL,
        source          varchar(32)  NOT NULL,
        event_type      varchar(100) NOT NULL,
        actor_type      varchar(64),
        actor_id        varchar(200),
        entity_type     varchar(32),
        entity_id       varchar(200),
        project_id      varchar(200),
        ip_asset_id     varchar(200),
        license_id      varchar(200),
        user_id         varchar(200),
        brand_id        varchar(200),
        creator_id      varchar(200),
        session_id      varchar(200),
        props_json      jsonb,
        idempotency_key varchar(220),
        user_agent      varchar(1024),
        ip_address      inet,
        received_at     timestamptz  NOT NULL,
        created_at      timestamptz  NOT NULL DEFAULT now(),
        CONSTRAINT events_pkey PRIMARY KEY (id, occurred_at)
      ) PARTITION BY RANGE (occurred_at)
    `);
    await db.query('CREATE TABLE events_default PARTITION OF events DEFAULT');
    await db.query('CREATE INDEX events_event_type ON events (event_type, occurred_at)');
    await db.query('CREATE INDEX events_ip_asset_id ON events (ip_asset_id, occurred_at)');
    await db.query('CREATE INDEX events_session_id ON events (session_id)');
    // The raw events of one entity are a question of their own.
    await db.query('CREATE INDEX events_entity_id ON events (entity_id, occurred_at)');
    // A projector reads a writer's batch by its created_at.
    await db.query('CREATE INDEX events_created_at ON events (created_at)');
    await db.query(`
      CREATE TABLE attribution (
        event_id     uuid        NOT NULL,
        occurred_at  timestamptz NOT NULL,
        utm_source   varchar(255),
        utm_medium   varchar(255),
        utm_campaign varchar(255),
        utm_term     varchar(255),
        utm_content  varchar(255),
        referrer     varchar(8192),
        landing_page varchar(8192),
        device_type  varchar(64),
        browser      varchar(255),
        os           varchar(255),
        is_bot       boolean     NOT NULL,
        CONSTRAINT attribution_pkey PRIMARY KEY (event_id, occurred_at)
      ) PARTITION BY RANGE (occurred_at)
    `);
    await db.query('CREATE TABLE attribution_default PARTITION OF attribution DEFAULT');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE attribution');
    await db.query('DROP TABLE events');
  }
}
