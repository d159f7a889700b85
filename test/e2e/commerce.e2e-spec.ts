import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommerceEventPage } from '#libs/contracts';
import { aCollected, anEnvelope } from '../support/commerce-event.js';
import { TestFootfall } from '../support/footfall.js';

const COLLECTOR_PATHS = [
  '/event',
  '//event',
  '/events',
  '//events',
  '/v1/analytics/event',
  '/v1/analytics//event',
  '/v1/analytics/events',
  '/v1/analytics//events',
];

describe('commerce events over HTTP', () => {
  let footfall: TestFootfall;

  beforeAll(async () => {
    footfall = await (await TestFootfall.start()).ready();
  });
  afterAll(() => footfall.stop());

  const collect = (event: object) => footfall.post('/event', event);
  const post = (event: object) => footfall.post('/events/commerce', event);
  const rowsOf = async (orderId: string): Promise<Record<string, unknown>[]> => {
    await footfall.written();
    return footfall.query(
      'SELECT * FROM commerce_events WHERE order_id = $1 ORDER BY event_time, event_name',
      [orderId],
    );
  };
  const ofOrganization = async (organization: string): Promise<Record<string, unknown>[]> => {
    await footfall.written();
    return footfall.query('SELECT * FROM commerce_events WHERE organization_id = $1', [
      organization,
    ]);
  };

  describe('as the HTTP client sends them', () => {
    it.each(COLLECTOR_PATHS)('are taken at %s with an empty 200', async (path) => {
      const { status, text, headers } = await footfall.post(path, aCollected());

      expect([status, text, headers['content-length']]).toEqual([200, '', '0']);
    });

    it('are stored alike one by one and in a batch, and judged one by one', async () => {
      const one = aCollected({ order_id: 'alone', event_id: 'collected-1' });
      const [same, other] = [
        { ...one, event_id: 'collected-2' },
        { ...one, event_id: 'collected-3' },
      ];
      const { event: _unnamed, ...nameless } = one;
      await collect(one).expect(200);

      const { body } = await footfall.post('/events/batch', [same, nameless, other]).expect(200);

      expect((body as { results: object[] }).results).toMatchObject([
        { eventId: 'collected-2', verdict: 'accepted' },
        { verdict: 'rejected', breaches: [{ field: 'event' }] },
        { eventId: 'collected-3', verdict: 'accepted' },
      ]);
      const rows = (await rowsOf('alone')).map(
        ({
          idempotency_key: _key,
          event_id: _id,
          event_time: _at,
          received_at: _then,
          created_at: _now,
          ...row
        }) => row,
      );
      expect(rows).toEqual([rows[0], rows[0], rows[0]]);
      expect(rows[0]).toMatchObject({ wire: 'collector', event_type: 'order.completed' });
    });

    it('reuse one connection, which any body with the answer would prevent', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const send = (): Promise<boolean> =>
        new Promise((resolve, reject) => {
          const request = httpRequest(
            `${footfall.url}//event`,
            { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
            (response) => {
              response.resume().on('end', () => resolve(request.reusedSocket));
            },
          );
          request.on('error', reject).end(JSON.stringify(aCollected()));
        });

      const reused = [await send(), await send(), await send()];
      agent.destroy();

      expect(reused).toEqual([false, true, true]);
    });

    it('become a row with what was sent and what it comes to', async () => {
      const event = aCollected({
        revenue: 59.975,
        session_id: 'chk_1',
        url: 'https://shop.example',
      });

      await collect(event).set('user-agent', 'Go-http-client/1.1').expect(200);

      expect(await rowsOf(event.order_id ?? '')).toEqual([
        {
          idempotency_key: JSON.stringify(['order', 'acme', event.order_id]),
          event_time: expect.any(Date),
          wire: 'collector',
          transport: 'http',
          event_name: 'order_completed',
          event_type: 'order.completed',
          event_id: null,
          organization_id: 'acme',
          user_id: 'usr_42',
          session_id: 'chk_1',
          order_id: event.order_id,
          amount: '59.975',
          amount_minor: '5998',
          currency: 'USD',
          quantity: '3',
          timestamp_text: null,
          url: 'https://shop.example',
          referrer: null,
          product_id: null,
          cart_id: null,
          data: event.properties,
          ga4: null,
          facebook_capi: null,
          malformed_parts: [],
          received_at: expect.any(Date),
          ip_address: '127.0.0.1',
          user_agent: 'Go-http-client/1.1',
          created_at: expect.any(Date),
        },
      ]);
    });

    it('need a name and nothing else', async () => {
      await collect({ event: 'subscription_renewed' }).expect(200);
      await collect({
        event: 'spend_alert_triggered',
        distinct_id: '',
        organization_id: 'nameless',
        order_id: '',
        revenue: null,
        quantity: '',
        properties: null,
        timestamp: '',
        event_id: '',
      }).expect(200);

      expect(await ofOrganization('nameless')).toMatchObject([
        { event_type: 'spend_alert_triggered', order_id: null, amount: null, amount_minor: null },
      ]);
    });

    it.each([
      ['{}', 'event', 'is required'],
      ['{"event":" "}', 'event', 'must not be empty'],
      ['{"event":7}', 'event', 'must be text'],
      ['{"event":"a","revenue":"much"}', 'revenue', 'must be a decimal number'],
      ['{"event":"a","revenue":true}', 'revenue', 'must be a decimal number'],
      ['{"event":"a","properties":[]}', 'properties', 'must be an object'],
      ['{"event":"a","properties":{"a":"\\u0000"}}', 'properties', expect.any(String)],
      ['{"event":"a","timestamp":"soon"}', 'timestamp', expect.any(String)],
    ])('are refused clearly: %s', async (body, field, reason) => {
      const response = await footfall.post('/event', body).expect(400);

      expect(response.body).toEqual({ breaches: [{ field, reason }] });
    });

    it.each(['null', '[]', '7', '', '{'])(
      'are refused where they are no object: %j',
      async (body) => {
        const { status, body: answer } = await footfall.post('/event', body);

        expect(status).toBe(400);
        expect(answer).toMatchObject({ breaches: [{ field: 'body' }] });
      },
    );

    it('are stored once by their event id, whatever time a retry bears', async () => {
      const event = aCollected({ event: 'api_usage_debit', event_id: 'debit-1', order_id: 'once' });

      await collect({ ...event, timestamp: '2023-11-14T22:13:20.123457Z' }).expect(200);
      await collect({ ...event, timestamp: '2023-12-24T00:00:00Z' }).expect(200);
      await footfall.written();
      await collect({ ...event, timestamp: '2024-01-01T00:00:00Z' }).expect(200);

      expect(await rowsOf('once')).toMatchObject([
        { event_time: new Date('2023-11-14T22:13:20.123Z') },
      ]);
    });

    it('are stored once an order, without an id or a time, and other content is a conflict', async () => {
      const event = aCollected();

      await collect(event).expect(200);
      await collect(event).expect(200);
      await footfall.written();
      await collect({ ...event, revenue: 1 }).expect(200);

      expect(await rowsOf(event.order_id ?? '')).toMatchObject([{ amount_minor: '5997' }]);
      const conflicts = await footfall.query(
        'SELECT state FROM rejected_events WHERE position($1::bytea IN raw) > 0',
        [Buffer.from(event.order_id ?? '')],
      );
      expect(conflicts).toEqual([{ state: 'conflict' }]);
    });

    it('are each an event of its own where nothing tells them apart', async () => {
      const event = { event: 'referral_claimed', organization_id: 'apart', distinct_id: 'usr_77' };

      await collect(event).expect(200);
      await collect(event).expect(200);

      expect(await ofOrganization('apart')).toHaveLength(2);
    });

    it('are stored once a payout', async () => {
      const event = {
        event: 'contributor_payout_sent',
        organization_id: 'payouts',
        revenue: 123.45,
        properties: { payout_id: 'po_5', amount: 123.45, currency: 'usd', period_month: '2026-04' },
      };

      await collect(event).expect(200);
      await collect(event).expect(200);

      expect(await ofOrganization('payouts')).toMatchObject([
        { event_type: 'contributor.payout_sent', amount_minor: '12345', currency: 'USD' },
      ]);
    });
  });

  describe('in an envelope', () => {
    it('become a row, their time to the microsecond and as it was spelt', async () => {
      const event = anEnvelope({
        ga4: { event_name: 'purchase', value: 59.97 },
        facebook_capi: { event_name: 'Purchase', event_time: 1, action_source: 'website' },
      });

      await post(event).expect(200, '');

      const [row] = await rowsOf(event.id ?? '');
      expect(row).toMatchObject({
        idempotency_key: JSON.stringify([
          'envelope',
          'acme',
          'order.completed',
          event.id,
          event.timestamp,
        ]),
        wire: 'envelope',
        event_id: event.id,
        timestamp_text: '2023-11-14T22:13:20.468529245Z',
        amount: '59.97',
        amount_minor: '5997',
        data: event.data,
        ga4: event.ga4,
        facebook_capi: event.facebook_capi,
        malformed_parts: [],
      });
      const times = await footfall.query(
        'SELECT event_time::text AS time FROM commerce_events WHERE event_id = $1',
        [event.id],
      );
      expect(times).toEqual([{ time: '2023-11-14 22:13:20.468529+00' }]);
    });

    it('keep two partial refunds apart, and a retry together', async () => {
      const refund = anEnvelope({ type: 'order.refunded', data: { refunded_amount: 10 } });
      const later = { ...refund, timestamp: '2023-11-14T22:13:20.468529246Z' };

      await post(refund).expect(200);
      await post(later).expect(200);
      await post(refund).expect(200);

      expect(await rowsOf(refund.id ?? '')).toMatchObject([
        { amount_minor: '1000', currency: 'USD' },
        { amount_minor: '1000' },
      ]);
    });

    it.each([
      [{ event_name: 7 }, ['ga4']],
      ['text', ['ga4']],
      [[], ['ga4']],
      [{ event_name: 'purchase', items: [{ item_id: 1 }] }, ['ga4']],
    ])('keep a malformed part as it came and flag it: %j', async (ga4, malformed) => {
      const event = anEnvelope({ ga4 });

      await post(event).expect(200);

      expect(await rowsOf(event.id ?? '')).toMatchObject([{ ga4, malformed_parts: malformed }]);
    });

    it('lose no order for a part that PostgreSQL cannot hold', async () => {
      const ga4 = { event_name: 'a\0b' };
      const event = anEnvelope({ ga4 });

      await post(event).expect(200);

      expect(await rowsOf(event.id ?? '')).toMatchObject([
        { ga4: JSON.stringify(ga4), malformed_parts: ['ga4'], amount_minor: '5997' },
      ]);
    });

    it.each([
      [{ type: undefined }, 'type'],
      [{ type: '' }, 'type'],
      [{ timestamp: undefined }, 'timestamp'],
      [{ timestamp: 1_700_000_000_000 }, 'timestamp'],
      [{ timestamp: '2023-11-14' }, 'timestamp'],
      [{ timestamp: '2023-02-30T00:00:00Z' }, 'timestamp'],
      [{ data: 'text' }, 'data'],
      [{ data: { a: '\ud83d' } }, 'data'],
      [{ organization_id: 'x'.repeat(201) }, 'organization_id'],
    ])('are refused with the field named: %j', async (broken, field) => {
      const { body } = await post({ ...anEnvelope(), ...broken }).expect(400);

      expect(body).toEqual({ breaches: [{ field, reason: expect.any(String) }] });
    });

    it('may lack an id, an organization and data', async () => {
      const event = { type: 'cart.updated', timestamp: '2023-11-14T22:13:20Z', id: '', data: null };

      await post({ ...event, organization_id: '', user_id: 'lacking' }).expect(200);
      await footfall.written();

      const rows = await footfall.query(
        `SELECT organization_id, event_id, data FROM commerce_events WHERE user_id = 'lacking'`,
      );
      expect(rows).toEqual([{ organization_id: null, event_id: null, data: null }]);
    });

    it.each([
      [{ revenue: 100, currency: 'JPY' }, '100', 'JPY'],
      [{ revenue: 1.2345, currency: 'kwd' }, '1235', 'KWD'],
      [{ amount_cents: 995, currency: 'EUR' }, '995', 'EUR'],
      [{ value: '12.50' }, '1250', 'USD'],
      [{ refunded_amount: -3.005, currency: 'USD' }, '-301', 'USD'],
      [{ revenue: 5, currency: 'credits' }, null, 'CREDITS'],
      [{ revenue: 'much', currency: 'USD' }, null, 'USD'],
      [{ note: 'no money' }, null, null],
    ])('count the money of %j', async (data, minor, currency) => {
      const event = anEnvelope({ data });

      await post(event).expect(200);

      expect(await rowsOf(event.id ?? '')).toMatchObject([{ amount_minor: minor, currency, data }]);
    });

    it('are judged one by one in a batch', async () => {
      const { body } = await footfall
        .post('/events/commerce/batch', [anEnvelope(), { type: 'order.completed' }, anEnvelope()])
        .expect(200);

      expect((body as { results: object[] }).results).toMatchObject([
        { verdict: 'accepted' },
        { verdict: 'rejected', breaches: [{ field: 'timestamp' }] },
        { verdict: 'accepted' },
      ]);
    });
  });

  it('answer no page of another origin', async () => {
    const { headers } = await collect(aCollected()).set('origin', 'https://shop.example');
    const preflight = await fetch(`${footfall.url}/event`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });

    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('are listed by order and type, with what is personal masked', async () => {
    const event = anEnvelope({
      data: { revenue: 1, email: 'ada@example.com', note: 'call +55 11 98888-7777' },
    });
    await post(event).expect(200);
    await footfall.written();
    const { key } = await footfall.makeKey(['events:read']);
    const query = `/events/commerce?orderId=${event.id}&eventType=order.completed`;

    const seen = await footfall.get(query).set('authorization', `Bearer ${key}`).expect(200);
    const { body } = await footfall.asAdmin('get', query).expect(200);

    expect(JSON.stringify(seen.body)).not.toMatch(/ada@example|98888|127\.0\.0\.1/);
    expect((body as CommerceEventPage).items).toMatchObject([
      {
        eventId: event.id,
        eventType: 'order.completed',
        amountMinor: 100,
        timestamp: '2023-11-14T22:13:20.468529Z',
        data: event.data,
        ipAddress: '127.0.0.1',
      },
    ]);
  });

  it('have receipts by the id that their sender knows', async () => {
    const event = anEnvelope();
    await post(event).expect(200);
    await post({ ...event, type: 'order.created' }).expect(200);
    await footfall.written();

    const { body } = await footfall
      .asAdmin('get', `/events/commerce/${event.id}/receipt`)
      .expect(200);

    expect(body).toMatchObject({ state: 'stored', items: [{ state: 'stored' }, {}] });
  });

  it('are counted where their money cannot be read', async () => {
    const before = await footfall.figure('events_money_unreadable_total');

    await post(anEnvelope({ data: { revenue: 5, currency: 'points' } })).expect(200);
    await footfall.written();

    expect(await footfall.figure('events_money_unreadable_total')).toBe(before + 1);
  });
});
