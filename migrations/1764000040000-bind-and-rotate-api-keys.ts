import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that belong to an owner, end by themselves, and are followed by others. */
export class BindAndRotateApiKeys1764000040000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE api_keys
        ADD COLUMN owner_kind   varchar(20),
        ADD COLUMN owner_id     varchar(200),
        ADD COLUMN expires_at   timestamptz,
        ADD COLUMN successor_id uuid,
        ADD COLUMN last_used_at timestamptz,
        ADD CONSTRAINT api_keys_owner_is_whole
          CHECK ((owner_kind IS NULL) = (owner_id IS NULL)),
        ADD CONSTRAINT api_keys_owner_is_no_admin
          CHECK (owner_kind IS NULL OR NOT ('admin' = ANY (scopes)))
    `);
    // A use changes nothing that anybody has to hear of.
    await db.query('DROP TRIGGER api_keys_notify ON api_keys');
    await db.query(`
      CREATE TRIGGER api_keys_notify AFTER INSERT OR DELETE OR TRUNCATE
        OR UPDATE OF key_hash, scopes, revoked_at, owner_kind, owner_id, expires_at ON api_keys
      FOR EACH STATEMENT EXECUTE FUNCTION notify_api_keys()
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER api_keys_notify ON api_keys');
    await db.query(`
      CREATE TRIGGER api_keys_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON api_keys
      FOR EACH STATEMENT EXECUTE FUNCTION notify_api_keys()
    `);
    // The release before knows neither owners nor ends: such a key would open more, and for longer.
    await db.query(`
      UPDATE api_keys SET revoked_at = coalesce(revoked_at, now())
      WHERE owner_kind IS NOT NULL OR expires_at IS NOT NULL
    `);
    await db.query(`
      ALTER TABLE api_keys
        DROP COLUMN owner_kind,
        DROP COLUMN owner_id,
        DROP COLUMN expires_at,
        DROP COLUMN successor_id,
        DROP COLUMN last_used_at
    `);
  }
}
