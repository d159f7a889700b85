import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestFootfall } from '../support/footfall.js';
import { NatsServerProcess } from '../support/nats.js';
import { describeWith, hasProgram } from '../support/needs.js';

interface Recorded {
  readonly subject: string;
  readonly body: string;
}

const directory = process.env['RECORDED_TRAFFIC_DIR'];

const lines = (): object[] =>
  readFileSync(join(directory ?? '', 'wire/commerce-nats.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

/** Of one order, in the order in which it was published; the rest of each row is the same. */
const order = {
  wire: 'envelope',
  transport: 'nats',
  organization_id: 'acme',
  event_id: 'ord_1001',
  order_id: 'ord_1001',
  user_id: 'usr_42',
  session_id: null,
  currency: 'USD',
  malformed_parts: [],
};
const items = [
  { item_id: 'prod_1', item_name: 'Tea', price: 19.99, quantity: 2, currency: 'USD' },
  { item_id: 'prod_2', item_name: 'Cup', price: 19.99, quantity: 1, currency: 'USD' },
];
const ada = {
  em: 'e814ff3dc480a94c7ce9334062ec4733c75a002f4bcec0197f62ffea64059e2f',
  external_id: 'usr_42',
};
const capi = (name: string, user_data: object | undefined, custom_data: object) => ({
  event_name: name,
  event_time: 1_795_309_552,
  action_source: 'website',
  ...(user_data && { user_data }),
  custom_data,
});
/** What is about a person and not about an order. */
const told = {
  wire: 'envelope',
  transport: 'nats',
  organization_id: 'acme',
  order_id: null,
  session_id: null,
  ga4: null,
  facebook_capi: null,
  malformed_parts: [],
};
const unpriced = { amount: null, amount_minor: null, currency: null };

/** Every recorded message as its row, written by hand. */
const ROWS = [
  {
    ...order,
    event_type: 'order.created',
    at: '2026-11-22T01:05:52.468529',
    amount: '59.97',
    amount_minor: '5997',
    data: {
      currency: 'USD',
      email: ' Ada.Lovelace@Example.COM ',
      order_id: 'ord_1001',
      revenue: 59.97,
    },
    ga4: {
      event_name: 'begin_checkout',
      currency: 'USD',
      value: 59.97,
      items,
      parameters: { transaction_id: 'ord_1001' },
    },
    facebook_capi: capi('InitiateCheckout', ada, {
      currency: 'USD',
      order_id: 'ord_1001',
      value: 59.97,
    }),
  },
  {
    ...order,
    event_type: 'order.completed',
    at: '2026-11-22T01:05:52.469449',
    amount: '59.97',
    amount_minor: '5997',
    data: {
      currency: 'USD',
      email: ' Ada.Lovelace@Example.COM ',
      order_id: 'ord_1001',
      revenue: 59.97,
    },
    ga4: {
      event_name: 'purchase',
      currency: 'USD',
      value: 59.97,
      items,
      parameters: { transaction_id: 'ord_1001' },
    },
    facebook_capi: capi('Purchase', ada, { currency: 'USD', order_id: 'ord_1001', value: 59.97 }),
  },
  {
    ...order,
    event_type: 'order.completed',
    event_id: 'ord_1002',
    order_id: 'ord_1002',
    user_id: null,
    at: '2026-11-22T01:05:52.469607',
    amount: '0',
    amount_minor: '0',
    data: { currency: 'USD', email: '', order_id: 'ord_1002', revenue: 0 },
    ga4: {
      event_name: 'purchase',
      currency: 'USD',
      parameters: { transaction_id: 'ord_1002' },
    },
    facebook_capi: capi('Purchase', {}, { currency: 'USD', order_id: 'ord_1002', value: 0 }),
  },
  ...['2026-11-22T01:05:52.469844', '2026-11-22T01:05:52.470067'].map((at) => ({
    ...order,
    event_type: 'order.refunded',
    at,
    amount: '10',
    amount_minor: '1000',
    data: { currency: 'USD', order_id: 'ord_1001', refunded_amount: 10 },
    ga4: {
      event_name: 'refund',
      currency: 'USD',
      value: 10,
      parameters: { transaction_id: 'ord_1001' },
    },
    facebook_capi: capi(
      'Refund',
      { external_id: 'usr_42' },
      { currency: 'USD', order_id: 'ord_1001', value: 10 },
    ),
  })),
  {
    ...told,
    event_type: 'checkout.started',
    event_id: 'cs_1',
    user_id: null,
    session_id: 'cs_1',
    at: '2026-11-22T01:05:52.470167',
    amount: '59.97',
    amount_minor: '5997',
    currency: 'USD',
    data: { currency: 'USD', session_id: 'cs_1', value: 59.97 },
    ga4: { event_name: 'begin_checkout', currency: 'USD', value: 59.97 },
    facebook_capi: capi('InitiateCheckout', undefined, { currency: 'USD', value: 59.97 }),
  },
  {
    ...told,
    ...unpriced,
    event_type: 'referral.link_created',
    event_id: 'REF42',
    user_id: 'usr_42',
    at: '2026-11-22T01:05:52.470249',
    data: { referral_code: 'REF42', referral_url: 'https://shop.example/r/REF42' },
  },
  {
    ...told,
    ...unpriced,
    event_type: 'referral.claimed',
    event_id: 'usr_77',
    user_id: 'usr_77',
    at: '2026-11-22T01:05:52.470288',
    data: { referee_id: 'usr_77', referral_code: 'REF42', referrer_id: 'usr_42' },
  },
  {
    ...told,
    event_type: 'referral.credit_granted',
    event_id: 'credit-usr_42-1795309552470',
    user_id: 'usr_42',
    at: '2026-11-22T01:05:52.470377',
    amount: '10',
    amount_minor: '1000',
    currency: 'USD',
    data: { amount: 10, currency: 'USD', role: 'referrer' },
  },
  {
    ...told,
    event_type: 'referral.commission_earned',
    event_id: 'commission-usr_42-ord_1001',
    user_id: 'usr_42',
    order_id: 'ord_1001',
    at: '2026-11-22T01:05:52.470426',
    amount: '3',
    amount_minor: '300',
    currency: 'USD',
    data: { commission: 3, currency: 'USD', order_id: 'ord_1001' },
  },
  {
    ...told,
    ...unpriced,
    event_type: 'referral.tier_upgraded',
    event_id: 'tier-usr_42-1795309552470',
    user_id: 'usr_42',
    at: '2026-11-22T01:05:52.470467',
    data: { new_tier: 'silver', previous_tier: 'bronze', referral_count: 10 },
  },
  {
    ...told,
    ...unpriced,
    event_type: 'contributor.registered',
    event_id: 'usr_9',
    user_id: 'usr_9',
    at: '2026-11-22T01:05:52.470510',
    data: { github_username: 'octocat' },
  },
  {
    ...told,
    event_type: 'contributor.payout_calculated',
    event_id: 'payout-calc-usr_9-2026-04',
    user_id: 'usr_9',
    at: '2026-11-22T01:05:52.470561',
    amount: '123.45',
    amount_minor: '12345',
    currency: 'USD',
    data: { amount: 123.45, currency: 'USD', period_month: '2026-04' },
  },
  {
    ...told,
    event_type: 'contributor.payout_sent',
    event_id: 'po_5',
    user_id: 'usr_9',
    at: '2026-11-22T01:05:52.470624',
    amount: '123.45',
    amount_minor: '12345',
    currency: 'USD',
    data: { amount: 123.45, currency: 'USD', payout_id: 'po_5', period_month: '2026-04' },
  },
];

const suite = describeWith(
  directory !== undefined && hasProgram('nats-server'),
  'RECORDED_TRAFFIC_DIR is not set, or nats-server is not installed',
);

suite('messages recorded from the real publisher of commerce events', () => {
  let nats: NatsServerProcess;
  let footfall: TestFootfall;

  beforeAll(async () => {
    nats = await NatsServerProcess.start();
    footfall = await (await TestFootfall.start({ NATS_URL: nats.url })).ready();
    await nats.isConsumed();
  });
  afterAll(async () => {
    await footfall.stop();
    await nats.dispose();
  });

  it('find the stream that their publisher would have made', async () => {
    const [first] = lines() as { readonly streamConfig: object }[];

    const { config } = await nats.manage((manager) => manager.streams.info('COMMERCE'));

    expect(config).toMatchObject(first?.streamConfig ?? {});
  });

  it('are stored once each, published unchanged and twice', async () => {
    const messages = lines().slice(1) as Recorded[];

    await nats.publish([...messages, ...messages].map(({ subject, body }) => [subject, body]));
    await nats.isEmptied();
    await footfall.written();

    const rows = await footfall.query(
      `SELECT *, to_char(event_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at
         FROM commerce_events ORDER BY event_time`,
    );
    expect(rows).toEqual(ROWS.map((row) => expect.objectContaining(row)));
    expect(rows.map(({ timestamp_text: sent }) => sent)).toEqual(
      messages.map(({ body }) => (JSON.parse(body) as { timestamp: string }).timestamp),
    );
    expect(await footfall.query('SELECT 1 FROM rejected_events')).toEqual([]);
  });
});
