import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate, MIGRATION_LIMITS } from '#libs/database';
import { migrations } from '../../migrations/index.js';
import { createDatabase } from '../support/postgres.mjs';

/** The columns that the checkout document lists, in its order. */
const CHECKOUT_COLUMNS = [
  'event_id',
  'event_name',
  'event_description',
  'session_id',
  'offer_id',
  'product_id',
  'producer_id',
  'checkout_type',
  'checkout_mode',
  'step',
  'email',
  'phone',
  'payment_method',
  'event_timestamp',
  'execution_environment',
  'full_hostname',
  'root_domain',
  'received_at',
  'ip_address',
  'user_agent',
  'created_at',
  'updated_at',
];

describe('the migrations', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let database: DataSource;

  beforeAll(async () => {
    own = await createDatabase();
    database = createDataSource({
      url: own.url,
      migrations,
      poolSize: 2,
      limits: MIGRATION_LIMITS,
    });
    await database.initialize();
    await database.runMigrations();
  });

  afterAll(async () => {
    await database.destroy();
    await own.drop();
  });

  const tables = async (): Promise<string[]> => {
    const rows = await database.query<{ name: string }[]>(`
      SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      ORDER BY 1
    `);
    return rows.map(({ name }) => name);
  };

  it('leave nothing for TypeORM to change: entities and tables agree', async () => {
    const { upQueries } = await database.driver.createSchemaBuilder().log();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('give checkout_events exactly the columns of its document, in their order', async () => {
    const rows = await database.query<{ name: string }[]>(`
      SELECT attname AS name FROM pg_attribute
      WHERE attrelid = 'checkout_events'::regclass AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
    `);

    expect(rows.map(({ name }) => name)).toEqual(CHECKOUT_COLUMNS);
  });

  it('can be taken back one by one, and run again', async () => {
    const before = await tables();
    for (const _ of migrations) await database.undoLastMigration();
    expect(await tables()).toEqual(['schema_migrations']);

    await database.runMigrations();

    expect(await tables()).toEqual(before);
  });

  it('say one word a statement when offers or keys change, never one a row', async () => {
    const runner = database.createQueryRunner();
    const client = (await runner.connect()) as {
      on(event: 'notification', heard: (said: { channel: string }) => void): void;
    };
    const heard: string[] = [];
    client.on('notification', ({ channel }) => heard.push(channel));
    await runner.query('LISTEN footfall_offers');
    await runner.query('LISTEN footfall_api_keys');

    await runner.query(`
      INSERT INTO offers (offer_id, product_id, producer_id)
      SELECT 'offer-' || n, 'product', 'producer' FROM generate_series(1, 100) AS n
    `);
    await runner.query("UPDATE offers SET deleted_at = now() WHERE offer_id < 'offer-5'");
    await runner.query('TRUNCATE api_keys');
    await runner.query('SELECT 1');
    await runner.release();

    expect(heard).toEqual(['footfall_offers', 'footfall_offers', 'footfall_api_keys']);
  });
});

describe('an upgrade', () => {
  it('adds up the figures that assets have already', async () => {
    const own = await createDatabase();
    const at = migrations.findIndex(({ name }) => name.startsWith('CreateAssetFiguresDaily'));
    await migrate(own.url, migrations.slice(0, at));
    const client = new Client({ connectionString: own.url });
    await client.connect();
    await client.query(`
      INSERT INTO daily_metrics (date, ip_asset_id, license_id, views, clicks, conversions,
                                 revenue_cents, unique_visitors, engagement_time)
      VALUES ('2026-01-05', 'a', NULL, 5, 2, 0, 0, 3, 1.5), ('2026-01-05', 'a', 'l', 0, 0, 1, 700, 1, 2),
             ('2026-01-06', 'a', NULL, 1, 0, 0, 0, 1, 0), ('2026-01-05', NULL, 'm', 0, 0, 1, 900, 1, 0)
    `);

    await migrate(own.url, migrations);

    const { rows } = await client.query(
      `SELECT date::text, ip_asset_id, views, clicks, conversions, revenue_cents, engagement_time::float8
       FROM asset_figures_daily ORDER BY date`,
    );
    expect(rows.map((row) => Object.values(row as object))).toEqual([
      ['2026-01-05', 'a', 5, 2, 1, '700', 3.5],
      ['2026-01-06', 'a', 1, 0, 0, '0', 0],
    ]);
    await client.end();
    await own.drop();
  });
});

describe('several processes that migrate at once', () => {
  it('run each migration once', async () => {
    const own = await createDatabase();

    const ran = await Promise.all([1, 2, 3].map(() => migrate(own.url, migrations)));

    expect(ran.flat().toSorted()).toEqual(migrations.map(({ name }) => name).toSorted());
    await own.drop();
  });
});
