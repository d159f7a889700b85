import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  AnalyticsEventDto,
  AssetMetrics,
  CreatorDashboard,
  PlatformMetrics,
} from '#libs/contracts';
import { GOOGLEBOT } from '../support/analytics-event.js';
import { eventually } from '../support/eventually.js';
import { TestFootfall } from '../support/footfall.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const dayAgo = (days: number): string =>
  new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** From post to dashboard. */
const FRESH_WITHIN_MS = 10_000;

const [DAY_1, DAY_2, DAY_3] = [dayAgo(5), dayAgo(4), dayAgo(3)] as const;

const view = (assetId: string, at: string, others: Partial<AnalyticsEventDto> = {}) => ({
  eventType: 'asset_viewed',
  entityType: 'asset',
  entityId: assetId,
  occurredAt: at,
  ...others,
});
const ofLicense = (type: string, licenseId: string, at: string, props: object) => ({
  eventType: `license_${type}`,
  source: 'api',
  entityType: 'license',
  entityId: licenseId,
  occurredAt: at,
  props,
});
const as = (userId: string, role = 'user') => ({ context: { session: { userId, role } } });

/** What servers say, in no order. */
const STORY: readonly object[] = [
  view('lisbon', `${DAY_2}T00:00:00.000Z`, {
    sessionId: 's-1',
    attribution: { utmSource: 'newsletter', referrer: 'https://mail.example/' },
  }),
  view('lisbon', `${DAY_1}T23:59:59.999Z`, {
    sessionId: 's-1',
    props: { engagementTime: 30 },
    attribution: { utmSource: 'google', referrer: 'https://www.google.com/search?q=lisbon' },
  }),
  view('lisbon', `${DAY_1}T10:00:00.000Z`, { ...as('ana'), sessionId: 's-2' }),
  view('lisbon', `${DAY_2}T10:00:00.000Z`, { ...as('ana'), sessionId: 's-3' }),
  { ...view('lisbon', `${DAY_2}T11:00:00.000Z`), eventType: 'asset_downloaded' },
  ofLicense('clicked', 'l-1', `${DAY_2}T11:30:00.000Z`, { assetId: 'lisbon' }),
  ofLicense('created', 'l-1', `${DAY_2}T12:00:00.000Z`, { assetId: 'lisbon', revenueCents: 5000 }),
  ofLicense('created', 'l-2', `${DAY_2}T12:00:00.000Z`, { assetId: 'lisbon', revenueCents: '99' }),
  ofLicense('created', 'l-late', `${DAY_3}T12:00:00.000Z`, { revenueCents: 700 }),
  view('porto', `${DAY_1}T10:00:00.000Z`, { sessionId: 's-4' }),
  view('stolen', `${DAY_1}T10:00:00.000Z`, { sessionId: 's-5' }),
];

describe('the dashboards of the creators’ platform', () => {
  let footfall: TestFootfall;
  let server: string;

  const track = async (
    event: object,
    headers: Record<string, string> = { authorization: server },
  ) => void (await footfall.post('/events/analytics', event).set(headers).expect(202));
  const put = (path: string, body: object) =>
    footfall
      .asAdmin('put', path)
      .send(body)
      .expect((answer) => {
        if (!answer.ok) throw new Error(answer.text);
      });
  /** Past the cache. */
  const fresh = async <Answer>(path: string): Promise<Answer> => {
    const { body } = await footfall
      .asAdmin('get', path)
      .set('cache-control', 'no-cache')
      .expect(200);
    return body as Answer;
  };
  const lisbon = () => fresh<AssetMetrics>(`/metrics/assets/lisbon?start=${DAY_1}&end=${DAY_3}`);

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    server = `Bearer ${(await footfall.makeKey(['ingest:analytics'])).key}`;
    await put('/catalog/assets/lisbon', { title: 'Morning in Lisbon', creatorId: 'creator-1' });
    await put('/catalog/assets/porto', { title: 'Porto', creatorId: 'creator-2' });
    await put('/catalog/assets/unseen', { title: 'Unseen', creatorId: 'creator-1' });
    for (const event of STORY) await track(event);
    await track(view('lisbon', `${DAY_1}T12:00:00.000Z`, { sessionId: 's-bot' }), {
      'user-agent': GOOGLEBOT,
    });
    // A visitor names itself the owner of what it looks at.
    await track(
      view('stolen', `${DAY_1}T11:00:00.000Z`, { props: { creatorId: 'creator-1' } }),
      {},
    );
    await footfall.written();
    await put('/catalog/licenses/l-late', { assetId: 'lisbon' });
    const isCounted = async () => {
      const { totalViews, totalConversions } = (await lisbon()).metrics;
      const stolen = await fresh<AssetMetrics>(`/metrics/assets/stolen?start=${DAY_1}`);
      return totalViews === 5 && totalConversions === 3 && stolen.metrics.totalViews === 2;
    };
    await until('the story is counted', isCounted, FRESH_WITHIN_MS);
  });
  afterAll(() => footfall.stop());

  it('tell of an asset what the platform’s own document asks', async () => {
    const { assetId, dateRange, range, currency, metrics, bots, leftOut } = await lisbon();

    expect({ assetId, dateRange, range, currency, metrics, bots, leftOut }).toEqual({
      assetId: 'lisbon',
      currency: 'USD',
      dateRange: { start: DAY_1, end: DAY_3 },
      range: { from: DAY_1, to: DAY_3, timeZone: 'UTC', isLastDayIncomplete: false },
      metrics: {
        totalViews: 5,
        totalClicks: 2,
        totalConversions: 3,
        totalRevenueCents: 5700,
        // ana in two sessions, s-1 on two days, and the program.
        uniqueVisitors: 3,
        avgEngagementTime: 6,
        topReferrers: [{ referrer: 'https://www.google.com/search', count: 1 }],
        dailyBreakdown: [
          { date: DAY_1, views: 3, clicks: 0, conversions: 0, revenueCents: 0 },
          { date: DAY_2, views: 2, clicks: 2, conversions: 2, revenueCents: 5000 },
          { date: DAY_3, views: 0, clicks: 0, conversions: 1, revenueCents: 700 },
        ],
      },
      bots: { uniqueVisitors: 1 },
      leftOut: { invalidRevenues: 1 },
    });
  });

  it('tell of a creator’s assets together, and of no asset that a visitor calls the creator’s', async () => {
    const answer = await fresh<CreatorDashboard>('/dashboards/creators/creator-1?period=7d');

    expect(answer.summary).toEqual({
      totalViews: 5,
      totalLicenses: 3,
      totalRevenueCents: 5700,
      avgConversionRate: 60,
    });
    expect(answer.topAssets).toEqual([
      {
        assetId: 'lisbon',
        assetTitle: 'Morning in Lisbon',
        views: 5,
        licenses: 3,
        revenueCents: 5700,
      },
    ]);
    expect(answer.revenueTimeline).toHaveLength(7);
    expect(answer.revenueTimeline).toContainEqual({ date: DAY_2, revenueCents: 5000 });
    expect(answer.trafficSources).toEqual([
      { source: 'direct', visits: 3, conversions: 2 },
      { source: 'google', visits: 1, conversions: 0 },
    ]);
    expect(answer.bots).toEqual({ visits: 1 });
  });

  it('tell of the whole time from its first day on', async () => {
    const { range } = await fresh<CreatorDashboard>('/dashboards/creators/creator-1?period=all');

    expect(range.from).toBe(DAY_1);
  });

  it('tell of the whole platform', async () => {
    await eventually(async () => {
      const answer = await fresh<PlatformMetrics>('/dashboards/platform?period=7d');

      expect(answer).toMatchObject({
        users: { total: 1, new: 0, active: 1 },
        creators: { total: 1, active: 2, avgRevenuePerCreator: 2850 },
        brands: { total: 0, active: 0, avgSpendPerBrand: 0 },
        assets: { total: 4, uploaded: 0, avgViewsPerAsset: 2 },
        licenses: { total: 3, created: 3, renewalRate: 0 },
        revenue: { totalCents: 5700, growth: 0 },
        bots: { visits: 1 },
        leftOut: { invalidRevenues: 1 },
        range: { to: dayAgo(0), isLastDayIncomplete: true },
      });
      expect(answer.revenue.timeline).toHaveLength(7);
    }, FRESH_WITHIN_MS);
  });

  it('mean the last 30 days where they are not told, today among them', async () => {
    const { dateRange } = await fresh<AssetMetrics>('/metrics/assets/lisbon');
    const { period, range } = await fresh<PlatformMetrics>('/dashboards/platform');

    expect(dateRange).toEqual({ start: dayAgo(29), end: dayAgo(0) });
    expect({ period, from: range.from }).toEqual({ period: '30d', from: dayAgo(29) });
  });

  it('show a late event on its own day within seconds', async () => {
    await track(view('porto', `${dayAgo(300)}T10:00:00Z`, { sessionId: 's-late' }));

    await eventually(async () => {
      const path = `/metrics/assets/porto?start=${dayAgo(301)}&end=${dayAgo(299)}`;
      const { metrics } = await fresh<AssetMetrics>(path);
      expect(metrics.dailyBreakdown[1]).toMatchObject({ date: dayAgo(300), views: 1 });
    }, FRESH_WITHIN_MS);
  });

  it('are kept in a table with the columns of the contract', async () => {
    const rows = await footfall.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = 'daily_metrics'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    const [key] = await footfall.query<{ definition: string }>(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE conname = 'daily_metrics_key'`,
    );

    expect(rows.map(({ name }) => name)).toEqual([
      'date',
      'project_id',
      'ip_asset_id',
      'license_id',
      'views',
      'clicks',
      'conversions',
      'revenue_cents',
      'unique_visitors',
      'engagement_time',
      'created_at',
      'updated_at',
    ]);
    expect(key?.definition).toBe(
      'UNIQUE NULLS NOT DISTINCT (date, project_id, ip_asset_id, license_id)',
    );
  });

  it('know an asset of the catalogue that nobody has seen', async () => {
    const { metrics } = await fresh<AssetMetrics>('/metrics/assets/unseen');

    expect(metrics).toMatchObject({ totalViews: 0, avgEngagementTime: 0, topReferrers: [] });
  });

  it.each(['/metrics/assets/nothing', '/dashboards/creators/nobody'])(
    'say that there is no %s',
    async (path) => {
      const { body } = await footfall.asAdmin('get', path).expect(404);

      expect(body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    },
  );

  it.each([
    ['/metrics/assets/lisbon?start=2026-01-31&end=2026-01-01', 'start'],
    ['/metrics/assets/lisbon?start=2026-01-31&end=2026-01-31', 'start'],
    ['/metrics/assets/lisbon?start=2024-11-26&end=2026-01-01', 'start'],
    ['/metrics/assets/lisbon?start=1969-12-31&end=1970-01-01', 'start'],
    ['/metrics/assets/lisbon?end=2100-01-02', 'end'],
    ['/metrics/assets/lisbon?start=2999-01-01', 'start'],
    ['/metrics/assets/lisbon?start=yesterday', 'start'],
    ['/metrics/assets/lisbon?from=2026-01-01', 'from'],
    ['/dashboards/creators/creator-1?period=today', 'period'],
    ['/dashboards/platform?period=all', 'period'],
    ['/dashboards/platform?period=', 'period'],
  ])('refuse the question %s and name the field', async (path, field) => {
    const { body } = await footfall.asAdmin('get', path).expect(400);

    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', breaches: [{ field }] });
  });

  it('count whole days, whatever their moments', async () => {
    const path = `/metrics/assets/lisbon?start=${DAY_1}T22:00:00Z&end=${DAY_2}T01:00:00%2B01:00`;

    const { dateRange, metrics } = await fresh<AssetMetrics>(path);

    expect(dateRange).toEqual({ start: DAY_1, end: DAY_2 });
    expect(metrics.totalViews).toBe(5);
  });

  describe('for a creator', () => {
    let creator: string;
    const status = async (path: string) => {
      const answer = await footfall.get(path).set('authorization', creator);
      return answer.status;
    };

    beforeAll(async () => {
      const owner = { kind: 'creator', id: 'creator-1' } as const;
      creator = `Bearer ${(await footfall.makeKey(['dashboards:read'], owner)).key}`;
    });

    it('show its own, and say of others that there are none', async () => {
      // They are cached, for others.
      await footfall.asAdmin('get', '/metrics/assets/porto').expect(200);
      await footfall.asAdmin('get', '/dashboards/creators/creator-2').expect(200);

      expect(await status('/metrics/assets/lisbon')).toBe(200);
      expect(await status('/metrics/assets/porto')).toBe(404);
      expect(await status('/metrics/assets/stolen')).toBe(404);
      expect(await status('/dashboards/creators/creator-1')).toBe(200);
      expect(await status('/dashboards/creators/creator-2')).toBe(404);
      expect(await status('/dashboards/platform')).toBe(403);
    });

    it('give an asset the revenue of its licence only where a server or an administrator says so', async () => {
      const day = dayAgo(200);
      const revenueOf = async (asset: string) => {
        const path = `/metrics/assets/${asset}?start=${dayAgo(201)}&end=${dayAgo(199)}`;
        return (await fresh<AssetMetrics>(path)).metrics.totalRevenueCents;
      };
      const claim = `3 ${day}T00:00:00.000000Z`;
      await footfall.query(
        'INSERT INTO catalog_licenses (license_id, asset_id, asset_id_claim) VALUES ($1, $2, $3)',
        ['l-claimed', 'porto', claim],
      );
      await track(ofLicense('created', 'l-claimed', `${day}T12:00:00Z`, { revenueCents: 900 }));
      await eventually(async () => {
        const sql = `SELECT ip_asset_id, revenue_cents::int FROM daily_metrics
                     WHERE license_id = 'l-claimed'`;
        expect(await footfall.query(sql)).toEqual([{ ip_asset_id: null, revenue_cents: 900 }]);
      }, FRESH_WITHIN_MS);

      const claimed = await revenueOf('porto');
      await put('/catalog/licenses/l-claimed', { assetId: 'lisbon' });

      expect(claimed).toBe(0);
      expect([await revenueOf('porto'), await revenueOf('lisbon')]).toEqual([0, 900]);
    });
  });

  describe('that are asked again', () => {
    const PATH = `/metrics/assets/cached?start=${DAY_1}&end=${DAY_2}`;
    const kept = () => footfall.asAdmin('get', PATH).expect(200);

    it('answer what they said before, until somebody wants it fresh or forgotten', async () => {
      await put('/catalog/assets/cached', { title: 'Cached', creatorId: 'creator-3' });
      const before = await kept();
      await track(view('cached', `${DAY_1}T10:00:00Z`));
      await eventually(async () => {
        const [row] = await footfall.query(
          `SELECT views FROM daily_metrics WHERE ip_asset_id = 'cached'`,
        );
        expect(row).toEqual({ views: 1 });
      }, FRESH_WITHIN_MS);

      const again = await kept();
      const unchanged = await footfall
        .asAdmin('get', PATH)
        .set('if-none-match', String(before.headers['etag']));
      await footfall.asAdmin('delete', '/cache/assets/cached').expect(204);
      const after = await kept();

      expect(again.body).toEqual(before.body);
      expect(unchanged.status).toBe(304);
      expect((after.body as AssetMetrics).metrics.totalViews).toBe(1);
    });
  });

  it('are for keys that may read dashboards', async () => {
    const reader = await footfall.makeKey(['dashboards:read']);
    const other = await footfall.makeKey(['events:read']);

    for (const path of [
      '/metrics/assets/lisbon',
      '/dashboards/creators/creator-1',
      '/dashboards/platform',
    ]) {
      const with_ = (key: string) => footfall.get(path).set('authorization', `Bearer ${key}`);
      const answers = [await footfall.get(path), await with_(other.key), await with_(reader.key)];
      expect(answers.map(({ status }) => status)).toEqual([401, 403, 200]);
    }
  });
});
