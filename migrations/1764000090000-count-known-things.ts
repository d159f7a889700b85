import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many assets, brands, creators and licences there are, of the catalogue or with events, and
 * users of the catalogue: kept by triggers, so that nobody counts them one by one.
 */
export class CountKnownThings1764000090000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE known_things (
        kind varchar(16)  NOT NULL,
        id   varchar(200) NOT NULL,
        CONSTRAINT known_things_pkey PRIMARY KEY (kind, id)
      )
    `);
    await db.query(`
      CREATE TABLE known_totals (
        part   bigint      GENERATED ALWAYS AS IDENTITY,
        kind   varchar(16) NOT NULL,
        things bigint      NOT NULL,
        CONSTRAINT known_totals_pkey PRIMARY KEY (part)
      )
    `);
    await this.addToTotals(db);
    await this.noteThings(db);
    await this.forgetThings(db);
    for (const [table, things] of Object.entries(THINGS)) {
      for (const [event, rows, noted] of EVENTS) {
        await db.query(`
          CREATE TRIGGER ${table}_${noted} AFTER ${event} ON ${table}
          REFERENCING ${rows} TABLE AS rows
          FOR EACH STATEMENT EXECUTE FUNCTION ${noted}_things('${things.replaceAll("'", "''")}')
        `);
      }
    }
    // Nobody changes these tables until the migration is done: CREATE TRIGGER has locked them.
    const each = Object.entries(THINGS).map(([table, things]) => things.replace('rows', table));
    await db.query(`
      WITH noted AS (
        INSERT INTO known_things (kind, id) ${each.join(' UNION ')} RETURNING kind
      )
      INSERT INTO known_totals (kind, things) SELECT kind, count(*) FROM noted GROUP BY kind
    `);
  }

  /** Parts that another transaction has in hand stay as they are: nobody waits for a sum. */
  private async addToTotals(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION add_to_known_totals(kinds varchar[], sign int) RETURNS void
      LANGUAGE sql AS $$
        WITH news AS (
          SELECT kind, sign * count(*) AS things FROM unnest(kinds) AS kind GROUP BY kind
        ),
        parts AS (
          DELETE FROM known_totals
          WHERE part IN (
            SELECT part FROM known_totals
            WHERE kind IN (SELECT kind FROM news)
            FOR UPDATE SKIP LOCKED
          )
          RETURNING kind, things
        )
        INSERT INTO known_totals (kind, things)
        SELECT kind, sum(things) FROM (TABLE parts UNION ALL TABLE news) AS summed GROUP BY kind
      $$
    `);
  }

  /** One that is noted already is locked: whoever forgets it meanwhile sees that it is known. */
  private async noteThings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION note_things() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        kinds varchar[];
      BEGIN
        EXECUTE 'WITH noted AS (
          INSERT INTO known_things AS stored (kind, id) ' || TG_ARGV[0] || ' ORDER BY 1, 2
          ON CONFLICT (kind, id) DO UPDATE SET id = excluded.id WHERE false
          RETURNING kind
        ) SELECT array_agg(kind) FROM noted' INTO kinds;
        IF kinds IS NOT NULL THEN PERFORM add_to_known_totals(kinds, 1); END IF;
        RETURN NULL;
      END
      $$
    `);
  }

  /** Looks whether something is known otherwise once it is locked, and not before. */
  private async forgetThings(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION is_known(kind varchar, id varchar) RETURNS boolean
      STABLE LANGUAGE sql AS $$
        SELECT CASE is_known.kind
          WHEN 'asset' THEN EXISTS (SELECT FROM catalog_assets WHERE asset_id = is_known.id COLLATE "C")
          WHEN 'brand' THEN EXISTS (SELECT FROM catalog_brands WHERE brand_id = is_known.id COLLATE "C")
          WHEN 'creator' THEN EXISTS (SELECT FROM catalog_creators WHERE creator_id = is_known.id COLLATE "C")
          WHEN 'license' THEN EXISTS (SELECT FROM catalog_licenses WHERE license_id = is_known.id COLLATE "C")
          WHEN 'user' THEN EXISTS (SELECT FROM catalog_users WHERE user_id = is_known.id COLLATE "C")
        END OR is_known.kind <> 'user' AND EXISTS (
          SELECT FROM last_activity AS activity
          WHERE activity.kind = is_known.kind AND activity.id = is_known.id
        )
      $$
    `);
    await db.query(`
      CREATE FUNCTION forget_things() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        gone varchar[];
        kinds varchar[];
      BEGIN
        EXECUTE 'SELECT array_agg(DISTINCT ARRAY[kind, id]) FROM (' || TG_ARGV[0] || ') AS gone (kind, id)'
          INTO gone;
        IF gone IS NULL THEN RETURN NULL; END IF;
        PERFORM FROM known_things
        WHERE (kind, id) IN (SELECT gone[n][1], gone[n][2] FROM generate_subscripts(gone, 1) AS n)
        ORDER BY kind, id FOR UPDATE;
        WITH forgotten AS (
          DELETE FROM known_things
          WHERE (kind, id) IN (SELECT gone[n][1], gone[n][2] FROM generate_subscripts(gone, 1) AS n)
            AND NOT is_known(kind, id)
          RETURNING kind
        )
        SELECT array_agg(kind) FROM forgotten INTO kinds;
        IF kinds IS NOT NULL THEN PERFORM add_to_known_totals(kinds, -1); END IF;
        RETURN NULL;
      END
      $$
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of Object.keys(THINGS)) {
      for (const [, , noted] of EVENTS)
        await db.query(`DROP TRIGGER ${table}_${noted} ON ${table}`);
    }
    await db.query('DROP FUNCTION forget_things(), note_things(), is_known, add_to_known_totals');
    await db.query('DROP TABLE known_totals');
    await db.query('DROP TABLE known_things');
  }
}

/**
 * What rows make known. Users are those of the catalogue: whoever acts without signing up is none.
 * In the order in which the event writer fills tables: in another one locks would cross.
 */
const THINGS = {
  catalog_assets: `SELECT 'asset', asset_id COLLATE "default" FROM rows`,
  catalog_creators: `SELECT 'creator', creator_id COLLATE "default" FROM rows`,
  catalog_users: `SELECT 'user', user_id COLLATE "default" FROM rows`,
  catalog_brands: `SELECT 'brand', brand_id COLLATE "default" FROM rows`,
  catalog_licenses: `SELECT 'license', license_id COLLATE "default" FROM rows`,
  last_activity: `SELECT kind, id FROM rows WHERE kind <> 'user'`,
};

const EVENTS = [
  ['INSERT', 'NEW', 'note'],
  ['DELETE', 'OLD', 'forget'],
] as const;
