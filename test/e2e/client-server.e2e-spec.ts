import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  EVENT_TYPES,
  FootfallClient,
  type FootfallClientOptions,
  FootfallError,
  toOrderItems,
} from '../../libs/client/src/server/index.js';
import { eventually } from '../support/eventually.js';
import { TestFootfall } from '../support/footfall.js';

jest.setTimeout(60_000);

const PROJECTED_WITHIN_MS = 40_000;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NO_MONEY = { amount: null, amount_minor: null, currency: null };

const order = (orgId: string) => ({
  id: 'ord_1',
  orgId,
  userId: 'usr_1',
  email: ' Ada@Example.com ',
  total: 59.97,
  currency: 'USD',
  status: 'completed',
  sessionId: 'chk_1',
  items: toOrderItems([
    {
      productId: 'prod_1',
      productName: 'Tea <Green>',
      sku: 'TEA-1',
      quantity: 3,
      priceCents: 1999,
    },
  ]),
});
const payout = (orgId: string) => ({
  orgId,
  userId: 'usr_9',
  periodMonth: '2026-04',
  amount: 123.45,
  currency: 'USD',
});
const claim = { referrerId: 'usr_1', refereeId: 'usr_7', referralCode: 'REF1' };

type Emission = (client: FootfallClient, orgId: string) => Promise<void>;

/** Every method, with the row that its event becomes. */
const METHODS: readonly (readonly [name: string, Emission, row: object])[] = [
  [
    'order_completed',
    (client, orgId) => client.emitOrderCompleted(order(orgId)),
    {
      event_type: 'order.completed',
      user_id: 'usr_1',
      order_id: 'ord_1',
      session_id: 'chk_1',
      amount: '59.97',
      amount_minor: '5997',
      currency: 'USD',
      quantity: '3',
      data: {
        currency: 'USD',
        items:
          '[{"product_id":"prod_1","product_name":"Tea <Green>","sku":"TEA-1","quantity":3,"price":19.99}]',
        item_count: 1,
        status: 'completed',
        email: ' Ada@Example.com ',
      },
    },
  ],
  [
    'referral_link_created',
    (client, orgId) =>
      client.emitReferralLinkCreated({
        orgId,
        userId: 'usr_1',
        referralCode: 'REF1',
        referralUrl: 'https://shop.example/r/REF1?a=1&b=2',
      }),
    {
      event_type: 'referral.link_created',
      user_id: 'usr_1',
      ...NO_MONEY,
      data: { referral_code: 'REF1', referral_url: 'https://shop.example/r/REF1?a=1&b=2' },
    },
  ],
  [
    'referral_claimed',
    (client, orgId) => client.emitReferralClaimed({ orgId, ...claim }),
    {
      event_type: 'referral.claimed',
      user_id: 'usr_7',
      ...NO_MONEY,
      data: { referrer_id: 'usr_1', referee_id: 'usr_7', referral_code: 'REF1' },
    },
  ],
  [
    'referral_credit_granted',
    (client, orgId) =>
      client.emitReferralCreditGranted({
        orgId,
        userId: 'usr_1',
        role: 'referrer',
        amount: 10,
        currency: 'USD',
      }),
    {
      event_type: 'referral.credit_granted',
      user_id: 'usr_1',
      amount: '10',
      amount_minor: '1000',
      data: { role: 'referrer', amount: 10, currency: 'USD' },
    },
  ],
  [
    'referral_commission_earned',
    (client, orgId) =>
      client.emitReferralCommissionEarned({
        orgId,
        referrerId: 'usr_1',
        orderId: 'ord_1',
        commission: 2.9985,
        currency: 'USD',
      }),
    {
      event_type: 'referral.commission_earned',
      user_id: 'usr_1',
      order_id: 'ord_1',
      amount: '2.9985',
      amount_minor: '300',
      data: { order_id: 'ord_1', commission: 2.9985, currency: 'USD' },
    },
  ],
  [
    'referral_tier_upgraded',
    (client, orgId) =>
      client.emitReferralTierUpgraded({
        orgId,
        userId: 'usr_1',
        previousTier: 'bronze',
        newTier: 'silver',
        referralCount: 10,
      }),
    {
      event_type: 'referral.tier_upgraded',
      user_id: 'usr_1',
      ...NO_MONEY,
      data: { previous_tier: 'bronze', new_tier: 'silver', referral_count: 10 },
    },
  ],
  [
    'contributor_registered',
    (client, orgId) =>
      client.emitContributorRegistered({ orgId, userId: 'usr_9', githubUsername: 'octocat' }),
    {
      event_type: 'contributor.registered',
      user_id: 'usr_9',
      ...NO_MONEY,
      data: { github_username: 'octocat' },
    },
  ],
  [
    'contributor_payout_calculated',
    (client, orgId) => client.emitContributorPayoutCalculated(payout(orgId)),
    {
      event_type: 'contributor.payout_calculated',
      user_id: 'usr_9',
      amount: '123.45',
      amount_minor: '12345',
      data: { period_month: '2026-04', amount: 123.45, currency: 'USD' },
    },
  ],
  [
    'contributor_payout_sent',
    (client, orgId) => client.emitContributorPayoutSent({ ...payout(orgId), payoutId: 'po_5' }),
    {
      event_type: 'contributor.payout_sent',
      user_id: 'usr_9',
      amount: '123.45',
      amount_minor: '12345',
      data: { payout_id: 'po_5', period_month: '2026-04', amount: 123.45, currency: 'USD' },
    },
  ],
  [
    'invoice_paid',
    (client, orgId) =>
      client.emitRaw({
        event: 'invoice_paid',
        organization_id: orgId,
        distinct_id: 'usr_3',
        revenue: '1234.5',
        properties: { currency: 'JPY', nested: { k: [1, 2] } },
        somethingNew: true,
      }),
    {
      event_type: 'invoice.paid',
      user_id: 'usr_3',
      amount: '1234.5',
      amount_minor: '1235',
      currency: 'JPY',
      data: { currency: 'JPY', nested: { k: [1, 2] } },
    },
  ],
];

describe('the client for servers', () => {
  let footfall: TestFootfall;
  let key: string;
  const clients: FootfallClient[] = [];
  const dropped: FootfallError[] = [];

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
    ({ key } = await footfall.makeKey(['ingest:commerce', 'ingest:analytics']));
    await footfall.offer('offer-1');
  });
  afterEach(async () => {
    await Promise.allSettled(clients.splice(0).map((each) => each.close()));
    dropped.splice(0);
  });
  afterAll(() => footfall.stop());

  const clientWith = (options: Partial<FootfallClientOptions> = {}): FootfallClient => {
    const onDropped = (error: FootfallError): void => void dropped.push(error);
    const client = new FootfallClient({ endpoint: footfall.url, key, onDropped, ...options });
    clients.push(client);
    return client;
  };
  /** Settled by Footfall, and in the database. */
  const stored = async (client: FootfallClient): Promise<void> => {
    await client.flush();
    await footfall.written();
  };
  const commerceOf = (orgId: string): Promise<Record<string, unknown>[]> =>
    footfall.query('SELECT * FROM commerce_events WHERE organization_id = $1', [orgId]);

  describe('telling of commerce', () => {
    it.each(METHODS)('sends %s, which becomes its row', async (name, emit, expected) => {
      const orgId = randomUUID();
      const client = clientWith();
      const before = Date.now();

      await emit(client, orgId);
      await stored(client);

      const rows = await commerceOf(orgId);
      expect(rows).toMatchObject([
        {
          event_name: name,
          wire: 'collector',
          transport: 'http',
          event_id: expect.stringMatching(UUID_V7),
          ...expected,
        },
      ]);
      const time = Number(rows[0]?.['event_time']);
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(Date.now());
      expect(rows[0]?.['data']).toEqual((expected as { data: object }).data);
      expect(dropped).toEqual([]);
    });

    it('makes an order income once, however often it is told', async () => {
      const orgId = randomUUID();
      const client = clientWith();

      await client.emitOrderCompleted(order(orgId));
      await client.emitOrderCompleted(order(orgId));
      await stored(client);

      const { body } = await eventually(async () => {
        const answer = await footfall
          .asAdmin('get', `/dashboards/commerce/orders?organizationId=${orgId}`)
          .expect(200);
        expect((answer.body as { items: unknown[] }).items).toHaveLength(1);
        return answer;
      }, PROJECTED_WITHIN_MS);
      expect(body).toMatchObject({
        items: [{ orderId: 'ord_1', amountMinor: 5997, currency: 'USD', sessionId: 'chk_1' }],
      });
    });

    it('tells an event once that a job gives twice under one id', async () => {
      const orgId = randomUUID();
      const [first, second] = [clientWith(), clientWith()];

      await first.emitOrderCompleted(order(orgId), { eventId: `job-${orgId}` });
      await stored(first);
      await second.emitOrderCompleted(order(orgId), { eventId: `job-${orgId}` });
      await stored(second);

      expect(await commerceOf(orgId)).toMatchObject([{ event_id: `job-${orgId}` }]);
      expect(dropped).toEqual([]);
    });

    it('shows its key as Basic where the endpoint holds it', async () => {
      const orgId = randomUUID();
      const endpoint = footfall.url.replace('//', `//any:${key}@`);
      const client = clientWith({ endpoint: `${endpoint}/`, key: undefined });

      await client.emitOrderCompleted(order(orgId));
      await stored(client);

      expect(await commerceOf(orgId)).toHaveLength(1);
    });

    it('says which key was refused, and how', async () => {
      const reader = await footfall.makeKey(['events:read']);
      const wrong = clientWith({ key: 'nonsense' });
      const weak = clientWith({ key: reader.key });

      const unknown = wrong.emitOrderCompleted(order('acme'), { until: 'kept' });
      const forbidden = weak.emitOrderCompleted(order('acme'), { until: 'kept' });

      await expect(unknown).rejects.toMatchObject({
        code: 'unauthorized',
        status: 401,
        message: 'order_completed was refused with 401: authorization is not valid',
      });
      await expect(forbidden).rejects.toMatchObject({ code: 'unauthorized', status: 403 });
    });

    it('says what an event breaks, and keeps its neighbours', async () => {
      const orgId = randomUUID();
      const client = clientWith();

      await client.emitRaw({ event: 'a', organization_id: orgId, revenue: 'much' });
      await client.emitRaw({ event: 'b', organization_id: orgId });
      const flush = client.flush();

      await expect(flush).rejects.toBeInstanceOf(FootfallError);
      await expect(flush).rejects.toMatchObject({
        code: 'refused',
        errors: [
          {
            message: 'a was refused: revenue must be a decimal number',
            breaches: [{ field: 'revenue', reason: 'must be a decimal number' }],
            event: { event: 'a', revenue: 'much', event_id: expect.stringMatching(UUID_V7) },
          },
        ],
      });
      await footfall.written();
      expect(await commerceOf(orgId)).toMatchObject([{ event_name: 'b' }]);
    });

    it('keeps its connections, since the answer has no body', async () => {
      let connections = 0;
      const count = (): void => void connections++;
      const server = footfall.footfall.app.getHttpServer() as NodeJS.EventEmitter;
      const client = clientWith({ maxRequests: 2 });

      server.on('connection', count);
      for (let at = 0; at < 50; at++) {
        await client.emitRaw({ event: 'a', organization_id: 'connections' }, { until: 'kept' });
      }
      server.off('connection', count);

      expect(connections).toBe(1);
    });

    it('gives many more events than it holds', async () => {
      const orgId = randomUUID();
      const client = clientWith({ maxQueued: 20, maxWaitMs: 30_000 });

      await Promise.all(
        Array.from({ length: 400 }, (_, at) =>
          client.emitRaw({ event: `event_${at}`, organization_id: orgId }),
        ),
      );
      const held = client.pending;
      await stored(client);

      expect(held).toBeLessThanOrEqual(20);
      expect(await commerceOf(orgId)).toHaveLength(400);
    });
  });

  describe('telling of visitors', () => {
    const rowOf = async (sessionId: string): Promise<Record<string, unknown> | undefined> => {
      const [row] = await footfall.query(
        `SELECT * FROM events JOIN attribution ON event_id = id WHERE session_id = $1`,
        [sessionId],
      );
      return row;
    };

    it('speaks for them, with who they are and what they use', async () => {
      const sessionId = randomUUID();
      const client = clientWith();

      const { tracked } = await client.trackEvent(
        {
          eventType: EVENT_TYPES.ASSET_VIEWED,
          source: 'web',
          entityId: 'asset-1',
          entityType: 'asset',
          sessionId,
          props: { assetTitle: 'My Asset', userAgent: undefined },
          attribution: { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'spring_2025' },
        },
        {
          session: { userId: 'user-1', role: 'brand' },
          deviceType: 'desktop',
          browser: 'Chrome',
          os: 'macOS',
          referrer: 'https://www.google.com/',
        },
      );
      await stored(client);

      expect(tracked).toBe(true);
      expect(await rowOf(sessionId)).toMatchObject({
        event_type: 'asset_viewed',
        actor_id: 'user-1',
        actor_type: 'brand',
        ip_asset_id: 'asset-1',
        props_json: { assetTitle: 'My Asset' },
        idempotency_key: expect.stringMatching(/^key:[0-9a-f-]{36}$/),
        utm_source: 'google',
        utm_campaign: 'spring_2025',
        device_type: 'desktop',
        browser: 'Chrome',
        os: 'macOS',
        referrer: 'https://www.google.com/',
        is_bot: false,
      });
    });

    it('may speak of money with its key', async () => {
      const sessionId = randomUUID();
      const client = clientWith();

      const result = await client.trackEvent(
        {
          eventType: EVENT_TYPES.LICENSE_CREATED,
          source: 'api',
          entityId: 'license-1',
          entityType: 'license',
          sessionId,
          props: { licenseType: 'EXCLUSIVE', feeCents: 500_000, revenueCents: 500_000 },
        },
        {},
        { until: 'kept' },
      );
      await stored(client);

      expect(result.tracked).toBe(true);
      expect(await rowOf(sessionId)).toMatchObject({ id: result.eventId });
    });

    it('never rejects: what was refused is told', async () => {
      const client = clientWith({ key: undefined });

      const result = await client.trackEvent(
        { eventType: EVENT_TYPES.LICENSE_CREATED },
        undefined,
        { until: 'kept' },
      );

      expect(result).toMatchObject({
        tracked: false,
        eventId: null,
        error: { code: 'refused', breaches: [{ field: 'eventType' }] },
      });
    });

    it('sends as many at once as a door without a key takes', async () => {
      const sessionId = randomUUID();
      const client = clientWith({ key: undefined });

      await Promise.all(
        Array.from({ length: 80 }, () => client.trackEvent({ eventType: 'a', sessionId })),
      );
      await stored(client);

      const rows = await footfall.query('SELECT 1 FROM events WHERE session_id = $1', [sessionId]);
      expect(rows).toHaveLength(80);
    });
  });

  it('sends checkout events of servers, as complete as the contract wants them', async () => {
    const sessionId = randomUUID();
    const client = clientWith();
    const event = {
      sessionId,
      offerId: 'offer-1',
      executionEnvironment: 'production',
      fullHostname: 'checkout.example.com',
      rootDomain: 'example.com',
    } as const;

    await client.emitCheckoutEvent({ ...event, eventName: 'checkout_page_view' });
    await client.emitCheckoutEvent({
      ...event,
      eventName: 'checkout_conversion_success',
      paymentMethod: 'pix',
      eventId: `mine-${sessionId}`,
      timestamp: 1_700_000_000_000,
    });
    await client.emitCheckoutEvent({
      ...event,
      offerId: 'nobody’s',
      eventName: 'checkout_page_view',
    });
    const flush = client.flush();

    await expect(flush).rejects.toMatchObject({
      code: 'refused',
      errors: [{ breaches: [{ field: 'offerId', reason: 'no such offer' }] }],
    });
    await footfall.written();
    const rows = await footfall.query(
      'SELECT * FROM checkout_events WHERE session_id = $1 ORDER BY event_timestamp',
      [sessionId],
    );
    expect(rows).toMatchObject([
      {
        event_id: `mine-${sessionId}`,
        event_timestamp: new Date(1_700_000_000_000),
        payment_method: 'pix',
        product_id: 'product-1',
      },
      { event_name: 'checkout_page_view', event_id: expect.stringMatching(UUID_V7) },
    ]);
  });

  it('sends tracking events of servers', async () => {
    const sessionId = randomUUID();
    const client = clientWith();
    const visit = { sessionId, trackId: 'user-1', url: 'https://a.example/b', path: '/b' };

    await client.emitTrackingEvent({ ...visit, eventType: 'PAGEVIEW' });
    await client.emitTrackingEvent({
      ...visit,
      eventType: 'COCKPIT_BUY_PURCHASE',
      flow: 'FILE',
      step: 'payment',
      productSlug: 'tea',
    });
    await stored(client);

    const rows = await footfall.query(
      'SELECT * FROM tracking_events WHERE session_id = $1 ORDER BY event_type',
      [sessionId],
    );
    expect(rows).toMatchObject([
      { event_type: 'COCKPIT_BUY_PURCHASE', product_slug: 'tea', track_id: 'user-1' },
      { event_type: 'PAGEVIEW', event_id: expect.stringMatching(UUID_V7) },
    ]);
  });
});
