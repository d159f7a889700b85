import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that are in no raw table: refused, waiting for their offer, in conflict, or not storable. */
export class CreateRejectedEvents1764000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE rejected_events (
        id          uuid         NOT NULL,
        contract    varchar(64)  NOT NULL,
        state       varchar(32)  NOT NULL,
        reason      varchar(64)  NOT NULL,
        event_id    varchar(200),
        offer_id    varchar(200),
        sqlstate    char(5),
        detail      text,
        breaches    jsonb        NOT NULL DEFAULT '[]',
        raw         bytea        NOT NULL,
        received_at timestamptz  NOT NULL,
        created_at  timestamptz  NOT NULL DEFAULT now(),
        resolved_at timestamptz,
        CONSTRAINT rejected_events_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE INDEX rejected_events_state ON rejected_events (state, created_at)');
    await db.query('CREATE INDEX rejected_events_event_id ON rejected_events (event_id)');
    await db.query(`
      CREATE INDEX rejected_events_waiting ON rejected_events (offer_id, created_at)
      WHERE state = 'waiting'
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE rejected_events');
  }
}
