import type { CollectorEventDto, CommerceEventDto } from '#libs/contracts';
import type { EventRecord } from '#libs/event-log';
import { collected, envelope, nanosOf } from './commerce-delivery.js';
import { partsOf, type PartedType } from './commerce-parts.js';
import type { Order } from './commerce-shops.js';
import type { Random } from './random.js';

type Records = Generator<EventRecord, void>;

export function* orderCreated(order: Order, at: number, random: Random): Records {
  yield* published(order, 'order.created', moneyOf(order), at, random);
}

/** The same fact may come by both transports. */
export function* orderCompleted(order: Order, at: number, random: Random): Records {
  yield* published(order, 'order.completed', moneyOf(order), at, random);
  const { wire } = order.shop;
  if (wire === 'both' || wire === 'http client') {
    yield collected(completedOverHttp(order, random), at, random);
  }
}

export function* orderRefunded(order: Order, amount: number, at: number, random: Random): Records {
  const data = { order_id: order.orderId, refunded_amount: amount, currency: order.currency };
  yield* published(order, 'order.refunded', data, at, random);
}

export function* orderCanceled(order: Order, at: number, random: Random): Records {
  const data = { order_id: order.orderId, currency: order.currency };
  yield* told(order, { id: order.orderId, type: 'order.canceled', data }, at, random);
}

/** The publisher tells of no payment; back ends of some shops do. */
export function* paymentReceived(
  order: Order,
  method: string,
  at: number,
  random: Random,
): Records {
  const { orderId, price, currency } = order;
  const data = { order_id: orderId, amount: price, currency, method };
  const id = `pay_${orderId.slice('ord_'.length)}`;
  yield* told(order, { id, type: 'payment.received', data }, at, random);
}

const moneyOf = ({ orderId, price, currency, email }: Order) => ({
  order_id: orderId,
  revenue: price,
  currency,
  email,
});

function* published(
  order: Order,
  type: PartedType,
  data: Readonly<Record<string, unknown>>,
  at: number,
  random: Random,
): Records {
  const value = Number(data['refunded_amount'] ?? data['revenue']);
  const parts = partsOf(type, order, { value, at, random });
  yield* told(order, { id: order.orderId, type, data, ...parts }, at, random);
}

type Told = Pick<CommerceEventDto, 'id' | 'type' | 'data' | 'ga4' | 'facebook_capi'>;

/** In an envelope, where the shop has something that sends envelopes. */
function* told(order: Order, said: Told, at: number, random: Random): Records {
  const { shop, userId, sessionId } = order;
  if (shop.wire === 'http client') return;
  const event: CommerceEventDto = {
    ...said,
    timestamp: nanosOf(at, random),
    organization_id: shop.organizationId,
    user_id: userId,
    ...(sessionId !== null && { session_id: sessionId }),
  };
  yield* envelope(event, shop.wire === 'posted' ? 'http' : 'nats', random);
}

/** As the HTTP client sends it: often without items, and yen divided by 100 as if they had cents. */
function completedOverHttp(order: Order, random: Random): CollectorEventDto {
  const { orderId, shop, productId, price, currency, userId, email } = order;
  const isBare = random.chance(0.4);
  const item = { price, product_id: productId, product_name: productId, quantity: 1, sku: '' };
  return {
    event: 'order_completed',
    distinct_id: userId,
    organization_id: shop.organizationId,
    order_id: orderId,
    revenue: currency === 'JPY' ? price / 100 : price,
    quantity: isBare ? 0 : 1,
    properties: {
      currency: currency.toLowerCase(),
      items: JSON.stringify(isBare ? [] : [item]),
      item_count: isBare ? 0 : 1,
      status: 'completed',
      email,
    },
  };
}
