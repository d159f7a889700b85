import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Raw checkout events: append-only, partitioned by event time. Partitions are made ahead by a job;
 * the DEFAULT partition takes what none of them covers, so that no event is homeless.
 */
export class CreateCheckoutEvents1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE checkout_events (
        event_id              varchar(200)  NOT NULL,
        event_name            varchar(64)   NOT NULL,
        event_description     varchar(2000),
        session_id            varchar(200)  NOT NULL,
        offer_id              varchar(200)  NOT NULL,
        product_id            varchar(200)  NOT NULL,
        producer_id           varchar(200)  NOT NULL,
        checkout_type         varchar(32),
        checkout_mode         varchar(32),
        step                  varchar(32),
        email                 varchar(320),
        phone                 varchar(40),
        payment_method        varchar(32),
        event_timestamp       timestamptz   NOT NULL,
        execution_environment varchar(32)   NOT NULL,
        full_hostname         varchar(253)  NOT NULL,
        root_domain           varchar(253)  NOT NULL,
        received_at           timestamptz   NOT NULL,
        ip_address            inet,
        user_agent            varchar(1024),
        created_at            timestamptz   NOT NULL DEFAULT now(),
        updated_at            timestamptz   NOT NULL DEFAULT now(),
        CONSTRAINT checkout_events_pkey PRIMARY KEY (event_id, event_timestamp)
      ) PARTITION BY RANGE (event_timestamp)
    `);
    await db.query('CREATE TABLE checkout_events_default PARTITION OF checkout_events DEFAULT');
    await db.query('CREATE INDEX checkout_events_session_id ON checkout_events (session_id)');
    await db.query(
      'CREATE INDEX checkout_events_offer_id ON checkout_events (offer_id, event_timestamp)',
    );
    // A projector reads a writer's batch by its created_at.
    await db.query('CREATE INDEX checkout_events_created_at ON checkout_events (created_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE checkout_events');
  }
}
