import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type AnalyticsAdded,
  AnalyticsEventDto,
  compileChecks,
  EVENT_SOURCES,
  EVENT_TYPES,
  senderOf,
  VISITOR_SOURCES,
} from '#libs/contracts';
import type { AcceptedEvent, EventRecord, Refusal } from '#libs/event-log';
import type { Check } from '#libs/platform';
import { documentOf } from '../../../../test/support/document-of.js';
import { analyticsAnnouncements } from './analytics-announcements.js';
import { analyticsLicenses } from './analytics-licenses.js';
import { analyticsPlatform, analyticsRefusals } from './analytics-platform.js';
import { analyticsPosts } from './analytics-posts.js';
import { analyticsVisits } from './analytics-visits.js';
import { ALL_MEMBERS, ASSETS, BRANDS, CREATORS } from './analytics-world.js';
import { type DemoPlan, type DemoSource, daysOf, endOf } from './demo-plan.js';

const PLAN: DemoPlan = { seed: 1, lastDay: '2026-11-21' };
const DAYS = daysOf(PLAN);

const recordsOf = (source: DemoSource): EventRecord[] => DAYS.flatMap((day) => [...source(day)]);
const eventOf = ({ event }: AcceptedEvent): AnalyticsEventDto => event as AnalyticsEventDto;
const addedTo = ({ added }: AcceptedEvent): AnalyticsAdded => added as AnalyticsAdded;

describe('the analytics events of a demo', () => {
  const records = [
    analyticsAnnouncements,
    analyticsVisits,
    analyticsPosts,
    analyticsLicenses,
    analyticsPlatform,
  ].flatMap(recordsOf) as AcceptedEvent[];
  const events = records.map(eventOf);
  const ofType = (...types: readonly string[]) =>
    records.filter((record) => types.includes(eventOf(record).eventType));
  let check: Check;

  beforeAll(async () => {
    check = compileChecks(await documentOf(AnalyticsEventDto))(AnalyticsEventDto);
    // The contract takes no event that is a year old or still to come.
    jest.useFakeTimers({ now: endOf(PLAN) + 20 * 86_400_000 });
  });
  afterAll(() => {
    jest.useRealTimers();
  });

  it('keep the contract, and are as a door hands them on', () => {
    const checked = structuredClone(events);

    const broken = checked.filter((event) => check(event).breaches.length > 0);

    expect(broken).toEqual([]);
    expect(JSON.stringify(checked)).toBe(JSON.stringify(events));
  });

  it('are of every type of the registry, of one that it lacks, and from every source', () => {
    const types = new Set(events.map(({ eventType }) => eventType));

    expect(Object.values(EVENT_TYPES).filter((type) => !types.has(type))).toEqual([]);
    expect(types.size).toBe(Object.keys(EVENT_TYPES).length + 1);
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(EVENT_SOURCES));
  });

  it('say from a page only what a page may say', () => {
    const fromPages = records.filter((record) => addedTo(record).trust !== 'key').map(eventOf);

    const wrong = fromPages.filter(
      ({ eventType, source = 'web', props = {} }) =>
        senderOf(eventType) === 'server' ||
        !VISITOR_SOURCES.includes(source) ||
        'revenueCents' in props ||
        'feeCents' in props,
    );

    expect(fromPages.length).toBeGreaterThan(10_000);
    expect(wrong).toEqual([]);
  });

  it('announce everybody and everything that they name later', () => {
    const announced = (type: string) => new Set(ofType(type).map((each) => eventOf(each).entityId));

    expect(announced('user_signed_up').size).toBe(ALL_MEMBERS.length);
    expect(announced('creator_profile_created').size).toBe(CREATORS.length);
    expect(announced('brand_profile_created').size).toBe(BRANDS.length);
    expect(announced('asset_uploaded').size).toBe(ASSETS.length);
  });

  it('name nobody who never signed up', () => {
    const members = new Set(ALL_MEMBERS.map(({ userId }) => userId));

    const actors = new Set(records.flatMap((record) => addedTo(record).actorId ?? []));

    expect([...actors].filter((id) => !members.has(id))).toEqual([]);
  });

  it('lose visitors from the view of an asset to its licence', () => {
    const counts = [
      ofType('asset_viewed').length,
      ofType('asset_downloaded', 'license_clicked').length,
      ofType('license_created').length,
      ofType('license_signed').length,
      ofType('license_renewed').length,
    ];

    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(new Set(counts).size).toBe(counts.length);
  });

  it('tell what a licence costs in whole cents, and whose it is', () => {
    const created = ofType('license_created').map(eventOf);
    const assets = new Set(ASSETS.map(({ assetId }) => assetId));

    const wrong = created.filter(
      ({ props = {} }) =>
        !Number.isInteger(props['revenueCents']) ||
        !assets.has(props['assetId'] as string) ||
        typeof props['brandId'] !== 'string',
    );

    expect(created.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('say where visitors came from, where they say it', () => {
    const sources = new Set(events.map(({ attribution }) => attribution?.utmSource));
    const referrers = new Set(events.map(({ attribution }) => attribution?.referrer));

    expect(sources).toEqual(new Set([undefined, 'google', 'instagram', 'newsletter']));
    expect(referrers.size).toBeGreaterThan(4);
  });

  it('come from bots too, and from members and strangers', () => {
    const isBot = ({ receipt }: AcceptedEvent): boolean => /bot/.test(receipt.userAgent ?? '');

    const bots = records.filter(isBot);

    expect(bots.length).toBeGreaterThan(200);
    expect(bots.length).toBeLessThan(records.length / 10);
    expect(new Set(bots.map((record) => addedTo(record).trust))).toEqual(new Set(['anonymous']));
    expect(new Set(records.map((record) => addedTo(record).trust))).toEqual(
      new Set(['anonymous', 'user', 'key']),
    );
  });

  it('have an id each, which a retry bears again', () => {
    const keysOf = new Map<string, Set<string | null>>();
    for (const record of records) {
      const { eventId, idempotencyKey } = addedTo(record);
      const keys = keysOf.get(eventId) ?? new Set();
      keysOf.set(eventId, keys.add(idempotencyKey));
    }
    const keys = new Set(records.flatMap((record) => addedTo(record).idempotencyKey ?? []));
    const keyed = [...keysOf.values()].filter((each) => !each.has(null));

    expect([...keysOf.values()].filter((each) => each.size > 1)).toEqual([]);
    expect(keyed).toHaveLength(keys.size);
    expect(keysOf.size).toBeLessThan(records.length - 100);
  });

  it('are refused now and then, for the reasons that the check itself gives', () => {
    const refusals = recordsOf(analyticsRefusals) as Refusal[];

    const reasons = refusals.map(({ raw }) => check(JSON.parse(raw)).breaches);

    expect(reasons).toEqual(refusals.map(({ breaches }) => breaches));
    expect(new Set(refusals.map(({ breaches }) => breaches[0]?.field)).size).toBe(4);
  });
});
