import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ANALYTICS_ANSWER_EXAMPLE,
  ANALYTICS_BATCH_EXAMPLE,
  ANALYTICS_EVENT_EXAMPLES,
  EVENT_TYPE_REGISTRY,
  type EventTypePage,
} from '#libs/contracts';
import { eventually } from '../support/eventually.js';
import { TestFootfall } from '../support/footfall.js';

jest.setTimeout(30_000);

/** The debugging queries of the platform's own document, as they stand there. */
const CHECK_EVENT_CREATION = `
SELECT * FROM events 
WHERE event_type = 'asset_viewed' 
  AND ip_asset_id = 'cuid'
ORDER BY occurred_at DESC 
LIMIT 10;
`;
const CHECK_ATTRIBUTION_DATA = `
SELECT e.event_type, a.utm_source, a.utm_campaign, a.device_type
FROM events e
JOIN attribution a ON a.event_id = e.id
WHERE e.ip_asset_id = 'cuid'
ORDER BY e.occurred_at DESC
LIMIT 10;
`;

const CHECK_DAILY_METRICS = `
SELECT date, views, clicks, conversions, revenue_cents
FROM daily_metrics
WHERE ip_asset_id = 'cuid'
ORDER BY date DESC
LIMIT 30;
`;

/** What the document tracks, as JSON says it. */
const VIEW = {
  eventType: 'asset_viewed',
  source: 'web',
  entityId: 'cuid',
  entityType: 'asset',
  sessionId: 'session-1',
  props: { assetTitle: 'My Asset', userAgent: 'Mozilla/5.0' },
  attribution: {
    utmSource: 'google',
    utmMedium: 'cpc',
    utmCampaign: 'spring_2025',
    referrer: 'https://www.google.com/',
  },
  context: {
    session: { userId: 'user-1', role: 'creator' },
    deviceType: 'desktop',
    browser: 'Chrome',
    os: 'macOS',
  },
};
const LICENSE = {
  eventType: 'license_created',
  source: 'api',
  entityId: 'license-1',
  entityType: 'license',
  props: { licenseType: 'EXCLUSIVE', feeCents: 500000, revenueCents: 500000, assetId: 'cuid' },
  context: VIEW.context,
};

describe('the platform’s own document', () => {
  let footfall: TestFootfall;
  let authorization: string;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    authorization = `Bearer ${(await footfall.makeKey(['ingest:analytics'])).key}`;
    for (const event of [VIEW, LICENSE]) {
      await footfall.post('/events/analytics', event).set({ authorization }).expect(202);
    }
    await footfall.written();
  });
  afterAll(() => footfall.stop());

  it('finds the events of an asset with its own SQL', async () => {
    const rows = await footfall.query(CHECK_EVENT_CREATION);

    expect(rows).toMatchObject([
      {
        event_type: 'asset_viewed',
        ip_asset_id: 'cuid',
        actor_type: 'creator',
        actor_id: 'user-1',
        session_id: 'session-1',
        props_json: VIEW.props,
      },
    ]);
  });

  it('finds their attribution with its own SQL', async () => {
    const rows = await footfall.query(CHECK_ATTRIBUTION_DATA);

    const device_type = 'desktop';
    expect(rows).toEqual([
      { event_type: 'license_created', utm_source: null, utm_campaign: null, device_type },
      {
        event_type: 'asset_viewed',
        utm_source: 'google',
        utm_campaign: 'spring_2025',
        device_type,
      },
    ]);
  });

  it('finds their daily metrics with its own SQL, within seconds', async () => {
    const today = new Date(new Date().toISOString().slice(0, 10));

    await eventually(async () => {
      const rows = await footfall.query<{ date: unknown; views: number }>(CHECK_DAILY_METRICS);
      expect(rows).toHaveLength(2);
      expect(rows.toSorted((a, b) => b.views - a.views)).toEqual([
        { date: today, views: 1, clicks: 0, conversions: 0, revenue_cents: '0' },
        { date: today, views: 0, clicks: 0, conversions: 1, revenue_cents: '500000' },
      ]);
    }, 10_000);
  });

  it('has indexes for them', async () => {
    const indexes = await footfall.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE tablename IN ('events', 'attribution')`,
    );

    const columns = indexes.map(({ indexdef }) => /\((.*)\)/.exec(indexdef)?.[1]);
    expect(columns).toEqual(
      expect.arrayContaining([
        'event_type, occurred_at',
        'ip_asset_id, occurred_at',
        'session_id',
        'event_id, occurred_at',
      ]),
    );
  });

  it.each(Object.entries(ANALYTICS_EVENT_EXAMPLES))(
    'is shown to readers by an example that is taken: %s',
    async (_, { value }) => {
      const { body } = await footfall
        .post('/events/analytics', value)
        .set({ authorization })
        .expect(202);

      expect(body).toMatchObject({ tracked: true });
    },
  );

  it('is shown to readers with answers that are given', async () => {
    const { sent, answered } = ANALYTICS_BATCH_EXAMPLE;

    const one = await footfall
      .post('/events/analytics', sent[0])
      .set({ authorization })
      .expect(202);
    const all = await footfall
      .post('/events/analytics/batch', sent)
      .set({ authorization })
      .expect(200);

    expect(one.body).toEqual(ANALYTICS_ANSWER_EXAMPLE);
    expect(all.body).toEqual(answered);
  });

  it('has its registry published, for anybody and for caches', async () => {
    const { body, headers } = await footfall.get('/event-types').expect(200);

    const { items, nextCursor } = body as EventTypePage;
    expect(headers['cache-control']).toBe('public, max-age=3600');
    expect(nextCursor).toBeNull();
    expect(items).toEqual(EVENT_TYPE_REGISTRY);
    expect(items).toContainEqual({
      key: 'LICENSE_CREATED',
      value: 'license_created',
      group: 'license',
      description: 'A licence is created: a conversion in dashboards.',
      sentBy: 'server',
    });
  });

  it('partitions both of its tables by time', async () => {
    const rows = await footfall.query<{ name: string }>(
      `SELECT DISTINCT inhparent::regclass::text AS name FROM pg_inherits
       WHERE inhrelid IN (SELECT tableoid FROM events UNION SELECT tableoid FROM attribution)
         AND inhrelid::regclass::text NOT LIKE '%default'
       ORDER BY 1`,
    );

    expect(rows).toEqual([{ name: 'attribution' }, { name: 'events' }]);
  });
});
