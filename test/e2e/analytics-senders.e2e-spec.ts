import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AnalyticsAnswer, analyticsDoor, startAnalytics } from '../support/analytics-door.js';
import {
  aLicenseCreation,
  anAssetView,
  aUserToken,
  CHROME_ON_MAC,
  GOOGLEBOT,
  SAFARI_ON_IPHONE,
} from '../support/analytics-event.js';
import type { TestFootfall } from '../support/footfall.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an analytics event, by who sends it', () => {
  let footfall: TestFootfall;
  let key: string;

  beforeAll(async () => {
    ({ footfall, key } = await startAnalytics());
  });
  afterAll(() => footfall.stop());

  const { send, sendWithKey, tracked, rowOf, attributionOf } = analyticsDoor(() => ({
    footfall,
    key,
  }));

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

      expect((body as AnalyticsAnswer).breaches).toEqual([
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
});
