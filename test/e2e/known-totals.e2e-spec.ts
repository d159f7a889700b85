import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '#libs/database';
import { migrations } from '../../migrations/index.js';
import { createDatabase } from '../support/postgres.mjs';

/** Of a kind, each thing once: of the catalogue, or with events. */
const ONE_BY_ONE = `
  SELECT kind, count(*)::int AS things
  FROM (
    SELECT 'asset' AS kind, asset_id COLLATE "default" AS id FROM catalog_assets
    UNION SELECT 'brand', brand_id COLLATE "default" FROM catalog_brands
    UNION SELECT 'creator', creator_id COLLATE "default" FROM catalog_creators
    UNION SELECT 'license', license_id COLLATE "default" FROM catalog_licenses
    UNION SELECT 'user', user_id COLLATE "default" FROM catalog_users
    UNION SELECT kind, id FROM last_activity WHERE kind <> 'user'
  ) AS things
  GROUP BY kind ORDER BY kind
`;

const TOTALS = `
  SELECT kind, sum(things)::int AS things FROM known_totals
  GROUP BY kind HAVING sum(things) <> 0 ORDER BY kind
`;

const BEFORE = migrations.findIndex(({ name }) => name.startsWith('CountKnownThings'));

const WAITS = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;

describe('how many things are known', () => {
  let own: Awaited<ReturnType<typeof createDatabase>>;
  let clients: Client[];
  let one: Client;
  let other: Client;

  beforeAll(async () => {
    own = await createDatabase();
    await migrate(own.url, migrations);
  });
  beforeEach(async () => {
    clients = [1, 2, 3].map(() => new Client({ connectionString: own.url }));
    for (const client of clients) await client.connect();
    [one, other] = clients as [Client, Client];
    await one.query(`TRUNCATE catalog_assets, catalog_brands, catalog_creators, catalog_licenses,
      catalog_users, last_activity, known_things, known_totals`);
  });
  afterEach(async () => {
    for (const client of clients) await client.end();
  });
  afterAll(() => own.drop());

  const list = (assetId: string) => `INSERT INTO catalog_assets (asset_id) VALUES ('${assetId}')`;
  const unlist = (assetId: string) => `DELETE FROM catalog_assets WHERE asset_id = '${assetId}'`;
  const act = (assetId: string) =>
    `INSERT INTO last_activity VALUES ('asset', '${assetId}', '2026-01-05')`;
  const forget = (assetId: string) => `DELETE FROM last_activity WHERE id = '${assetId}'`;
  const totals = async () => (await one.query(TOTALS)).rows as unknown[];
  const oneByOne = async () => (await one.query(ONE_BY_ONE)).rows as unknown[];
  const someoneWaits = async () => {
    const [, , watcher] = clients as [Client, Client, Client];
    while ((await watcher.query(WAITS)).rowCount === 0);
  };

  it('is kept of every kind, each thing once', async () => {
    await one.query(`INSERT INTO catalog_assets (asset_id) VALUES ('a'), ('b')`);
    await one.query(`INSERT INTO catalog_brands (brand_id) VALUES ('a')`);
    await one.query(`INSERT INTO catalog_creators (creator_id) VALUES ('a'), ('b'), ('c')`);
    await one.query(`INSERT INTO catalog_licenses (license_id) VALUES ('a')`);
    await one.query(`INSERT INTO catalog_users (user_id) VALUES ('a'), ('b')`);
    await one.query(`INSERT INTO last_activity SELECT kind, id, '2026-01-05'
      FROM unnest('{asset, brand, creator, license, user}'::text[]) AS kind, unnest('{b, c}'::text[]) AS id`);

    expect(await totals()).toEqual([
      { kind: 'asset', things: 3 },
      { kind: 'brand', things: 3 },
      { kind: 'creator', things: 3 },
      { kind: 'license', things: 3 },
      { kind: 'user', things: 2 },
    ]);
    expect(await totals()).toEqual(await oneByOne());
  });

  it('loses what neither has any more', async () => {
    for (const sql of [list('a'), list('b'), act('b'), act('c'), list('c'), act('d')]) {
      await one.query(sql);
    }

    for (const sql of [unlist('a'), unlist('b'), forget('b'), forget('c'), unlist('c')]) {
      await one.query(sql);
      expect(await totals()).toEqual(await oneByOne());
    }
    expect(await totals()).toEqual([{ kind: 'asset', things: 1 }]);
  });

  it('is no other after what was taken back, or is said again', async () => {
    await one.query(list('a'));
    await one.query('BEGIN');
    await one.query(act('b'));
    await one.query('ROLLBACK');
    await one.query(`${list('a')} ON CONFLICT (asset_id) DO UPDATE SET title = 'again'`);

    expect(await totals()).toEqual([{ kind: 'asset', things: 1 }]);
  });

  it('is one row a kind, unless somebody has it in hand; then nobody waits', async () => {
    await one.query(list('a'));
    await one.query('BEGIN');
    await one.query(list('b'));
    await other.query(list('c'));
    await one.query('COMMIT');
    expect(await totals()).toEqual(await oneByOne());

    await other.query(list('d'));

    expect((await one.query('SELECT things::int FROM known_totals')).rows).toEqual([{ things: 4 }]);
  });

  // Of the two the first is at work when the second begins, and ends while that one waits.
  it.each([
    ['listed while it acts for the first time', [], act('a'), list('a')],
    ['acts for the first time while it is listed', [], list('a'), act('a')],
    ['acts while it is taken out of the catalogue', [list('a')], unlist('a'), act('a')],
    ['is taken out of the catalogue while it acts', [list('a')], act('a'), unlist('a')],
    ['is listed while its activity is forgotten', [act('a')], forget('a'), list('a')],
    ['loses both at once', [list('a'), act('a')], unlist('a'), forget('a')],
  ])('is right when something %s', async (_, before, first, second) => {
    for (const sql of before) await one.query(sql);
    await one.query('BEGIN');
    await one.query(first);
    const waiting = other.query(second);
    await someoneWaits();
    await one.query('COMMIT');
    await waiting;

    expect(await totals()).toEqual(await oneByOne());
  });

  it('is counted when the catalogue and activity are there already', async () => {
    const old = await createDatabase();
    await migrate(old.url, migrations.slice(0, BEFORE));
    const client = new Client({ connectionString: old.url });
    await client.connect();
    for (const sql of [list('a'), list('b'), act('b'), act('c')]) await client.query(sql);

    await migrate(old.url, migrations);

    expect((await client.query(TOTALS)).rows).toEqual([{ kind: 'asset', things: 3 }]);
    await client.end();
    await old.drop();
  });
});
