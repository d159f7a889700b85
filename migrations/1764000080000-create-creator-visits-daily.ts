import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits at the assets of each creator by day and source, and the sessions of several days. */
export class CreateCreatorVisitsDaily1764000080000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE creator_visits_daily (
        day              date         NOT NULL,
        creator_id       varchar(200) NOT NULL,
        dimensions       uuid         NOT NULL,
        source           varchar(255) NOT NULL,
        visits           integer      NOT NULL,
        bot_visits       integer      NOT NULL,
        conversions      integer      NOT NULL,
        invalid_revenues integer      NOT NULL,
        CONSTRAINT creator_visits_daily_pkey PRIMARY KEY (day, creator_id, dimensions)
      )
    `);
    await db.query(
      'CREATE INDEX creator_visits_daily_creator_id ON creator_visits_daily (creator_id, day)',
    );
    await db.query(`
      CREATE TABLE long_visits (
        creator_id varchar(200) NOT NULL,
        day        date         NOT NULL,
        session_id varchar(200) NOT NULL,
        CONSTRAINT long_visits_pkey PRIMARY KEY (creator_id, day, session_id)
      )
    `);
    await this.touchDaysOfNewOwners(db);
    // The days that are folded already.
    await db.query(`
      INSERT INTO touched_days (rollup, day)
      SELECT DISTINCT 'creator-visits-daily', day FROM asset_days
    `);
  }

  /** An asset that gets or leaves a creator changes figures of all its days. */
  private async touchDaysOfNewOwners(db: QueryRunner): Promise<void> {
    // What is no news must cost nothing: assets are filled in by batches of events.
    await db.query(`
      CREATE FUNCTION touch_days_of_new_owners() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        assets varchar[];
      BEGIN
        IF TG_OP = 'INSERT' THEN
          assets := ARRAY(SELECT asset_id FROM changed WHERE creator_id IS NOT NULL);
        ELSIF TG_OP = 'DELETE' THEN
          assets := ARRAY(SELECT asset_id FROM gone WHERE creator_id IS NOT NULL);
        ELSE
          assets := ARRAY(
            SELECT asset_id FROM changed FULL JOIN gone USING (asset_id)
            WHERE (changed.creator_id, changed.creator_id_claim)
              IS DISTINCT FROM (gone.creator_id, gone.creator_id_claim)
          );
        END IF;
        IF cardinality(assets) > 0 THEN
          INSERT INTO touched_days AS stored (rollup, day, is_counted)
          SELECT DISTINCT 'creator-visits-daily', day, true
          FROM unnest(assets) AS asset_id
          JOIN asset_days ON ip_asset_id = asset_id COLLATE "default"
          ORDER BY day
          -- Locks a row that is there already: a recount of that day must see what is changed here.
          ON CONFLICT (rollup, day) DO UPDATE SET touched_at = stored.touched_at;
        END IF;
        RETURN NULL;
      END
      $$
    `);
    for (const [event, tables] of [
      ['INSERT', 'NEW TABLE AS changed'],
      ['UPDATE', 'OLD TABLE AS gone NEW TABLE AS changed'],
      ['DELETE', 'OLD TABLE AS gone'],
    ] as const) {
      await db.query(`
        CREATE TRIGGER catalog_assets_${event.toLowerCase()} AFTER ${event} ON catalog_assets
        REFERENCING ${tables}
        FOR EACH STATEMENT EXECUTE FUNCTION touch_days_of_new_owners()
      `);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const event of ['insert', 'update', 'delete']) {
      await db.query(`DROP TRIGGER catalog_assets_${event} ON catalog_assets`);
    }
    await db.query('DROP FUNCTION touch_days_of_new_owners()');
    await db.query('DROP TABLE long_visits');
    await db.query('DROP TABLE creator_visits_daily');
    await db.query("DELETE FROM touched_days WHERE rollup = 'creator-visits-daily'");
  }
}
