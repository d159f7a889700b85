import type { JetStreamClient, PubAck } from '@nats-io/jetstream';
import { describe, expect, it, jest } from '@jest/globals';
import { PublishError } from './publish-error.js';
import { Publisher } from './publisher.js';
import { sha256Hex } from './sha256-hex.js';

type Publish = JetStreamClient['publish'];

const aStream = () => {
  const publish = jest.fn<Publish>().mockResolvedValue({} as PubAck);
  const client = { publish } as unknown as JetStreamClient;
  const sent = (at = 0) => {
    const [subject, body, options] = publish.mock.calls[at] ?? [];
    return { subject, event: JSON.parse(String(body)) as Record<string, unknown>, options };
  };
  return { publish, client, sent };
};
const order = {
  orderId: 'ord_1',
  orgId: 'acme',
  userId: 'usr_1',
  email: ' Ada@Example.com ',
  totalMinor: 5997,
  currency: 'usd',
  items: [{ productId: 'prod_1', productName: 'Tea', quantity: 3, priceMinor: 1999 }],
};
const tier = {
  orgId: 'acme',
  userId: 'usr_1',
  previousTier: 'bronze',
  newTier: 'silver',
  referralCount: 10,
};

describe('a publisher', () => {
  it('writes an order in all three forms', async () => {
    const { client, sent } = aStream();

    await new Publisher(client).publishOrderCompleted(order);

    const { subject, event } = sent();
    expect(subject).toBe('commerce.order.completed');
    expect(event).toEqual({
      id: 'ord_1',
      type: 'order.completed',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      organization_id: 'acme',
      user_id: 'usr_1',
      data: { order_id: 'ord_1', revenue: 59.97, currency: 'USD', email: ' Ada@Example.com ' },
      ga4: {
        event_name: 'purchase',
        currency: 'USD',
        value: 59.97,
        items: [
          { item_id: 'prod_1', item_name: 'Tea', price: 19.99, quantity: 3, currency: 'USD' },
        ],
        parameters: { transaction_id: 'ord_1' },
      },
      facebook_capi: {
        event_name: 'Purchase',
        event_time: Math.floor(Date.parse(String(event['timestamp'])) / 1000),
        action_source: 'website',
        user_data: { em: sha256Hex('ada@example.com'), external_id: 'usr_1' },
        custom_data: { currency: 'USD', value: 59.97, order_id: 'ord_1' },
      },
    });
  });

  it('leaves out what an order does not say, and a value of nothing', async () => {
    const { client, sent } = aStream();
    const bare = { orderId: 'ord_2', orgId: 'acme', totalMinor: 0, currency: 'USD' };

    await new Publisher(client).publishOrderCreated({ ...bare, userId: '', email: '', items: [] });
    await new Publisher(client).publishOrderCreated(bare);

    for (const at of [0, 1]) {
      expect(sent(at).event).toEqual({
        id: 'ord_2',
        type: 'order.created',
        timestamp: expect.any(String),
        organization_id: 'acme',
        data: { order_id: 'ord_2', revenue: 0, currency: 'USD', email: '' },
        ga4: {
          event_name: 'begin_checkout',
          currency: 'USD',
          parameters: { transaction_id: 'ord_2' },
        },
        facebook_capi: {
          event_name: 'InitiateCheckout',
          event_time: expect.any(Number),
          action_source: 'website',
          user_data: {},
          custom_data: { currency: 'USD', value: 0, order_id: 'ord_2' },
        },
      });
    }
  });

  it('tells two equal facts apart by their time, and their ids where those hold it', async () => {
    const { client, publish, sent } = aStream();
    const publisher = new Publisher(client);

    await Promise.all([1, 2].map(() => publisher.publishReferralTierUpgraded(tier)));

    const [one, other] = [sent(0), sent(1)];
    expect(publish).toHaveBeenCalledTimes(2);
    expect(one.event['id']).toMatch(/^tier-usr_1-\d{13}$/);
    expect(one.event['id']).not.toBe(other.event['id']);
    expect(one.options?.msgID).not.toBe(other.options?.msgID);
  });

  it('sends the same message again until it is acknowledged', async () => {
    const { client, publish } = aStream();
    publish.mockRejectedValueOnce(Object.assign(new Error('late'), { name: 'TimeoutError' }));

    await new Publisher(client, { timeoutMs: 30 }).publishOrderCompleted(order);

    const [first, second] = publish.mock.calls;
    expect(second).toEqual(first);
    expect(publish).toHaveBeenCalledTimes(2);
  });

  it('says what was not acknowledged, and why, but not whose it was', async () => {
    const { client, publish } = aStream();
    const cause = Object.assign(new Error('closed'), { name: 'ClosedConnectionError' });
    publish.mockRejectedValue(cause);

    const error: unknown = await new Publisher(client)
      .publishOrderCompleted(order)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(PublishError);
    const { name, message, subject, event, cause: told } = error as PublishError;
    expect({ name, message, subject }).toEqual({
      name: 'PublishError',
      message: 'commerce.order.completed was not acknowledged: closed',
      subject: 'commerce.order.completed',
    });
    expect(told).toBe(cause);
    expect(event.data).toMatchObject({ order_id: 'ord_1' });
    expect(JSON.stringify(error)).not.toContain('Ada');
  });

  it('publishes what was not acknowledged under the same id as before', async () => {
    const { client, publish, sent } = aStream();
    const publisher = new Publisher(client, { tries: 1 });
    publish.mockRejectedValueOnce(Object.assign(new Error('late'), { name: 'TimeoutError' }));

    try {
      await publisher.publishOrderCompleted(order);
    } catch (error) {
      const { subject, event } = error as PublishError;
      await publisher.publish(subject, event);
    }

    expect(sent(1).event).toEqual(sent(0).event);
    expect(sent(1).options?.msgID).toBe(sent(0).options?.msgID);
  });

  it('gives an event of yours the time, unless it has one', async () => {
    const { client, sent } = aStream();
    const publisher = new Publisher(client);
    const timestamp = '2026-01-15T12:00:00Z';

    await publisher.publish('commerce.gift.sent', { type: 'gift.sent' });
    await publisher.publish('commerce.gift.sent', { type: 'gift.sent', timestamp });

    expect(Date.parse(String(sent(0).event['timestamp']))).toBeLessThanOrEqual(Date.now());
    expect(sent(1).event).toEqual({ type: 'gift.sent', timestamp });
  });

  it('rejects an amount that is no whole number, and sends nothing', async () => {
    const { client, publish } = aStream();

    const publishing = new Publisher(client).publishOrderCompleted({ ...order, totalMinor: 59.97 });

    await expect(publishing).rejects.toThrow(RangeError);
    expect(publish).not.toHaveBeenCalled();
  });

  it('says which checkout session an order was placed in', async () => {
    const { client, sent } = aStream();

    await new Publisher(client).publishOrderCompleted({ ...order, sessionId: 'chk_1' });

    expect(sent().event).toMatchObject({ id: 'ord_1', session_id: 'chk_1' });
  });

  it.each([{ timeoutMs: 0 }, { timeoutMs: Number.NaN }, { tries: 0 }])(
    'is not made with a patience of %j',
    (options) => {
      expect(() => new Publisher(null, options)).toThrow(RangeError);
    },
  );

  it.each([null, undefined])('does nothing where its connection is %p', async (connection) => {
    const publisher = new Publisher(connection);

    await expect(publisher.publishOrderCompleted(order)).resolves.toBeUndefined();
    await expect(
      publisher.publishOrderCompleted({ ...order, totalMinor: Number.NaN }),
    ).resolves.toBeUndefined();
    await expect(publisher.publish('commerce.x', { type: 'x' })).resolves.toBeUndefined();
  });
});
