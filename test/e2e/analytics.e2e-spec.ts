import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnalyticsEventPage } from '#libs/contracts';
import {
  aLicenseCreation,
  anAssetView,
  aUserToken,
  CHROME_ON_MAC,
  GOOGLEBOT,
  SAFARI_ON_IPHONE,
  TOKEN_SECRET,
} from '../support/analytics-event.js';
import request from 'supertest';
import { TestFootfall } from '../support/footfall.js';

const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

interface Answer {
  readonly tracked: boolean;
  readonly eventId?: string | null;
  readonly reason?: string;
  readonly breaches?: readonly { field: string; reason: string }[];
}

describe('POST /events/analytics', () => {
  let footfall: TestFootfall;
  let key: string;

  beforeAll(async () => {
    footfall = await TestFootfall.start({
      JWT_SECRET: TOKEN_SECRET,
      ANALYTICS_KEY_RATE_LIMIT: '0',
    });
    await footfall.ready();
    key = (await footfall.makeKey(['ingest:analytics'])).key;
  });
  afterAll(() => footfall.stop());

  const send = (event: object, authorization?: string) => {
    const post = footfall.post('/events/analytics', event);
    return authorization === undefined ? post : post.set({ authorization });
  };
  const sendWithKey = (event: object) => send(event, `Bearer ${key}`);
  const tracked = async (event: object, authorization?: string): Promise<string> => {
    const { body } = await send(event, authorization).expect(202);
    expect(body).toEqual({ tracked: true, eventId: expect.any(String) });
    return (body as { eventId: string }).eventId;
  };
  const rowOf = async (eventId: string): Promise<Record<string, unknown>> => {
    await footfall.written();
    const rows = await footfall.query('SELECT * FROM events WHERE id = $1', [eventId]);
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const attributionOf = async (eventId: string): Promise<Record<string, unknown>> => {
    await footfall.written();
    const rows = await footfall.query('SELECT * FROM attribution WHERE event_id = $1', [eventId]);
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };
  const breachesOf = async (event: object, status = 400): Promise<unknown> =>
    ((await send(event).expect(status)).body as Answer).breaches;

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

  describe('who may say what', () => {
    const NEEDS = 'needs an ingest key, or the token of an administrator';
    const guarded: [string, object, string[]][] = [
      ...['created', 'signed', 'renewed', 'expired', 'terminated', 'viewed', 'clicked'].map(
        (what): [string, object, string[]] => [
          `license_${what}`,
          { eventType: `license_${what}` },
          ['eventType'],
        ],
      ),
      ['a royalty', { eventType: 'royalty_calculated' }, ['eventType']],
      ['a payout', { eventType: 'payout_completed' }, ['eventType']],
      ['a payout that nobody knows', { eventType: 'payout_reversed' }, ['eventType']],
      ['a licence in other letters', { eventType: 'LICENSE_CREATED' }, ['eventType']],
      ['the source api', { eventType: 'page_viewed', source: 'api' }, ['source']],
      ['the source system', { eventType: 'page_viewed', source: 'system' }, ['source']],
      ['the source webhook', { eventType: 'page_viewed', source: 'webhook' }, ['source']],
      ['revenue', { eventType: 'page_viewed', props: { revenueCents: 1 } }, ['props.revenueCents']],
      ['a fee', { eventType: 'page_viewed', props: { feeCents: null } }, ['props.feeCents']],
      [
        'all of it',
        aLicenseCreation(),
        ['eventType', 'source', 'props.revenueCents', 'props.feeCents'],
      ],
    ];
    const free: [string, object][] = [
      ['an asset view', anAssetView()],
      ['a mobile event', { eventType: 'page_viewed', source: 'mobile' }],
      ['an event about a licence', { eventType: 'page_viewed', entityType: 'license' }],
      ['a word that begins alike', { eventType: 'licensed_out' }],
      ['money deep inside', { eventType: 'page_viewed', props: { cart: { revenueCents: 1 } } }],
    ];

    it.each(guarded)('keeps %s from everybody but servers', async (_, event, fields) => {
      const user = await aUserToken({ sub: 'user-1', role: 'creator' });
      const { key: reader } = await footfall.makeKey(['events:read']);
      const senders = [undefined, `Bearer ${user}`, `Bearer ${reader}`];

      for (const sender of senders) {
        const { body, headers } = await send(event, sender).expect(401);
        expect(body).toEqual({ breaches: fields.map((field) => ({ field, reason: NEEDS })) });
        expect(headers['www-authenticate']).toBe('Bearer');
      }
    });

    it.each(guarded)('takes %s from servers and administrators', async (_, event) => {
      const administrator = await aUserToken({ sub: 'root', role: 'admin' });

      const statuses = [];
      for (const sender of [key, administrator]) {
        statuses.push((await send(event, `Bearer ${sender}`)).status);
      }

      expect(statuses).toEqual([202, 202]);
    });

    it.each(free)('takes %s from anybody', async (_, event) => {
      expect(await tracked(event)).toMatch(UUID_V7);
    });

    it('refuses a key that is none, whatever the event', async () => {
      const { body } = await send(anAssetView(), 'Bearer nonsense').expect(401);

      expect((body as Answer).breaches).toEqual([
        { field: 'authorization', reason: 'is not valid' },
      ]);
    });
  });

  describe('who acts', () => {
    const context = { session: { userId: 'visitor-1', role: 'creator' }, deviceType: 'tablet' };

    it('is said by a server for its visitor', async () => {
      const eventId = await tracked(anAssetView({ context }), `Bearer ${key}`);

      expect(await rowOf(eventId)).toMatchObject({
        actor_type: 'creator',
        actor_id: 'visitor-1',
        user_id: 'visitor-1',
        creator_id: null,
      });
    });

    it('is a user by their token, whatever they say of themselves', async () => {
      const token = await aUserToken({ sub: 'user-7', role: 'creator' });
      const plain = await aUserToken({ sub: 'user-8' });

      const eventId = await tracked(anAssetView({ context }), `Bearer ${token}`);
      const other = await tracked(anAssetView(), `Bearer ${plain}`);

      expect(await rowOf(eventId)).toMatchObject({ actor_type: 'creator', actor_id: 'user-7' });
      expect(await attributionOf(eventId)).toMatchObject({ device_type: null });
      expect(await rowOf(other)).toMatchObject({ actor_type: 'user', actor_id: 'user-8' });
    });

    it('is nobody where anybody may say so', async () => {
      const eventId = await tracked(anAssetView({ context }));

      expect(await rowOf(eventId)).toMatchObject({ actor_type: null, actor_id: null });
      expect(await attributionOf(eventId)).toMatchObject({ device_type: null });
    });
  });

  describe('on what device', () => {
    it.each([
      [CHROME_ON_MAC, 'desktop', 'Chrome', 'macOS', false],
      [SAFARI_ON_IPHONE, 'mobile', 'Safari', 'iOS', false],
      ['Mozilla/5.0 '.repeat(100).slice(0, 1024), null, expect.anything(), null, false],
      ['/'.repeat(1024), null, null, null, true],
      ['(((((', null, null, null, true],
    ])('tells from the user agent %s', async (userAgent, device_type, browser, os, is_bot) => {
      const { body } = await send(anAssetView()).set('user-agent', userAgent).expect(202);

      expect(await attributionOf((body as { eventId: string }).eventId)).toMatchObject({
        device_type,
        browser,
        os,
        is_bot,
      });
    });

    it('flags a bot, and keeps its event', async () => {
      const { body } = await send(anAssetView()).set('user-agent', GOOGLEBOT).expect(202);

      const { eventId } = body as { eventId: string };
      expect(await rowOf(eventId)).toMatchObject({ user_agent: GOOGLEBOT });
      expect(await attributionOf(eventId)).toMatchObject({ is_bot: true });
    });

    it('tells from the user agent that a server passes on', async () => {
      const props = { userAgent: SAFARI_ON_IPHONE };

      const { body } = await sendWithKey(anAssetView({ props })).set('user-agent', 'axios/1.7.2');

      expect(await attributionOf((body as { eventId: string }).eventId)).toMatchObject({
        device_type: 'mobile',
        is_bot: false,
      });
    });

    it('does not take a server for a bot', async () => {
      const { body } = await sendWithKey(anAssetView()).set('user-agent', 'axios/1.7.2');

      expect(await attributionOf((body as { eventId: string }).eventId)).toMatchObject({
        device_type: null,
        browser: null,
        is_bot: false,
      });
    });
  });

  describe('with a privacy signal', () => {
    const stored = async (sessionId: string): Promise<number> => {
      await footfall.written();
      const rows = await footfall.query('SELECT FROM events WHERE session_id = $1', [sessionId]);
      return rows.length;
    };

    it.each(['DNT', 'Sec-GPC'])('stores nothing of a browser on %s: 1', async (name) => {
      const event = anAssetView({ sessionId: `private ${name}` });
      const token = await aUserToken({ sub: 'user-1' });

      const anybody = await send(event).set(name, '1').expect(202);
      const user = await send(event, `Bearer ${token}`).set(name, '1').expect(202);

      expect([anybody.body, user.body]).toEqual([
        { tracked: false, reason: 'dnt' },
        { tracked: false, reason: 'dnt' },
      ]);
      expect(await stored(`private ${name}`)).toBe(0);
    });

    it.each(['0', 'true', '1, 1', 'unspecified'])('takes %p for no signal', async (value) => {
      const event = anAssetView();

      await send(event).set('DNT', value).set('Sec-GPC', value).expect(202);

      expect(await stored(event.sessionId!)).toBe(1);
    });

    it('is no word of a server’s visitor', async () => {
      const event = anAssetView();

      await sendWithKey(event).set('DNT', '1').expect(202);

      expect(await stored(event.sessionId!)).toBe(1);
    });

    it('keeps nothing of what it refuses', async () => {
      const event = { ...anAssetView(), props: 'private, as well' };

      await send(event).set('Sec-GPC', '1').expect(400);

      await footfall.written();
      const kept = await footfall.query(
        `SELECT FROM rejected_events WHERE convert_from(raw, 'UTF8') LIKE '%private, as well%'`,
      );
      expect(kept).toEqual([]);
      expect(footfall.lines.join('\n')).not.toContain('private, as well');
    });
  });

  describe('sent again', () => {
    it('is stored once, whatever its time says, and answered the same', async () => {
      const event = anAssetView({ idempotencyKey: 'again-1', occurredAt: inMs(-DAY_MS) });

      const first = await tracked(event);
      await footfall.written();
      const second = await tracked({ ...event, occurredAt: inMs(0) });
      const { body } = await footfall
        .post('/events/analytics/batch', [
          { ...event, occurredAt: inMs(-40 * DAY_MS) },
          { ...event, occurredAt: undefined },
        ])
        .expect(200);

      expect(first).toMatch(UUID_V5);
      expect(second).toBe(first);
      expect(body).toEqual({
        results: [
          { eventId: first, verdict: 'accepted' },
          { eventId: first, verdict: 'accepted' },
        ],
      });
      expect(await rowOf(first)).toMatchObject({ occurred_at: new Date(event.occurredAt!) });
      expect(await attributionOf(first)).toMatchObject({
        occurred_at: new Date(event.occurredAt!),
      });
    });

    it('is another event without a key', async () => {
      const event = anAssetView();

      expect(await tracked(event)).not.toBe(await tracked(event));
    });

    it('takes no key of a sender who is trusted otherwise', async () => {
      const event = anAssetView({ idempotencyKey: 'mine' });
      const token = await aUserToken({ sub: 'user-1' });

      const ids = [
        await tracked(event),
        await tracked(event, `Bearer ${token}`),
        await tracked(event, `Bearer ${key}`),
      ];

      expect(new Set(ids).size).toBe(3);
      const keys = await Promise.all(ids.map(async (id) => (await rowOf(id))['idempotency_key']));
      expect(keys).toEqual(['anonymous:mine', 'user:mine', 'key:mine']);
    });

    it('with other content is a conflict, which its receipt tells', async () => {
      const event = anAssetView({ idempotencyKey: 'conflict' });

      const eventId = await tracked(event);
      await tracked({ ...event, props: { other: true } });
      await footfall.written();

      const { body } = await footfall
        .asAdmin('get', `/events/analytics/${eventId}/receipt`)
        .expect(200);
      expect(body).toMatchObject({
        state: 'stored',
        items: [{ state: 'stored' }, { state: 'conflict' }],
      });
    });
  });

  it('has a receipt for every event, and for what never was one', async () => {
    const eventId = await tracked(anAssetView());
    await footfall.written();

    const stateOf = async (id: string): Promise<unknown> =>
      (await footfall.asAdmin('get', `/events/analytics/${id}/receipt`).expect(200)).body;
    expect(await stateOf(eventId)).toMatchObject({ eventId, state: 'stored' });
    expect(await stateOf('view-7f3c')).toMatchObject({ state: 'not_known_yet', items: [] });
  });

  describe('whose numbers', () => {
    it('are a licence’s asset’s, by the event itself or by the catalogue', async () => {
      await footfall.query(
        `INSERT INTO catalog_licenses (license_id, asset_id) VALUES ('license-7', 'asset-7')`,
      );
      const events = [
        aLicenseCreation({ entityId: 'license-5', props: { assetId: 'a', ipAssetId: 'b' } }),
        aLicenseCreation({ entityId: 'license-6', props: { ipAssetId: 'b' } }),
        aLicenseCreation({ entityId: 'license-7', props: {} }),
      ];

      const assets = [];
      for (const event of events) {
        const row = await rowOf(await tracked(event, `Bearer ${key}`));
        assets.push([row['license_id'], row['ip_asset_id']]);
      }

      expect(assets).toEqual([
        ['license-5', 'a'],
        ['license-6', 'b'],
        ['license-7', 'asset-7'],
      ]);
    });

    it('are nobody’s where the catalogue does not know either', async () => {
      const event = aLicenseCreation({ entityId: 'license-unknown' });

      expect(await rowOf(await tracked(event, `Bearer ${key}`))).toMatchObject({
        ip_asset_id: null,
        license_id: 'license-unknown',
      });
    });
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

  describe('read back', () => {
    beforeAll(async () => {
      const about = { entityId: 'read-me', sessionId: 'reading' };
      await tracked(
        anAssetView({
          ...about,
          occurredAt: '2026-11-20T10:00:00.123456Z',
          props: {
            assetTitle: 'My Asset',
            email: 'ana@example.com',
            note: 'call +55 11 91234-5678',
            deep: { phoneNumber: '1', from: '203.0.113.7' },
          },
          attribution: { utmSource: 'news', referrer: 'https://a.example/?email=ana@example.com' },
        }),
      );
      await tracked(anAssetView({ ...about, eventType: 'asset_shared' }));
      await tracked({ ...about, eventType: 'page_viewed', entityType: 'post' });
      await footfall.written();
    });

    const list = async (query: string, reader?: string): Promise<AnalyticsEventPage> => {
      const get = reader
        ? footfall.get(`/events/analytics?${query}`).set('authorization', `Bearer ${reader}`)
        : footfall.asAdmin('get', `/events/analytics?${query}`);
      return (await get.expect(200)).body as AnalyticsEventPage;
    };

    it('is what was sent, to whoever may read it', async () => {
      const { items } = await list('entityId=read-me&eventType=asset_viewed');

      expect(items).toEqual([
        {
          id: expect.stringMatching(UUID_V7),
          eventType: 'asset_viewed',
          occurredAt: '2026-11-20T10:00:00.123456Z',
          source: 'web',
          entityType: 'asset',
          entityId: 'read-me',
          sessionId: 'reading',
          actorId: null,
          propsJson: {
            assetTitle: 'My Asset',
            email: 'ana@example.com',
            note: 'call +55 11 91234-5678',
            deep: { phoneNumber: '1', from: '203.0.113.7' },
          },
          attribution: {
            utmSource: 'news',
            utmMedium: null,
            utmCampaign: null,
            utmTerm: null,
            utmContent: null,
            referrer: 'https://a.example/?email=ana@example.com',
            landingPage: null,
            deviceType: null,
            browser: null,
            os: null,
            isBot: false,
          },
        },
      ]);
    });

    it('is masked where it is personal, for whoever may not read that', async () => {
      const { key: reader } = await footfall.makeKey(['events:read']);

      const { items } = await list('entityId=read-me&eventType=asset_viewed', reader);

      expect(items[0]).toMatchObject({
        entityId: 'read-me',
        propsJson: {
          assetTitle: 'My Asset',
          email: '[masked]',
          note: 'call [masked]',
          deep: { phoneNumber: '[masked]', from: '[masked]' },
        },
        attribution: { utmSource: 'news', referrer: expect.not.stringContaining('ana@') },
      });
    });

    it('is found by entity, type, session and time, newest first, page by page', async () => {
      const typesOf = async (query: string): Promise<string[]> =>
        (await list(query)).items.map(({ eventType }) => eventType);

      expect((await typesOf('sessionId=reading')).toSorted()).toEqual([
        'asset_shared',
        'asset_viewed',
        'page_viewed',
      ]);
      expect((await typesOf('entityType=asset&entityId=read-me')).at(-1)).toBe('asset_viewed');
      expect(await typesOf('entityType=post&entityId=read-me')).toEqual(['page_viewed']);
      expect(await typesOf('sessionId=reading&to=2026-11-21')).toEqual(['asset_viewed']);
      const first = await list('sessionId=reading&limit=2');
      const rest = await list(`sessionId=reading&limit=2&cursor=${first.nextCursor}`);
      expect([...first.items, ...rest.items].map(({ eventType }) => eventType)).toEqual(
        await typesOf('sessionId=reading'),
      );
    });

    it.each(['entityType=album', 'limit=1001', 'actorId=1'])(
      'refuses the question %s',
      async (query) => {
        const { status } = await footfall.asAdmin('get', `/events/analytics?${query}`);

        expect(status).toBe(400);
      },
    );

    it('asks who reads', async () => {
      const { status } = await footfall.get('/events/analytics');

      expect(status).toBe(401);
    });
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
