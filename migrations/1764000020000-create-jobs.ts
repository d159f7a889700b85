import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who runs a job, and what its runs did. */
export class CreateJobs1764000020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE job_leases (
        job   varchar(64) NOT NULL,
        run   uuid        NOT NULL,
        until timestamptz NOT NULL,
        CONSTRAINT job_leases_pkey PRIMARY KEY (job)
      )
    `);
    await db.query(`
      CREATE TABLE job_runs (
        id         bigint      GENERATED ALWAYS AS IDENTITY,
        job        varchar(64) NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at   timestamptz NOT NULL,
        runs       integer     NOT NULL,
        busy_ms    bigint      NOT NULL,
        rows       bigint      NOT NULL,
        days       date[]      NOT NULL,
        difference bigint,
        error      varchar(500),
        CONSTRAINT job_runs_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE INDEX job_runs_job ON job_runs (job, id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE job_runs');
    await db.query('DROP TABLE job_leases');
  }
}
