import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of callers, and a word to every process when one of them changes. */
export class CreateApiKeys1764000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE api_keys (
        id         uuid         NOT NULL,
        name       varchar(200) NOT NULL,
        key_hash   char(64)     NOT NULL,
        scopes     text[]       NOT NULL,
        created_at timestamptz  NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        CONSTRAINT api_keys_pkey PRIMARY KEY (id)
      )
    `);
    await db.query('CREATE UNIQUE INDEX api_keys_key_hash ON api_keys (key_hash)');
    await db.query(`
      CREATE FUNCTION notify_api_keys() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NOTIFY footfall_api_keys;
        RETURN NULL;
      END
      $$
    `);
    await db.query(`
      CREATE TRIGGER api_keys_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON api_keys
      FOR EACH STATEMENT EXECUTE FUNCTION notify_api_keys()
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE api_keys');
    await db.query('DROP FUNCTION notify_api_keys()');
  }
}
