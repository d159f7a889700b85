import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each transaction of the event writer stored, for projectors to follow. */
export class CreateWriterBatches1764000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE writer_batches (
        id                  bigint      GENERATED ALWAYS AS IDENTITY,
        xid                 xid8        NOT NULL DEFAULT pg_current_xact_id(),
        contract            varchar(64) NOT NULL,
        created_at          timestamptz NOT NULL DEFAULT now(),
        least_event_time    timestamptz,
        greatest_event_time timestamptz,
        stored              integer     NOT NULL,
        duplicates          integer     NOT NULL,
        conflicts           integer     NOT NULL,
        rejected            integer     NOT NULL,
        CONSTRAINT writer_batches_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE INDEX writer_batches_xid ON writer_batches (xid)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE writer_batches');
  }
}
