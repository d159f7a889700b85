import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What things are called and whose they are, as administrators and events say. Beside each value
 * stands its claim: who said it and when, in such a spelling that the least one holds.
 */
export class CreateCatalogue1764000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE catalog_assets (
        asset_id         varchar(200) COLLATE "C" NOT NULL,
        title            varchar(500),
        title_claim      varchar(40)  COLLATE "C",
        creator_id       varchar(200),
        creator_id_claim varchar(40)  COLLATE "C",
        project_id       varchar(200),
        project_id_claim varchar(40)  COLLATE "C",
        created_at       timestamptz  NOT NULL DEFAULT now(),
        updated_at       timestamptz  NOT NULL DEFAULT now(),
        CONSTRAINT catalog_assets_pkey PRIMARY KEY (asset_id)
      )
    `);
    // A creator's dashboard begins with the creator's assets.
    await db.query('CREATE INDEX catalog_assets_creator ON catalog_assets (creator_id, asset_id)');
    for (const [table, id] of NAMED) {
      await db.query(`
        CREATE TABLE ${table} (
          ${id}      varchar(200) COLLATE "C" NOT NULL,
          name       varchar(300),
          name_claim varchar(40)  COLLATE "C",
          created_at timestamptz  NOT NULL DEFAULT now(),
          updated_at timestamptz  NOT NULL DEFAULT now(),
          CONSTRAINT ${table}_pkey PRIMARY KEY (${id})
        )
      `);
    }
    await db.query(`
      CREATE TABLE catalog_licenses (
        license_id     varchar(200) COLLATE "C" NOT NULL,
        asset_id       varchar(200),
        asset_id_claim varchar(40)  COLLATE "C",
        created_at     timestamptz  NOT NULL DEFAULT now(),
        updated_at     timestamptz  NOT NULL DEFAULT now(),
        CONSTRAINT catalog_licenses_pkey PRIMARY KEY (license_id)
      )
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE catalog_licenses');
    for (const [table] of NAMED.toReversed()) await db.query(`DROP TABLE ${table}`);
    await db.query('DROP TABLE catalog_assets');
  }
}

const NAMED = [
  ['catalog_creators', 'creator_id'],
  ['catalog_users', 'user_id'],
  ['catalog_brands', 'brand_id'],
] as const;
