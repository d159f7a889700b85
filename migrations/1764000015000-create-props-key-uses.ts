import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which key encrypted props of which day, so that a change of keys knows where to go. */
export class CreatePropsKeyUses1764000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE props_key_uses (
        id       bigint      GENERATED ALWAYS AS IDENTITY,
        key_id   varchar(16) NOT NULL,
        day      date        NOT NULL,
        props    integer     NOT NULL,
        position uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
        CONSTRAINT props_key_uses_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE INDEX props_key_uses_key_id ON props_key_uses (key_id, day)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE props_key_uses');
  }
}
