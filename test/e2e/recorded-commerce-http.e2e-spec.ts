import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestFootfall } from '../support/footfall.js';
import { describeWith } from '../support/needs.js';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const directory = process.env['RECORDED_TRAFFIC_DIR'];

const recorded = (): Recorded[] =>
  readFileSync(join(directory ?? '', 'wire/commerce-http.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);

/** What the recorded requests must yield, by hand, in the order of their names. */
const ROWS = [
  {
    event_name: 'contributor_payout_calculated',
    event_type: 'contributor.payout_calculated',
    user_id: 'usr_9',
    order_id: null,
    amount: '123.45',
    amount_minor: '12345',
    data: { amount: 123.45, currency: 'USD', period_month: '2026-04' },
  },
  {
    event_name: 'contributor_payout_sent',
    event_type: 'contributor.payout_sent',
    user_id: 'usr_9',
    idempotency_key: '["payout","acme","po_5"]',
    amount_minor: '12345',
    data: { amount: 123.45, currency: 'USD', payout_id: 'po_5', period_month: '2026-04' },
  },
  {
    event_name: 'contributor_registered',
    event_type: 'contributor.registered',
    user_id: 'usr_9',
    amount: null,
    amount_minor: null,
    currency: null,
    data: { github_username: 'octocat' },
  },
  {
    event_name: 'custom_event',
    event_type: 'custom_event',
    user_id: 'usr_1',
    amount_minor: null,
    data: { nested: { k: [1, 2] }, null: null, t: true },
  },
  {
    event_name: 'order_completed',
    event_type: 'order.completed',
    user_id: 'usr_42',
    order_id: 'ord_1001',
    idempotency_key: '["order","acme","ord_1001"]',
    amount: '59.97',
    amount_minor: '5997',
    currency: 'USD',
    quantity: '3',
  },
  {
    event_name: 'order_completed',
    event_type: 'order.completed',
    user_id: null,
    order_id: 'ord_1002',
    idempotency_key: '["order","acme","ord_1002"]',
    amount: '0',
    amount_minor: '0',
    currency: 'EUR',
    quantity: '0',
    data: { currency: 'EUR', email: '', item_count: 0, items: '[]', status: 'open' },
  },
  {
    event_name: 'referral_claimed',
    event_type: 'referral.claimed',
    user_id: 'usr_77',
    amount_minor: null,
    data: { referee_id: 'usr_77', referral_code: 'REF42', referrer_id: 'usr_42' },
  },
  {
    event_name: 'referral_commission_earned',
    event_type: 'referral.commission_earned',
    user_id: 'usr_42',
    order_id: 'ord_1001',
    amount: '2.9985',
    amount_minor: '300',
    currency: 'USD',
  },
  {
    event_name: 'referral_credit_granted',
    event_type: 'referral.credit_granted',
    user_id: 'usr_42',
    amount: '10',
    amount_minor: '1000',
    data: { amount: 10, currency: 'USD', role: 'referrer' },
  },
  {
    event_name: 'referral_link_created',
    event_type: 'referral.link_created',
    user_id: 'usr_42',
    data: { referral_code: 'REF42', referral_url: 'https://shop.example/r/REF42?a=1&b=2' },
  },
  {
    event_name: 'referral_tier_upgraded',
    event_type: 'referral.tier_upgraded',
    user_id: 'usr_42',
    data: { new_tier: 'silver', previous_tier: 'bronze', referral_count: 10 },
  },
];

const suite = describeWith(directory !== undefined, 'RECORDED_TRAFFIC_DIR is not set');

suite('requests recorded from the commerce HTTP client', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const replay = async (
    { method, path, headers, body }: Recorded,
    prefix = '',
  ): Promise<readonly [number, string]> => {
    const response = await fetch(footfall.url + prefix + path, { method, headers, body });
    return [response.status, await response.text()];
  };
  const isEvent = ({ body }: Recorded): boolean => body.includes('"event"');

  it('are answered with an empty 200 and stored, sent unchanged', async () => {
    const answers = await Promise.all(
      recorded()
        .filter(isEvent)
        .map((each) => replay(each)),
    );
    await footfall.written();

    expect(answers).toEqual(Array(11).fill([200, '']));
    const rows = await footfall.query(
      'SELECT * FROM commerce_events ORDER BY event_name, order_id',
    );
    expect(rows).toMatchObject(ROWS);
    expect(new Set(rows.map(({ wire, transport }) => [wire, transport].join(' ')))).toEqual(
      new Set(['collector http']),
    );
  });

  it('keep the texts of their items and their e-mail exactly', async () => {
    const [{ data } = {}] = await footfall.query<{ data?: Record<string, unknown> }>(
      `SELECT data FROM commerce_events WHERE order_id = 'ord_1001' AND event_type = 'order.completed'`,
    );

    const [order] = recorded();
    const { properties } = JSON.parse(order?.body ?? '{}') as { properties: object };
    expect(data).toEqual(properties);
    expect(data?.['email']).toBe(' Ada.Lovelace@Example.COM ');
    expect(data?.['items']).toContain(String.raw`Tea \u003cGreen\u003e \u0026 \"Black\"`);
  });

  it('are stored once where a retry can be told, under every path that the client builds', async () => {
    const orders = recorded().filter(
      ({ body }) => body.includes('"ord_1001"') && isEvent({ body } as Recorded),
    );

    for (const prefix of ['', '/', '/v1/analytics', '/v1/analytics/']) {
      const [order] = orders;
      expect(await replay(order!, prefix)).toEqual([200, '']);
    }
    await footfall.written();

    const rows = await footfall.query(
      `SELECT 1 FROM commerce_events WHERE order_id = 'ord_1001' AND event_type = 'order.completed'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('are refused clearly where they are none', async () => {
    const answers = await Promise.all(
      recorded()
        .filter((each) => !isEvent(each))
        .map((each) => replay(each)),
    );

    expect(answers).toEqual([
      [400, '{"breaches":[{"field":"event","reason":"is required"}]}'],
      [400, expect.stringContaining('"field":"body"')],
    ]);
  });
});
