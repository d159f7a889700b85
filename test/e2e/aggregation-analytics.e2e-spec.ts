import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ASSET_VISITS_DAILY,
  CREATOR_VISITS_DAILY,
  DAILY_METRICS,
  PLATFORM_DAILY,
} from '#libs/aggregation';
import type { AcceptedEvent } from '#libs/event-log';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { createDatabase } from '../support/postgres.mjs';

const DAY = '2026-01-05';
const noon = Date.parse(`${DAY}T12:00:00Z`);

describe('the figures of assets', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
  });
  beforeEach(async () => {
    await database.query(`TRUNCATE events, attribution, writer_batches, projector_cursors,
      touched_days, touched_assets, asset_sessions, asset_days, last_activity, daily_metrics,
      known_things, known_totals,
      asset_figures_daily, asset_visits_daily, returning_visits, creator_visits_daily, long_visits, platform_daily, catalog_assets, retired_events`);
    writing = await startWriter(database);
    aggregation = await startAggregation(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await database.close();
    await scratch.drop();
  });

  let sequence = 0;
  const view = (assetId: string): AcceptedEvent => ({
    kind: 'event',
    contract: 'analytics',
    event: {
      eventType: 'asset_viewed',
      entityType: 'asset',
      entityId: assetId,
      sessionId: 's-1',
      occurredAt: new Date(noon).toISOString(),
    },
    receipt: aReceipt({ receivedAt: noon }),
    offer: null,
    added: {
      eventId: `00000000-0000-4000-8000-${String(++sequence).padStart(12, '0')}`,
      idempotencyKey: null,
      trust: 'key',
      actorId: null,
      actorType: null,
    },
  });
  const write = async (...records: AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const keepUp = async () => {
    await aggregation.project();
    await aggregation.rollUp();
    await aggregation.rollUp(); // the platform's days are counted from those of assets
  };
  const views = async () => {
    const rows = await database.query<{ id: string; views: number }>(
      'SELECT ip_asset_id AS id, views FROM daily_metrics ORDER BY 1',
    );
    return Object.fromEntries(rows.map(({ id, views: count }) => [id, count]));
  };
  const damage = (sql: string) => database.query(sql);
  const own = (assetId: string) =>
    database.query(
      `INSERT INTO catalog_assets (asset_id, creator_id, creator_id_claim) VALUES ($1, 'c', '0')`,
      [assetId],
    );
  const visits = async () => {
    const rows = await database.query<{ visits: number }>(
      "SELECT visits FROM creator_visits_daily WHERE creator_id = 'c'",
    );
    return rows.map((row) => row.visits);
  };

  it('are recounted for those assets of a day that have new events, and no others', async () => {
    await write(view('a'), view('b'));
    await keepUp();
    await damage('UPDATE daily_metrics SET views = 99');

    await write(view('b'));
    await keepUp();

    expect(await views()).toEqual({ a: 99, b: 2 });
    expect(await database.query('SELECT FROM touched_assets')).toEqual([]);
  });

  it('do not change when everything is folded and counted once more', async () => {
    await write(view('a'), view('a'));
    await keepUp();
    const written = await database.query('SELECT xmin::text, views FROM daily_metrics');

    await damage("UPDATE projector_cursors SET xid = '0', id = 0");
    await keepUp();

    expect(await database.query('SELECT xmin::text, views FROM daily_metrics')).toEqual(written);
  });

  it.each([
    ['a wrong figure', 'UPDATE daily_metrics SET views = 99', DAILY_METRICS],
    ['a lost row', "DELETE FROM daily_metrics WHERE ip_asset_id = 'a'", DAILY_METRICS],
    [
      'a row of nothing',
      `INSERT INTO daily_metrics VALUES ('${DAY}', NULL, 'made up', NULL, 1, 1, 1, 1, 1, 1)`,
      DAILY_METRICS,
    ],
    ['a wrong sum', 'UPDATE asset_figures_daily SET views = 99', DAILY_METRICS],
    ['a lost sum', 'DELETE FROM asset_figures_daily', DAILY_METRICS],
    [
      'a sum of nothing',
      `INSERT INTO asset_figures_daily VALUES ('${DAY}', 'made up', 1, 1, 1, 1, 1)`,
      DAILY_METRICS,
    ],
    ['a wrong visit', 'UPDATE asset_sessions SET is_bot = true', DAILY_METRICS],
    ['a lost visit', 'DELETE FROM asset_sessions', DAILY_METRICS],
    [
      'a visit of nobody',
      `INSERT INTO asset_sessions VALUES
         ('made up', '${DAY}', 's', 'v', NULL, NULL, NULL, NULL, false, '{}', '{}')`,
      DAILY_METRICS,
    ],
    ['a lost day', 'DELETE FROM asset_days', DAILY_METRICS],
    ['wrong visits', 'UPDATE creator_visits_daily SET visits = 99', CREATOR_VISITS_DAILY],
    [
      'visits at assets of nobody',
      `INSERT INTO creator_visits_daily
       SELECT '${DAY}', 'nobody', gen_random_uuid(), 'direct', 1, 0, 0, 0`,
      CREATOR_VISITS_DAILY,
    ],
    ['wrong visits of an asset', 'UPDATE asset_visits_daily SET visitors = 99', ASSET_VISITS_DAILY],
    ['a wrong day of the platform', 'UPDATE platform_daily SET views = 99', PLATFORM_DAILY],
    ['forgotten activity', 'DELETE FROM last_activity', PLATFORM_DAILY],
    [
      'activity of nobody',
      `INSERT INTO last_activity VALUES ('user', 'made up', '${DAY}')`,
      PLATFORM_DAILY,
    ],
  ])('are mended by a recount of the day: %s', async (_, fault, rollup) => {
    const stored = () =>
      database.query(
        `SELECT (SELECT json_agg(to_jsonb(m) - 'created_at' - 'updated_at' ORDER BY ip_asset_id)
                 FROM daily_metrics AS m) AS metrics,
                (SELECT json_agg(v ORDER BY ip_asset_id) FROM asset_sessions AS v) AS visits,
                (SELECT json_agg(d ORDER BY ip_asset_id) FROM asset_days AS d) AS days,
                (SELECT json_agg(l ORDER BY kind, id) FROM last_activity AS l) AS activity,
                (SELECT json_agg(c) FROM creator_visits_daily AS c) AS creators,
                (SELECT json_agg(a ORDER BY referrer) FROM asset_visits_daily AS a) AS assets,
                (SELECT json_agg(f ORDER BY ip_asset_id) FROM asset_figures_daily AS f) AS sums,
                (SELECT json_agg(p) FROM platform_daily AS p) AS platform`,
      );
    await own('a');
    await write(view('a'));
    await keepUp();
    const right = await stored();
    await damage(fault);

    const wrong = await aggregation.recount(DAY, rollup);
    await keepUp();

    expect(wrong).toBe(1);
    expect(await stored()).toEqual(right);
    expect(await aggregation.recount(DAY, rollup)).toBe(0);
  });

  it('are of whoever made the asset, said before or after', async () => {
    await own('a');
    await write(view('a'), view('b'));
    await keepUp();

    await own('b');
    await keepUp();
    const both = await visits();
    await damage('DELETE FROM catalog_assets');
    await keepUp();

    expect(both).toEqual([1]); // of one session
    expect(await visits()).toEqual([]);
  });

  it('are not counted again for what else the catalogue says', async () => {
    await own('a');
    await write(view('a'));
    await keepUp();

    await damage("UPDATE catalog_assets SET title = 'A picture'");

    expect(await database.query('SELECT FROM touched_days')).toEqual([]);
  });

  it('hold visits of a day whose events retention may have taken', async () => {
    await own('a');
    await damage(`INSERT INTO retired_events VALUES ('analytics', '${DAY}'::date + 1)`);
    await write(view('a'));

    await keepUp();

    expect(await views()).toEqual({});
    expect(await visits()).toEqual([1]);
  });

  it('are no different while events wait to be folded', async () => {
    await write(view('a'));
    await keepUp();
    await write(view('a'));

    expect(await aggregation.recount(DAY, DAILY_METRICS)).toBe(0);
    expect(await views()).toEqual({ a: 1 });
    await keepUp();
    expect(await views()).toEqual({ a: 2 });
  });

  describe('that are of visitors who came on several days', () => {
    const come = (day: string) =>
      damage(
        `INSERT INTO asset_days VALUES ('a', '${day}', now());
         INSERT INTO asset_sessions VALUES
           ('a', '${day}', 's-${day}', 'u', NULL, NULL, NULL, NULL, false, '{}', '{}');
         INSERT INTO touched_days (rollup, day) VALUES ('asset-visits-daily', '${day}')`,
      );
    const leave = (day: string) =>
      damage(
        `DELETE FROM asset_sessions WHERE day = '${day}';
         INSERT INTO touched_days (rollup, day) VALUES ('asset-visits-daily', '${day}')
         ON CONFLICT DO NOTHING`,
      );
    const count = (day: string) => aggregation.rollups.recount(ASSET_VISITS_DAILY, day);
    const noted = async () => {
      const rows = await database.query<{ day: string }>(
        "SELECT day::text FROM returning_visits WHERE id = 'u' ORDER BY day",
      );
      return rows.map(({ day }) => day);
    };
    const [FIRST, SECOND, THIRD] = ['2026-01-01', '2026-01-02', '2026-01-03'] as const;

    it('are noted on all of them, counted in whatever order', async () => {
      await come(SECOND);
      await count(SECOND);
      expect(await noted()).toEqual([]);
      await come(FIRST);
      await come(THIRD);

      await count(THIRD);
      await count(FIRST);

      expect(await noted()).toEqual([FIRST, SECOND, THIRD]);
    });

    it('are noted on a counted day, when one between is gone before it is counted', async () => {
      await come(FIRST);
      await count(FIRST);
      await come(SECOND);
      await come(THIRD);

      await count(THIRD);
      await leave(SECOND);
      await count(SECOND);

      expect(await noted()).toEqual([FIRST, THIRD]);
    });

    it('are noted on the next day, which another may count at this moment', async () => {
      for (const day of [FIRST, SECOND, THIRD]) await come(day);

      await count(SECOND);

      expect(await noted()).toEqual([FIRST, SECOND, THIRD]);
    });

    it('are forgotten on a day on which they were not', async () => {
      for (const day of [FIRST, SECOND]) await come(day);
      for (const day of [FIRST, SECOND]) await count(day);

      await leave(SECOND);
      await count(SECOND);

      expect(await noted()).toEqual([FIRST]);
    });
  });
});
