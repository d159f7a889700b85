import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far projections are, and which days their rollups must recount. */
export class CreateProjectorCursors1764000021000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE projector_cursors (
        projection varchar(64) NOT NULL,
        xid        xid8        NOT NULL DEFAULT '0',
        id         bigint      NOT NULL DEFAULT 0,
        CONSTRAINT projector_cursors_pkey PRIMARY KEY (projection)
      )
    `);
    await db.query(`
      CREATE TABLE touched_days (
        rollup     varchar(64) NOT NULL,
        day        date        NOT NULL,
        touched_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT touched_days_pkey PRIMARY KEY (rollup, day)
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE touched_days');
    await db.query('DROP TABLE projector_cursors');
  }
}
