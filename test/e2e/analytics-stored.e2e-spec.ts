import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnalyticsEventPage } from '#libs/contracts';
import { analyticsDoor, startAnalytics } from '../support/analytics-door.js';
import { aLicenseCreation, anAssetView, aUserToken } from '../support/analytics-event.js';
import type { TestFootfall } from '../support/footfall.js';

const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** The day before yesterday, in more than milliseconds. */
const READ_AT = `${inMs(-2 * DAY_MS).slice(0, 10)}T10:00:00.123456Z`;

describe('an analytics event that is stored', () => {
  let footfall: TestFootfall;
  let key: string;

  beforeAll(async () => {
    ({ footfall, key } = await startAnalytics());
  });
  afterAll(() => footfall.stop());

  const { tracked, rowOf, attributionOf } = analyticsDoor(() => ({ footfall, key }));

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
        `INSERT INTO catalog_licenses (license_id, asset_id, asset_id_claim)
         VALUES ('license-7', 'asset-7', '0')`,
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

  describe('read back', () => {
    beforeAll(async () => {
      const about = { entityId: 'read-me', sessionId: 'reading' };
      await tracked(
        anAssetView({
          ...about,
          occurredAt: READ_AT,
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
          occurredAt: READ_AT,
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
      expect(await typesOf(`sessionId=reading&to=${inMs(-DAY_MS).slice(0, 10)}`)).toEqual([
        'asset_viewed',
      ]);
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
