import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { AssetMetrics, CreatorDashboard, PlatformMetrics } from '#libs/contracts';
import {
  ASSET_VISITS_DAILY,
  CREATOR_VISITS_DAILY,
  DAILY_METRICS,
  PLATFORM_DAILY,
} from '#libs/aggregation';
import type { AcceptedEvent } from '#libs/event-log';
import * as fc from 'fast-check';
import { startAggregation, type TestAggregation } from '../support/aggregation.js';
import { CHROME_ON_MAC, GOOGLEBOT } from '../support/analytics-event.js';
import { aReceipt } from '../support/event-writer-records.js';
import {
  openDatabase,
  startWriter,
  type TestDatabase,
  type TestWriter,
} from '../support/event-writer.js';
import { TestFootfall } from '../support/footfall.js';
import { dayOf, NaiveAnalytics } from '../support/naive-analytics.js';
import { createDatabase } from '../support/postgres.mjs';

jest.setTimeout(240_000);

const VISITS_DAILY = [ASSET_VISITS_DAILY, CREATOR_VISITS_DAILY];

const DAY_MS = 86_400_000;

const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** What an event is about: an asset, a licence that names its asset or not, a project, nothing. */
const subjects = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a1', 'a2', 'a3', 'a4').map(asset) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('l1 a1', 'l2 a3', 'l5 a4', 'l3', 'l4').map(license),
  },
  { weight: 1, arbitrary: fc.constant({ entityType: 'project', entityId: 'p1' } as const) },
  { weight: 1, arbitrary: fc.constant({}) },
);

function asset(entityId: string) {
  return { entityType: 'asset', entityId } as const;
}
function license(ids: string) {
  const [entityId, assetId] = ids.split(' ');
  return { entityType: 'license', entityId, props: assetId ? { assetId } : {} } as const;
}

const facts = fc.record({
  eventType: fc.constantFrom(
    ...['asset_viewed', 'asset_viewed', 'asset_viewed', 'asset_downloaded', 'asset_shared'],
    ...['license_clicked', 'license_created', 'license_created', 'license_renewed'],
    ...['license_expired', 'license_terminated', 'user_signed_up', 'asset_uploaded'],
    ...['page_viewed', 'post_engagement_time'],
  ),
  subject: subjects,
  sessionId: perhaps(fc.constantFrom('s1', 's2', 's3')),
  actor: perhaps(fc.constantFrom('u1 user', 'u2 creator', 'u3 brand')),
  props: fc.record(
    {
      revenueCents: fc.constantFrom<unknown>(0, 100, 2500, -300, 1.5, '100', null, 1e300, {}),
      engagementTime: fc.constantFrom<unknown>(1, 2.5, 30, '5', -1, null),
      projectId: fc.constantFrom('p1', 'p2'),
      creatorId: fc.constantFrom('c1', 'c3'),
      brandId: fc.constantFrom('b1', 'b2'),
      userId: fc.constantFrom('u8', 'u9'),
    },
    { requiredKeys: [] },
  ),
  source: perhaps(fc.constantFrom('google', 'mail')),
  referrer: perhaps(
    fc.constantFrom('https://x.example/a?q=b', 'https://x.example/a', 'https://y.example/'),
  ),
  isBot: fc.integer({ min: 0, max: 5 }).map((roll) => roll === 0),
  isTrusted: fc.boolean(),
});

const sendings = fc.record({
  facts,
  /** Days before today. */
  ago: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 2, arbitrary: fc.constantFrom(6, 7, 13, 29, 30, 89, 90, 364) },
  ),
  /** Of the day that is over; midnight and the last moment among them. */
  part: fc.constantFrom(0, 0.25, 0.25, 0.5, 0.999999),
  receivedAgoMs: fc.integer({ min: 0, max: DAY_MS }),
  /** Sent once more, later. */
  again: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
});

const happenings = fc.constantFrom(
  ...(['nothing', 'project', 'crash', 'roll up', 'roll up', 'fold all again'] as const),
  ...(['new owners', 'lose visits', 'lose days', 'count visits of a day'] as const),
);

const stories = fc.record({
  sendings: fc.array(sendings, { minLength: 1, maxLength: 50 }),
  batches: fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), then: happenings }), {
    minLength: 1,
    maxLength: 8,
  }),
  /** Otherwise dashboards read the visits of days that wait. */
  countsVisits: fc.boolean(),
});

/** Of few sessions on few days, some of them on both sides of where a week begins. */
const visits = fc.record({
  facts: fc.record({
    eventType: fc.constantFrom('asset_viewed', 'asset_viewed', 'license_created'),
    subject: fc.constantFrom('a1', 'a1', 'a2', 'a3').map(asset),
    sessionId: perhaps(fc.constantFrom('s1', 's1', 's2')),
    actor: perhaps(fc.constantFrom('u1 user', 'u2 creator')),
    props: fc.constant({}),
    source: perhaps(fc.constantFrom('google', 'mail')),
    referrer: perhaps(fc.constantFrom('https://x.example/a', 'https://y.example/')),
    isBot: fc.boolean(),
    isTrusted: fc.boolean(),
  }),
  ago: fc.constantFrom(0, 1, 2, 6, 7),
  part: fc.constantFrom(0, 0.25, 0.5),
  receivedAgoMs: fc.constant(0),
  again: fc.constant(false),
});

type Sending = typeof sendings extends fc.Arbitrary<infer Value> ? Value : never;
type Happening = typeof happenings extends fc.Arbitrary<infer Value> ? Value : never;

function recordOf(sending: Sending, index: number, now: number): AcceptedEvent {
  const { subject, props, actor, source, referrer, isBot, isTrusted, ...event } = sending.facts;
  const midnight = Math.floor(now / DAY_MS) * DAY_MS - sending.ago * DAY_MS;
  const length = sending.ago === 0 ? now - midnight : DAY_MS;
  const [actorId = null, actorType = null] = actor?.split(' ') ?? [];
  return {
    kind: 'event',
    contract: 'analytics',
    event: {
      ...event,
      ...subject,
      props: { ...props, ...('props' in subject && subject.props) },
      occurredAt: new Date(midnight + Math.floor(sending.part * length)).toISOString(),
      attribution: {
        ...(source !== undefined && { utmSource: source }),
        ...(referrer !== undefined && { referrer }),
      },
    },
    receipt: aReceipt({
      receivedAt: now - sending.receivedAgoMs,
      userAgent: isBot ? GOOGLEBOT : CHROME_ON_MAC,
    }),
    offer: null,
    added: {
      eventId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      idempotencyKey: null,
      // What a licence is worth, and whose it is, only servers say.
      trust: isTrusted || event.eventType.startsWith('license_') ? 'key' : 'anonymous',
      actorId,
      actorType,
    },
  };
}

const CATALOGUE = {
  owners: new Map([
    ['a1', 'c1'],
    ['a2', 'c1'],
    ['a3', 'c2'],
  ]),
  lateLicenses: new Map([['l3', 'a1']]),
};
/** Whose they were before. */
const OWNERS_ONCE = [
  ['a1', 'c1'],
  ['a2', 'c2'],
] as const;

const byText = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted();

describe('random analytics events in random batches', () => {
  let scratch: Awaited<ReturnType<typeof createDatabase>>;
  let database: TestDatabase;
  let writing: TestWriter;
  let aggregation: TestAggregation;
  let readers: TestFootfall;

  beforeAll(async () => {
    scratch = await createDatabase();
    database = await openDatabase(scratch.url);
    aggregation = await startAggregation(database);
    const settings = { DATABASE_URL: scratch.url, ROLES: 'dashboards' };
    readers = await (await TestFootfall.start(settings)).ready();
  });
  beforeEach(async () => {
    writing = await startWriter(database);
  });
  afterEach(() => writing.stop());
  afterAll(async () => {
    await readers.stop();
    await database.close();
    await scratch.drop();
  });

  const begin = async () => {
    await database.query(`TRUNCATE events, attribution, event_keys, rejected_events, writer_batches,
      projector_cursors, touched_days, touched_assets, asset_sessions, asset_days, last_activity,
      known_things, known_totals,
      daily_metrics, asset_figures_daily, asset_visits_daily, returning_visits, creator_visits_daily, long_visits, platform_daily, catalog_assets, catalog_creators, catalog_users,
      catalog_brands, catalog_licenses`);
    await own(OWNERS_ONCE);
  };
  const own = async (owners: Iterable<readonly [assetId: string, creatorId: string]>) => {
    for (const [assetId, creatorId] of owners) {
      await database.query(
        `INSERT INTO catalog_assets (asset_id, creator_id, creator_id_claim) VALUES ($1, $2, '0')
         ON CONFLICT (asset_id) DO UPDATE SET creator_id = $2, creator_id_claim = '0'`,
        [assetId, creatorId],
      );
    }
  };
  const end = async (countsVisits: boolean) => {
    await own(CATALOGUE.owners);
    for (const [licenseId, assetId] of CATALOGUE.lateLicenses) {
      await database.query(
        `INSERT INTO catalog_licenses (license_id, asset_id, asset_id_claim) VALUES ($1, $2, '0')`,
        [licenseId, assetId],
      );
    }
    await aggregation.project();
    const except = countsVisits ? [] : VISITS_DAILY;
    await aggregation.rollUp(...except);
    await aggregation.rollUp(...except); // the platform's days are counted from those of assets
  };
  const write = async (records: readonly AcceptedEvent[]) => {
    await writing.log.append(records);
    await writing.log.drained();
  };
  const loseAndMend = async (table: 'asset_sessions' | 'asset_days') => {
    await aggregation.project();
    const [lost] = await database.query<{ day: string }>(
      `DELETE FROM ${table} WHERE day = (SELECT max(day) FROM ${table}) RETURNING day::text`,
    );
    if (lost === undefined) return;
    for (const rollup of VISITS_DAILY) await aggregation.rollups.recount(rollup, lost.day);
    await aggregation.recount(lost.day, DAILY_METRICS);
  };

  const happen: Record<Happening, () => Promise<unknown>> = {
    nothing: () => Promise.resolve(),
    project: () => aggregation.project(),
    crash: () => aggregation.crash(),
    'roll up': async () => {
      await aggregation.project();
      await aggregation.rollUp();
    },
    'fold all again': () => database.query("UPDATE projector_cursors SET xid = '0', id = 0"),
    'new owners': () => own(CATALOGUE.owners),
    'lose visits': () => loseAndMend('asset_sessions'),
    'lose days': () => loseAndMend('asset_days'),
    'count visits of a day': async () => {
      await aggregation.project();
      for (const rollup of VISITS_DAILY) {
        const [day] = await aggregation.rollups.touchedDays(rollup);
        if (day !== undefined) await aggregation.rollups.recount(rollup, day);
      }
    },
  };

  const ask = async <Answer>(path: string): Promise<Answer> => {
    const asked = await readers.asAdmin('get', path).set('cache-control', 'no-cache');
    if (asked.status !== 200) throw new Error(`${path}: ${asked.text}`);
    return asked.body as Answer;
  };

  const assetFigures = async (id: string, from: string, to: string) => {
    const path = `/metrics/assets/${id}?start=${from}&end=${to}T23:59:59Z`;
    const { metrics, bots, leftOut } = await ask<AssetMetrics>(path);
    return { ...metrics, bots: bots.uniqueVisitors, invalidRevenues: leftOut.invalidRevenues };
  };
  const creatorFigures = async (id: string, period: string) => {
    const path = `/dashboards/creators/${id}?period=${period}`;
    const { range, summary, topAssets, revenueTimeline, trafficSources, bots, leftOut } =
      await ask<CreatorDashboard>(path);
    const figures = {
      summary,
      topAssets: topAssets.map(({ assetId, views, licenses, revenueCents }) => ({
        assetId,
        views,
        licenses,
        revenueCents,
      })),
      revenueTimeline,
      trafficSources,
      bots: bots.visits,
      invalidRevenues: leftOut.invalidRevenues,
    };
    return { from: range.from, figures };
  };
  const platformFigures = async (period: string) => {
    const {
      range,
      newestReceivedAt,
      asOf: _,
      period: __,
      currency: ___,
      bots,
      leftOut,
      ...figures
    } = await ask<PlatformMetrics>(`/dashboards/platform?period=${period}`);
    return {
      from: range.from,
      figures: {
        ...figures,
        bots: bots.visits,
        invalidRevenues: leftOut.invalidRevenues,
        newestReceivedAt: newestReceivedAt && Date.parse(newestReceivedAt),
      },
    };
  };
  const storedDays = async () =>
    database.query<object>(
      `SELECT date::text, project_id, ip_asset_id, license_id, views, clicks, conversions,
              revenue_cents::float8, unique_visitors, engagement_time::float8
       FROM daily_metrics`,
    );

  it('become the figures that a person would count, whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ sendings: all, batches, countsVisits }) => {
        const now = Date.now();
        const today = dayOf(now);
        const once = all.map((sending, index) => recordOf(sending, index, now));
        const records = [...once, ...once.filter((_, index) => all[index]!.again)];
        await begin();
        let rest = records;
        for (const { size, then } of batches) {
          await write(rest.slice(0, size));
          rest = rest.slice(size);
          await happen[then]();
        }
        await write(rest);
        await end(countsVisits);

        const naive = new NaiveAnalytics(records, CATALOGUE);
        expect(byText(await storedDays())).toEqual(byText(naive.daily()));
        const monthAgo = dayOf(now - 30 * DAY_MS);
        for (const id of ['a1', 'a2', 'a3']) {
          for (const from of [monthAgo, dayOf(now - DAY_MS)]) {
            expect(await assetFigures(id, from, today)).toEqual(naive.asset(id, from, today));
          }
        }
        for (const id of ['c1', 'c2']) {
          for (const period of ['7d', '90d', 'all']) {
            const { from, figures } = await creatorFigures(id, period);
            expect(figures).toEqual(naive.creator(id, from, today));
          }
        }
        for (const period of ['today', '7d', '30d', '90d']) {
          const { from, figures } = await platformFigures(period);
          expect(figures).toEqual(naive.platform(from, today));
        }
        for (const day of [dayOf(now - DAY_MS), dayOf(now - 2 * DAY_MS)]) {
          expect(await aggregation.recount(day, DAILY_METRICS)).toBe(0);
          expect(await aggregation.recount(day, PLATFORM_DAILY)).toBe(0);
          expect(await aggregation.recount(day, ASSET_VISITS_DAILY)).toBe(0);
          expect(await aggregation.recount(day, CREATOR_VISITS_DAILY)).toBe(0);
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('tell the same visits, whichever of their days are counted', async () => {
    const steps = fc.array(fc.record({ visit: visits, then: happenings }), { minLength: 2 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const now = Date.now();
        await begin();
        await own(CATALOGUE.owners);
        const records: AcceptedEvent[] = [];
        for (const { visit, then } of all) {
          const record = recordOf(visit, records.length, now);
          records.push(record);
          await write([record]);
          await happen[then]();
          await aggregation.project();

          const naive = new NaiveAnalytics(records, CATALOGUE);
          for (const period of ['7d', '30d']) {
            const { from, figures } = await creatorFigures('c1', period);
            const { trafficSources, bots } = naive.creator('c1', from, dayOf(now));
            expect(figures).toMatchObject({ trafficSources, bots });
            const counted = naive.asset('a1', from, dayOf(now));
            expect(await assetFigures('a1', from, dayOf(now))).toMatchObject({
              uniqueVisitors: counted['uniqueVisitors'],
              topReferrers: counted['topReferrers'],
              bots: counted['bots'],
            });
          }
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
