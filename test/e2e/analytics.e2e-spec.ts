import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { analyticsDoor, startAnalytics } from '../support/analytics-door.js';
import { aLicenseCreation, anAssetView } from '../support/analytics-event.js';
import { TestFootfall } from '../support/footfall.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('POST /events/analytics', () => {
  let footfall: TestFootfall;
  let key: string;

  beforeAll(async () => {
    ({ footfall, key } = await startAnalytics());
  });
  afterAll(() => footfall.stop());

  const { send, sendWithKey, tracked, rowOf, attributionOf, breachesOf } = analyticsDoor(() => ({
    footfall,
    key,
  }));

  it('takes an event with all that it may say, and stores it', async () => {
    const occurredAt = inMs(-HOUR_MS);

    const { body } = await sendWithKey({
      eventType: 'license_signed',
      source: 'webhook',
      entityType: 'license',
      entityId: 'license-9',
      sessionId: 'session-9',
      props: { assetId: 'asset-9', projectId: 'project-9', note: ' as it is ' },
      attribution: {
        utmSource: 'google',
        utmMedium: 'cpc',
        utmCampaign: 'spring_2025',
        utmTerm: 'lighthouse',
        utmContent: 'banner',
        referrer: 'https://www.google.com/',
        landingPage: 'https://studio.example.com/?utm_source=google',
      },
      idempotencyKey: 'signed-9',
      occurredAt,
      context: {
        session: { userId: 'user-9', role: 'brand' },
        deviceType: 'desktop',
        browser: 'Chrome',
        os: 'macOS',
        referrer: 'https://elsewhere.example/',
      },
    })
      .set('user-agent', 'platform/1.0')
      .expect(202);

    const { eventId } = body as { eventId: string };
    expect(await rowOf(eventId)).toEqual({
      id: eventId,
      occurred_at: new Date(occurredAt),
      source: 'webhook',
      event_type: 'license_signed',
      actor_type: 'brand',
      actor_id: 'user-9',
      entity_type: 'license',
      entity_id: 'license-9',
      project_id: 'project-9',
      ip_asset_id: 'asset-9',
      license_id: 'license-9',
      user_id: 'user-9',
      brand_id: null,
      creator_id: null,
      session_id: 'session-9',
      props_json: { assetId: 'asset-9', projectId: 'project-9', note: ' as it is ' },
      idempotency_key: 'key:signed-9',
      user_agent: 'platform/1.0',
      ip_address: '127.0.0.1',
      received_at: expect.any(Date),
      created_at: expect.any(Date),
    });
    expect(await attributionOf(eventId)).toEqual({
      event_id: eventId,
      occurred_at: new Date(occurredAt),
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: 'spring_2025',
      utm_term: 'lighthouse',
      utm_content: 'banner',
      referrer: 'https://www.google.com/',
      landing_page: 'https://studio.example.com/?utm_source=google',
      device_type: 'desktop',
      browser: 'Chrome',
      os: 'macOS',
      is_bot: false,
    });
  });

  it('takes an event that says only what happened', async () => {
    const eventId = await tracked({ eventType: 'nobody_knows_this' });

    expect(eventId).toMatch(UUID_V7);
    const row = await rowOf(eventId);
    expect(row).toMatchObject({ source: 'web', props_json: null, idempotency_key: null });
    expect(row['occurred_at']).toEqual(row['received_at']);
  });

  it.each([
    [{ eventType: undefined }, 'eventType'],
    [{ eventType: '  ' }, 'eventType'],
    [{ eventType: 'x'.repeat(101) }, 'eventType'],
    [{ source: 'WEB' }, 'source'],
    [{ entityType: 'album' }, 'entityType'],
    [{ entityType: undefined }, 'entityId'],
    [{ entityType: null }, 'entityId'],
    [{ entityId: 'x'.repeat(201) }, 'entityId'],
    [{ sessionId: 7 }, 'sessionId'],
    [{ props: [] }, 'props'],
    [{ props: 'text' }, 'props'],
    [{ props: { text: 'a\0b' } }, 'props'],
    [{ props: { deep: { 'a\0b': 1 } } }, 'props'],
    [{ props: { text: '\ud800' } }, 'props'],
    [{ attribution: { utmSource: 'x'.repeat(256) } }, 'attribution.utmSource'],
    [{ attribution: { referrer: 7 } }, 'attribution.referrer'],
    [{ idempotencyKey: 'x'.repeat(201) }, 'idempotencyKey'],
    [{ occurredAt: 1_700_000_000_000 }, 'occurredAt'],
    [{ occurredAt: 'yesterday' }, 'occurredAt'],
    [{ occurredAt: '2026-02-31T00:00:00Z' }, 'occurredAt'],
    [{ context: { session: { userId: {} } } }, 'context.session.userId'],
  ])('refuses %j, and names the field', async (broken, field) => {
    const event = { ...anAssetView(), ...broken };

    expect(await breachesOf(event)).toEqual([{ field, reason: expect.any(String) }]);
  });

  it('says what an entity’s id needs', async () => {
    expect(await breachesOf({ eventType: 'asset_viewed', entityId: 'asset-1' })).toEqual([
      { field: 'entityId', reason: 'needs entityType beside it' },
    ]);
  });

  it('takes an entity without an id, and an empty id without an entity', async () => {
    const eventId = await tracked({ eventType: 'page_viewed', entityType: 'category' });
    await tracked({ eventType: 'page_viewed', entityId: ' ' });

    expect(await rowOf(eventId)).toMatchObject({ entity_type: 'category', entity_id: null });
  });

  it.each([HOUR_MS - 5000, -365 * DAY_MS + 5000])('takes a time %d ms from now', async (ms) => {
    const occurredAt = inMs(ms);

    const eventId = await tracked(anAssetView({ occurredAt }));

    expect(await rowOf(eventId)).toMatchObject({ occurred_at: new Date(occurredAt) });
  });

  it.each([HOUR_MS + 5000, -365 * DAY_MS - 5000])('refuses a time %d ms from now', async (ms) => {
    const event = anAssetView({ occurredAt: inMs(ms) });

    expect(await breachesOf(event)).toEqual([
      {
        field: 'occurredAt',
        reason: 'must be a time at most 1 h ahead of now and 365 days back',
      },
    ]);
  });

  it('takes 64 fields, of which it stores its own, and refuses more', async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, i]));

    const some = await send({ eventType: 'page_viewed', ...many(63) });
    const tooMany = await send({ eventType: 'page_viewed', ...many(64) });

    expect([some.status, tooMany.status]).toEqual([202, 400]);
  });

  it('answers what breaks its contract before it asks who may say that', async () => {
    expect(await breachesOf(aLicenseCreation({ sessionId: 'x'.repeat(201) }))).toEqual([
      { field: 'sessionId', reason: expect.any(String) },
    ]);
  });

  it('is for pages of any origin, with a token', async () => {
    const origin = 'https://studio.example.com';

    const preflight = await request(footfall.url)
      .options('/events/analytics')
      .set({ origin, 'access-control-request-method': 'POST' });
    const answer = await send(anAssetView()).set({ origin }).expect(202);

    expect(preflight.headers['access-control-allow-headers']).toBe('content-type, authorization');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    });
  });

  it('refuses a body over 100 KiB', async () => {
    const { status } = await send(anAssetView({ props: { text: 'x'.repeat(102_400) } }));

    expect(status).toBe(413);
  });

  it('logs what finds an event again, and nothing personal', async () => {
    const event = anAssetView({ props: { email: 'ana@example.com' } });

    const eventId = await tracked(event);
    await send({ ...event, source: 7 }).expect(400);

    expect(footfall.logged('ANALYTICS_EVENT_RECEIVED')).toContainEqual(
      expect.objectContaining({ eventId, eventType: 'asset_viewed', sessionId: event.sessionId }),
    );
    expect(footfall.logged('ANALYTICS_EVENT_INVALID').at(-1)).toMatchObject({
      payload: { sessionId: event.sessionId, props: { email: '[masked]' } },
    });
    expect(footfall.lines.join('\n')).not.toContain('ana@example.com');
  });

  it('counts known types by name and all others together', async () => {
    const labels = (event: string) => `{contract="analytics",event="${event}"}`;
    const before = await footfall.figure('events_received_total', labels('modal_opened'));

    await tracked({ eventType: 'modal_opened' });
    await tracked({ eventType: 'never_heard_of' });

    const figure = (event: string) => footfall.figure('events_received_total', labels(event));
    expect(await figure('modal_opened')).toBe(before + 1);
    expect(await figure('never_heard_of')).toBe(0);
    expect(await figure('_OTHER')).toBeGreaterThan(0);
  });
});

describe('an analytics event that cannot be kept', () => {
  it('is answered as not tracked, never as an error, and logged with its id', async () => {
    const footfall = await TestFootfall.start({ EVENT_LOG_MIN_FREE_BYTES: '9000000000000000' });
    await footfall.ready();

    const alone = await footfall.post('/events/analytics', anAssetView());
    const batch = await footfall.post('/events/analytics/batch', [anAssetView()]);

    expect([alone.status, alone.body]).toEqual([202, { tracked: false, eventId: null }]);
    expect([batch.status, batch.body]).toEqual([
      200,
      { results: [{ eventId: null, verdict: 'failed' }] },
    ]);
    const [lost] = footfall.logged('ANALYTICS_EVENT_PERSIST_ERROR');
    expect(lost?.['eventId']).toMatch(UUID_V7);
    await footfall.stop();
  });
});
