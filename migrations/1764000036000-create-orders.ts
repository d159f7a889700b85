import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each event says of an order, and the orders that are counted from it. */
export class CreateOrders1764000036000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE order_facts (
        organization_id varchar(200) NOT NULL,
        order_id        varchar(200) NOT NULL,
        event           uuid         NOT NULL,
        happened_at     timestamptz  NOT NULL,
        event_type      varchar(200) NOT NULL,
        session_id      varchar(200),
        amount_minor    bigint,
        currency        varchar(64),
        CONSTRAINT order_facts_pkey PRIMARY KEY (organization_id, order_id, event)
      )
    `);
    // A rollup counts the refunds of a day.
    await db.query('CREATE INDEX order_facts_happened_at ON order_facts (happened_at)');
    await db.query(`
      CREATE TABLE orders (
        organization_id  varchar(200) NOT NULL,
        order_id         varchar(200) NOT NULL,
        first_seen_at    timestamptz  NOT NULL,
        last_seen_at     timestamptz  NOT NULL,
        session_id       varchar(200),
        created_at       timestamptz,
        completed_at     timestamptz,
        canceled_at      timestamptz,
        refunded_at      timestamptz,
        amount_minor     bigint,
        currency         varchar(64),
        refunded_minor   numeric(38,0) NOT NULL,
        creations        integer      NOT NULL,
        completions      integer      NOT NULL,
        cancellations    integer      NOT NULL,
        refunds          integer      NOT NULL,
        left_out_refunds integer      NOT NULL,
        CONSTRAINT orders_pkey PRIMARY KEY (organization_id, order_id)
      )
    `);
    await db.query('CREATE INDEX orders_first_seen_at ON orders (first_seen_at)');
    await db.query(
      'CREATE INDEX orders_organization_id ON orders (organization_id, first_seen_at)',
    );
    for (const time of ['completed_at', 'canceled_at']) {
      await db.query(`CREATE INDEX orders_${time} ON orders (${time}) WHERE ${time} IS NOT NULL`);
    }
    // The orders of checkout sessions.
    await db.query(
      'CREATE INDEX orders_session_id ON orders (session_id) WHERE session_id IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE orders');
    await db.query('DROP TABLE order_facts');
  }
}
