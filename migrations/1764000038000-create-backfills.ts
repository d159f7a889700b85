import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Backfills that were asked for, and what each did day by day. */
export class CreateBackfills1764000038000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE backfills (
        id           bigint       GENERATED ALWAYS AS IDENTITY,
        from_day     date         NOT NULL,
        to_day       date         NOT NULL,
        dry_run      boolean      NOT NULL,
        rollups      varchar(64)[],
        state        varchar(16)  NOT NULL DEFAULT 'queued',
        is_stopping  boolean      NOT NULL DEFAULT false,
        requested_at timestamptz  NOT NULL DEFAULT now(),
        started_at   timestamptz,
        ended_at     timestamptz,
        failures     integer      NOT NULL DEFAULT 0,
        error        varchar(500),
        CONSTRAINT backfills_pkey PRIMARY KEY (id)
      )
    `);
    // Every process asks each second whether there is one to be run.
    await db.query(
      "CREATE INDEX backfills_open ON backfills (id) WHERE state IN ('queued', 'running')",
    );
    await db.query(`
      CREATE TABLE backfill_days (
        backfill    bigint  NOT NULL,
        day         date    NOT NULL,
        rows        bigint  NOT NULL DEFAULT 0,
        busy_ms     bigint  NOT NULL DEFAULT 0,
        differences jsonb   NOT NULL DEFAULT '{}',
        is_done     boolean NOT NULL DEFAULT false,
        CONSTRAINT backfill_days_pkey PRIMARY KEY (backfill, day)
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE backfill_days');
    await db.query('DROP TABLE backfills');
  }
}
