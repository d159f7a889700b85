import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who read personal data, when, and how much. */
export class CreatePersonalDataAccesses1764000032300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE personal_data_accesses (
        id          bigint       GENERATED ALWAYS AS IDENTITY,
        at          timestamptz  NOT NULL DEFAULT now(),
        caller_kind varchar(20)  NOT NULL,
        caller_id   varchar(200),
        source      varchar(64)  NOT NULL,
        question    jsonb        NOT NULL,
        items       integer      NOT NULL,
        CONSTRAINT personal_data_accesses_pkey PRIMARY KEY (id)
      )
    `);
    // The list is read newest first.
    await db.query('CREATE INDEX personal_data_accesses_at ON personal_data_accesses (at, id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE personal_data_accesses');
  }
}
