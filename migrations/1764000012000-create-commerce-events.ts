import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Raw commerce events: append-only, partitioned by event time, partitions made ahead by a job. */
export class CreateCommerceEvents1764000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE commerce_events (
        idempotency_key varchar(1000) NOT NULL,
        event_time      timestamptz   NOT NULL,
        wire            varchar(16)   NOT NULL,
        transport       varchar(16)   NOT NULL,
        event_name      varchar(200)  NOT NULL,
        event_type      varchar(200)  NOT NULL,
        event_id        varchar(200),
        organization_id varchar(200),
        user_id         varchar(200),
        session_id      varchar(200),
        order_id        varchar(200),
        amount          varchar(64),
        amount_minor    bigint,
        currency        varchar(64),
        quantity        varchar(64),
        timestamp_text  varchar(40),
        url             varchar(8192),
        referrer        varchar(8192),
        product_id      varchar(200),
        cart_id         varchar(200),
        data            jsonb,
        ga4             jsonb,
        facebook_capi   jsonb,
        malformed_parts jsonb         NOT NULL DEFAULT '[]',
        received_at     timestamptz   NOT NULL,
        ip_address      inet,
        user_agent      varchar(1024),
        created_at      timestamptz   NOT NULL DEFAULT now(),
        CONSTRAINT commerce_events_pkey PRIMARY KEY (idempotency_key, event_time)
      ) PARTITION BY RANGE (event_time)
    `);
    await db.query('CREATE TABLE commerce_events_default PARTITION OF commerce_events DEFAULT');
    await db.query('CREATE INDEX commerce_events_event_id ON commerce_events (event_id)');
    await db.query('CREATE INDEX commerce_events_order_id ON commerce_events (order_id)');
    // A projector reads a writer's batch by its created_at.
    await db.query('CREATE INDEX commerce_events_created_at ON commerce_events (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE commerce_events');
  }
}
