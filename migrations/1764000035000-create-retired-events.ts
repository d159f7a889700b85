import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to when events may be gone: no figure of a day before that is counted from them again. */
export class CreateRetiredEvents1764000035000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE retired_events (
        contract varchar(64) NOT NULL,
        before   timestamptz NOT NULL,
        CONSTRAINT retired_events_pkey PRIMARY KEY (contract)
      )
    `);
    // Rows from the beginning, so that a recount has one to hold on to.
    await db.query(`
      INSERT INTO retired_events (contract, before)
      SELECT contract, '0001-01-01T00:00:00Z'
      FROM unnest(ARRAY['analytics', 'checkout', 'commerce', 'tracking']) AS contract
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE retired_events');
  }
}
