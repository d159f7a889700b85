import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { COMMERCE_EVENT_TYPES, sha256Hex as hashOfTheServer } from '#libs/contracts';
import {
  bootstrap,
  type CommerceEvent,
  majorUnits,
  Publisher,
  sha256Hex,
  SUBJECTS,
} from '../../libs/client/src/nats/index.js';
import { eventually } from '../support/eventually.js';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess, STREAM } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';

jest.setTimeout(90_000);

const suite = describeWith(hasProgram('nats-server'), 'nats-server is not installed');

const PROJECTED_WITHIN_MS = 40_000;
/** Of one publish: the machine may be busy. */
const PATIENT = { timeoutMs: 30_000 };

/** An organization of its own for each test, so that none sees another's rows. */
const order = (orgId: string, overrides: { totalMinor?: number; currency?: string } = {}) => ({
  orderId: 'ord_1',
  orgId,
  userId: 'usr_1',
  email: ' Ada@Example.com ',
  totalMinor: 5997,
  currency: 'USD',
  items: [{ productId: 'prod_1', productName: 'Tea', quantity: 3, priceMinor: 1999 }],
  ...overrides,
});
const refund = (orgId: string, refundedMinor = 1000) => ({
  orderId: 'ord_1',
  orgId,
  userId: 'usr_1',
  refundedMinor,
  currency: 'USD',
});
const payout = (orgId: string) => ({
  orgId,
  userId: 'usr_9',
  periodMonth: '2026-04',
  amountMinor: 12_345,
  currency: 'USD',
});
const credit = (orgId: string) => ({
  orgId,
  userId: 'usr_1',
  role: 'referrer',
  amountMinor: 1000,
  currency: 'USD',
});

const OF_ORDER = { event_id: 'ord_1', order_id: 'ord_1', user_id: 'usr_1', currency: 'USD' };
const ITEMS = [{ item_id: 'prod_1', item_name: 'Tea', price: 19.99, quantity: 3, currency: 'USD' }];
const parameters = { transaction_id: 'ord_1' };
const capi = (name: string, user: object | undefined, custom: object) => ({
  event_name: name,
  event_time: expect.any(Number),
  action_source: 'website',
  ...(user && { user_data: user }),
  custom_data: custom,
});
const ADA = { em: hashOfTheServer('ada@example.com'), external_id: 'usr_1' };
const UNPRICED = { amount: null, amount_minor: null, currency: null };
const NO_PARTS = { ga4: null, facebook_capi: null };

type Publishing = (publisher: Publisher, orgId: string) => Promise<void>;

/** Every method, with the row that its event becomes. */
const METHODS: readonly (readonly [type: string, Publishing, row: object])[] = [
  [
    'order.created',
    (publisher, orgId) => publisher.publishOrderCreated(order(orgId)),
    {
      ...OF_ORDER,
      amount: '59.97',
      amount_minor: '5997',
      data: { order_id: 'ord_1', revenue: 59.97, currency: 'USD', email: ' Ada@Example.com ' },
      ga4: {
        event_name: 'begin_checkout',
        currency: 'USD',
        value: 59.97,
        items: ITEMS,
        parameters,
      },
      facebook_capi: capi('InitiateCheckout', ADA, {
        currency: 'USD',
        value: 59.97,
        order_id: 'ord_1',
      }),
    },
  ],
  [
    'order.completed',
    (publisher, orgId) => publisher.publishOrderCompleted({ ...order(orgId), sessionId: 'chk_1' }),
    {
      ...OF_ORDER,
      session_id: 'chk_1',
      amount: '59.97',
      amount_minor: '5997',
      data: { order_id: 'ord_1', revenue: 59.97, currency: 'USD', email: ' Ada@Example.com ' },
      ga4: { event_name: 'purchase', currency: 'USD', value: 59.97, items: ITEMS, parameters },
      facebook_capi: capi('Purchase', ADA, { currency: 'USD', value: 59.97, order_id: 'ord_1' }),
    },
  ],
  [
    'order.refunded',
    (publisher, orgId) => publisher.publishOrderRefunded(refund(orgId)),
    {
      ...OF_ORDER,
      amount: '10',
      amount_minor: '1000',
      data: { order_id: 'ord_1', refunded_amount: 10, currency: 'USD' },
      ga4: { event_name: 'refund', currency: 'USD', value: 10, parameters },
      facebook_capi: capi(
        'Refund',
        { external_id: 'usr_1' },
        { currency: 'USD', value: 10, order_id: 'ord_1' },
      ),
    },
  ],
  [
    'checkout.started',
    (publisher, orgId) =>
      publisher.publishCheckoutStarted({
        sessionId: 'cs_1',
        orgId,
        totalMinor: 5997,
        currency: 'USD',
      }),
    {
      event_id: 'cs_1',
      session_id: 'cs_1',
      user_id: null,
      order_id: null,
      amount: '59.97',
      amount_minor: '5997',
      currency: 'USD',
      data: { session_id: 'cs_1', value: 59.97, currency: 'USD' },
      ga4: { event_name: 'begin_checkout', currency: 'USD', value: 59.97 },
      facebook_capi: capi('InitiateCheckout', undefined, { currency: 'USD', value: 59.97 }),
    },
  ],
  [
    'referral.link_created',
    (publisher, orgId) =>
      publisher.publishReferralLinkCreated({
        orgId,
        userId: 'usr_1',
        referralCode: 'REF42',
        referralUrl: 'https://shop.example/r/REF42',
      }),
    {
      ...UNPRICED,
      ...NO_PARTS,
      event_id: 'REF42',
      user_id: 'usr_1',
      data: { referral_code: 'REF42', referral_url: 'https://shop.example/r/REF42' },
    },
  ],
  [
    'referral.claimed',
    (publisher, orgId) =>
      publisher.publishReferralClaimed({
        orgId,
        referrerId: 'usr_1',
        refereeId: 'usr_7',
        referralCode: 'REF42',
      }),
    {
      ...UNPRICED,
      ...NO_PARTS,
      event_id: 'usr_7',
      user_id: 'usr_7',
      data: { referrer_id: 'usr_1', referee_id: 'usr_7', referral_code: 'REF42' },
    },
  ],
  [
    'referral.credit_granted',
    (publisher, orgId) => publisher.publishReferralCreditGranted(credit(orgId)),
    {
      ...NO_PARTS,
      event_id: expect.stringMatching(/^credit-usr_1-\d{13}$/),
      user_id: 'usr_1',
      amount_minor: '1000',
      currency: 'USD',
      data: { role: 'referrer', amount: 10, currency: 'USD' },
    },
  ],
  [
    'referral.commission_earned',
    (publisher, orgId) =>
      publisher.publishReferralCommissionEarned({
        orgId,
        referrerId: 'usr_1',
        orderId: 'ord_1',
        commissionMinor: 301,
        currency: 'USD',
      }),
    {
      ...NO_PARTS,
      event_id: 'commission-usr_1-ord_1',
      user_id: 'usr_1',
      order_id: 'ord_1',
      amount: '3.01',
      amount_minor: '301',
      currency: 'USD',
      data: { order_id: 'ord_1', commission: 3.01, currency: 'USD' },
    },
  ],
  [
    'referral.tier_upgraded',
    (publisher, orgId) =>
      publisher.publishReferralTierUpgraded({
        orgId,
        userId: 'usr_1',
        previousTier: 'bronze',
        newTier: 'silver',
        referralCount: 10,
      }),
    {
      ...UNPRICED,
      ...NO_PARTS,
      event_id: expect.stringMatching(/^tier-usr_1-\d{13}$/),
      user_id: 'usr_1',
      data: { previous_tier: 'bronze', new_tier: 'silver', referral_count: 10 },
    },
  ],
  [
    'contributor.registered',
    (publisher, orgId) =>
      publisher.publishContributorRegistered({ orgId, userId: 'usr_9', githubUsername: 'octocat' }),
    {
      ...UNPRICED,
      ...NO_PARTS,
      event_id: 'usr_9',
      user_id: 'usr_9',
      data: { github_username: 'octocat' },
    },
  ],
  [
    'contributor.payout_calculated',
    (publisher, orgId) => publisher.publishContributorPayoutCalculated(payout(orgId)),
    {
      ...NO_PARTS,
      event_id: 'payout-calc-usr_9-2026-04',
      user_id: 'usr_9',
      amount: '123.45',
      amount_minor: '12345',
      currency: 'USD',
      data: { period_month: '2026-04', amount: 123.45, currency: 'USD' },
    },
  ],
  [
    'contributor.payout_sent',
    (publisher, orgId) =>
      publisher.publishContributorPayoutSent({ ...payout(orgId), payoutId: 'po_5' }),
    {
      ...NO_PARTS,
      event_id: 'po_5',
      user_id: 'usr_9',
      amount: '123.45',
      amount_minor: '12345',
      currency: 'USD',
      data: { payout_id: 'po_5', period_month: '2026-04', amount: 123.45, currency: 'USD' },
    },
  ],
];

/** What the projections make of an organization's events. */
const ORDERS = `
  SELECT order_id, session_id, amount_minor::int AS amount, currency, creations, completions,
  refunds, refunded_minor::int AS refunded
  FROM orders WHERE organization_id = $1
`;
const REFERRALS = `
  SELECT kind, count(*)::int AS times, min(amount_minor)::int AS amount, min(code) AS code,
  min(order_id) AS "order", min(tier) AS tier
  FROM referrals WHERE organization_id = $1 GROUP BY kind ORDER BY kind
`;
const PAYOUTS = `
  SELECT kind, contributor_id AS who, period_month AS month, payout_id AS payout,
  amount_minor::int AS amount, currency
  FROM payouts WHERE organization_id = $1 ORDER BY kind
`;

suite('the publisher of commerce events', () => {
  let nats: NatsServerProcess;
  let footfall: TestFootfall;
  let connection: NatsConnection;
  let publisher: Publisher;

  beforeAll(async () => {
    nats = await NatsServerProcess.start();
    connection = await connect({ servers: nats.address });
    await bootstrap(connection);
    footfall = await (await TestFootfall.start({ NATS_URL: nats.url })).ready();
    await nats.isConsumed();
    publisher = new Publisher(connection, PATIENT);
  });
  afterAll(async () => {
    await connection?.close();
    await footfall?.stop();
    await nats?.dispose();
  });

  const taken = async (): Promise<void> => {
    await nats.isEmptied();
    await footfall.written();
  };
  const rowsOf = (orgId: string) =>
    footfall.query('SELECT * FROM commerce_events WHERE organization_id = $1 ORDER BY event_time', [
      orgId,
    ]);
  const messageCount = async (): Promise<number> =>
    (await nats.manage((manager) => manager.streams.info(STREAM))).state.messages;
  it.each(METHODS)('makes a row of %s that says all of it', async (type, publish, row) => {
    const orgId = `row of ${type}`;

    await publish(publisher, orgId);
    await taken();

    expect(await rowsOf(orgId)).toEqual([
      expect.objectContaining({
        ...row,
        wire: 'envelope',
        transport: 'nats',
        event_name: type,
        event_type: type,
        organization_id: orgId,
        malformed_parts: [],
      }),
    ]);
  });

  it('publishes under the subject of each type, and with the key of its row', async () => {
    const orgId = 'keys';
    const before = await messageCount();
    for (const [, publish] of METHODS) await publish(publisher, orgId);
    await taken();

    const messages = await nats.manage((manager) =>
      Promise.all(
        METHODS.map((_, at) => manager.streams.getMessage(STREAM, { seq: before + at + 1 })),
      ),
    );

    expect(messages.map((message) => message?.subject)).toEqual(
      METHODS.map(([type]) => `commerce.${type}`),
    );
    const rows = await rowsOf(orgId);
    expect(messages.map((message) => message?.header?.get('Nats-Msg-Id'))).toEqual(
      rows.map(({ idempotency_key: key }) => key),
    );
  });

  it('tells what makes an order, with every refund of it', async () => {
    const orgId = 'orders';

    await publisher.publishOrderCreated({ ...order(orgId), sessionId: 'chk_1' });
    await publisher.publishOrderCompleted(order(orgId));
    await Promise.all(
      Array.from({ length: 20 }, () => publisher.publishOrderRefunded(refund(orgId, 1))),
    );

    await eventually(
      async () =>
        expect(await footfall.query(ORDERS, [orgId])).toEqual([
          {
            order_id: 'ord_1',
            session_id: 'chk_1',
            amount: 5997,
            currency: 'USD',
            creations: 1,
            completions: 1,
            refunds: 20,
            refunded: 20,
          },
        ]),
      PROJECTED_WITHIN_MS,
    );
  });

  it('tells what makes referrals, with every credit of a user', async () => {
    const orgId = 'referrals';
    const ofReferrals = METHODS.filter(([type]) => type.startsWith('referral.'));

    for (const [, publish] of ofReferrals) await publish(publisher, orgId);
    await Promise.all([1, 2, 3].map(() => publisher.publishReferralCreditGranted(credit(orgId))));

    await eventually(
      async () =>
        expect(await footfall.query(REFERRALS, [orgId])).toEqual([
          { kind: 'claim', times: 1, amount: null, code: 'REF42', order: null, tier: null },
          { kind: 'commission', times: 1, amount: 301, code: null, order: 'ord_1', tier: null },
          { kind: 'credit', times: 4, amount: 1000, code: null, order: null, tier: null },
          { kind: 'link', times: 1, amount: null, code: 'REF42', order: null, tier: null },
          { kind: 'tier', times: 1, amount: null, code: null, order: null, tier: 'silver' },
        ]),
      PROJECTED_WITHIN_MS,
    );
  });

  it('tells what makes payouts', async () => {
    const orgId = 'payouts';

    await publisher.publishContributorPayoutCalculated(payout(orgId));
    await publisher.publishContributorPayoutSent({ ...payout(orgId), payoutId: 'po_5' });

    await eventually(
      async () =>
        expect(await footfall.query(PAYOUTS, [orgId])).toEqual(
          [
            { kind: 'calculated', payout: null },
            { kind: 'sent', payout: 'po_5' },
          ].map((fact) => ({
            ...fact,
            who: 'usr_9',
            month: '2026-04',
            amount: 12_345,
            currency: 'USD',
          })),
        ),
      PROJECTED_WITHIN_MS,
    );
  });

  it.each([
    ['JPY', 5997, '5997'],
    ['KWD', 5997, '5.997'],
    ['kwd', 10, '0.01'],
    ['CLF', 1, '0.0001'],
    ['USD', 0, '0'],
    ['EUR', 999_999_999_999_999, '9999999999999.99'],
  ])('writes %s to the last of its own decimals', async (currency, totalMinor, amount) => {
    const orgId = `${currency} ${totalMinor}`;

    await publisher.publishOrderCompleted(order(orgId, { currency, totalMinor }));
    await taken();

    expect(await rowsOf(orgId)).toEqual([
      expect.objectContaining({
        amount,
        amount_minor: String(totalMinor),
        currency: currency.toUpperCase(),
      }),
    ]);
  });

  it('leaves one message and one row of an event that is published again', async () => {
    const orgId = 'again';
    const event: CommerceEvent = {
      id: 'pay_1',
      type: 'payment.received',
      timestamp: '2026-01-15T12:00:00.000001Z',
      organization_id: orgId,
      data: { order_id: 'ord_1', amount: majorUnits(5997, 'USD'), currency: 'USD' },
    };
    const before = await messageCount();

    await publisher.publish(SUBJECTS.PAYMENT_RECEIVED, event);
    await publisher.publish(SUBJECTS.PAYMENT_RECEIVED, event);
    await new Publisher(connection, PATIENT).publish(SUBJECTS.PAYMENT_RECEIVED, event);

    expect(await messageCount()).toBe(before + 1);
    await nats.publish([[SUBJECTS.PAYMENT_RECEIVED, JSON.stringify(event)]]); // long afterwards
    await taken();
    expect(await rowsOf(orgId)).toEqual([expect.objectContaining({ amount_minor: '5997' })]);
  });

  it('leaves one row of an event whose ids are not ASCII', async () => {
    const orgId = 'Чайная';
    const event = { id: 'заказ 1', type: 'order.canceled', timestamp: '2026-01-15T12:00:00Z' };
    const before = await messageCount();

    for (const id of [event.id, event.id, 'заказ 2']) {
      await publisher.publish(SUBJECTS.ORDER_CANCELED, { ...event, id, organization_id: orgId });
    }
    await taken();

    expect(await messageCount()).toBe(before + 2);
    const rows = await rowsOf(orgId);
    expect(rows.map(({ event_id: id }) => String(id)).toSorted()).toEqual(['заказ 1', 'заказ 2']);
  });

  it('publishes by a JetStream client as well', async () => {
    const orgId = 'client';

    await new Publisher(jetstream(connection), PATIENT).publishOrderCompleted(order(orgId));
    await taken();

    expect(await rowsOf(orgId)).toHaveLength(1);
  });

  it('knows every subject of the contract, and hashes as the server does', () => {
    const texts = ['Ada@Example.com', ' ', 'ß\u00a0İ'];

    expect(Object.values(SUBJECTS).toSorted()).toEqual(
      COMMERCE_EVENT_TYPES.map((type) => `commerce.${type}`).toSorted(),
    );
    expect(texts.map(sha256Hex)).toEqual(texts.map(hashOfTheServer));
  });

  it('lets nothing of all this be set aside', async () => {
    await taken();

    expect(await footfall.query('SELECT reason, breaches FROM rejected_events')).toEqual([]);
  });
});
