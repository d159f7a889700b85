import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FootfallClient, type RawEvent } from '../../libs/client/src/server/index.js';
import { TestFootfall } from '../support/footfall.js';
import { describeWith } from '../support/needs.js';

type Event = RawEvent & { readonly organization_id: string };

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const directory = process.env['RECORDED_TRAFFIC_DIR'];

/** Those that are events; the rest shows what is refused. */
const recorded = (): Recorded[] =>
  readFileSync(join(directory ?? '', 'wire/commerce-http.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)
    .filter(({ body }) => body.includes('"event"'));

const ORG = { orgId: 'acme' };
const PAYOUT = {
  ...ORG,
  userId: 'usr_9',
  periodMonth: '2026-04',
  amount: 123.45,
  currency: 'USD',
};

/** The calls that were recorded, in their order. */
const CALLS: readonly ((client: FootfallClient) => Promise<void>)[] = [
  (client) =>
    client.emitOrderCompleted({
      ...ORG,
      id: 'ord_1001',
      userId: 'usr_42',
      email: ' Ada.Lovelace@Example.COM ',
      total: 59.97,
      currency: 'USD',
      status: 'completed',
      items: [
        {
          productId: 'prod_1',
          productName: 'Tea <Green> & "Black"',
          sku: 'TEA-1',
          quantity: 2,
          price: 19.99,
        },
        { productId: 'prod_2', productName: 'Café cup', sku: 'CUP-1', quantity: 1, price: 19.99 },
      ],
    }),
  (client) =>
    client.emitOrderCompleted({
      ...ORG,
      id: 'ord_1002',
      total: 0,
      currency: 'EUR',
      status: 'open',
    }),
  (client) =>
    client.emitReferralLinkCreated({
      ...ORG,
      userId: 'usr_42',
      referralCode: 'REF42',
      referralUrl: 'https://shop.example/r/REF42?a=1&b=2',
    }),
  (client) =>
    client.emitReferralClaimed({
      ...ORG,
      referrerId: 'usr_42',
      refereeId: 'usr_77',
      referralCode: 'REF42',
    }),
  (client) =>
    client.emitReferralCreditGranted({
      ...ORG,
      userId: 'usr_42',
      role: 'referrer',
      amount: 10,
      currency: 'USD',
    }),
  (client) =>
    client.emitReferralCommissionEarned({
      ...ORG,
      referrerId: 'usr_42',
      orderId: 'ord_1001',
      commission: 2.9985,
      currency: 'USD',
    }),
  (client) =>
    client.emitReferralTierUpgraded({
      ...ORG,
      userId: 'usr_42',
      previousTier: 'bronze',
      newTier: 'silver',
      referralCount: 10,
    }),
  (client) =>
    client.emitContributorRegistered({ ...ORG, userId: 'usr_9', githubUsername: 'octocat' }),
  (client) => client.emitContributorPayoutCalculated(PAYOUT),
  (client) => client.emitContributorPayoutSent({ ...PAYOUT, payoutId: 'po_5' }),
  (client) =>
    client.emitRaw({
      distinct_id: 'usr_1',
      event: 'custom_event',
      organization_id: 'acme',
      properties: { nested: { k: [1, 2] }, null: null, t: true },
    }),
];

/** What the recorded client does not send, what follows from that, and who sent it. */
const ITS_OWN = [
  'idempotency_key',
  'event_id',
  'timestamp_text',
  'event_time',
  'received_at',
  'created_at',
  'user_agent',
];

const suite = describeWith(directory !== undefined, 'RECORDED_TRAFFIC_DIR is not set');

suite('the client for servers, beside the recorded one', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const rowWhere = async (condition: string): Promise<object> => {
    await footfall.written();
    const rows = await footfall.query(`SELECT * FROM commerce_events WHERE ${condition}`);
    await footfall.query('DELETE FROM commerce_events'); // the next pair is told apart by nothing else
    expect(rows).toHaveLength(1);
    const said = Object.entries(rows[0] ?? {}).filter(([name]) => !ITS_OWN.includes(name));
    return meaningOf(Object.fromEntries(said));
  };

  it('is compared in every call', () => {
    expect(recorded()).toHaveLength(CALLS.length);
  });

  it.each(CALLS.map((call, at) => [at, call] as const))(
    'is stored as the same row: call %i',
    async (at, call) => {
      const client = new FootfallClient({ endpoint: footfall.url });
      const { method, path, headers, body } = recorded()[at]!;
      const { event } = JSON.parse(body) as Event;

      await fetch(footfall.url + path, { method, headers, body });
      const theirs = await rowWhere('event_id IS NULL');
      await call(client);
      await client.close();
      const ours = await rowWhere('event_id IS NOT NULL AND timestamp_text IS NOT NULL');

      expect(ours).toMatchObject({ event_name: event });
      expect(ours).toEqual(theirs);
    },
  );
});

/** The items of an order are JSON in a text: its bytes may differ, its meaning not. */
function meaningOf(row: Record<string, unknown>): object {
  const data = row['data'] as Readonly<Record<string, unknown>> | null;
  const items = data?.['items'];
  return typeof items === 'string'
    ? { ...row, data: { ...data, items: JSON.parse(items) as unknown } }
    : row;
}
