import type { EventRecord } from '#libs/event-log';
import { type Checkout, checkoutsOn } from './commerce-checkouts.js';
import { envelope, nanosOf } from './commerce-delivery.js';
import {
  orderCanceled,
  orderCompleted,
  orderCreated,
  orderRefunded,
  paymentReceived,
} from './commerce-order.js';
import type { Order } from './commerce-shops.js';
import { DAY_MS, type DemoSource } from './demo-plan.js';
import type { Random } from './random.js';

type Records = Generator<EventRecord, void>;

const MINUTE_MS = 60_000;
/** Of the codes and slips, so many are ever paid. */
const PAID = { pix: 0.82, boleto: 0.56 };
/** Orders that nobody paid are canceled by themselves, most of them. */
const EXPIRES = { share: 0.7, afterMs: 3 * DAY_MS };
const REFUNDED = 0.05;
const CANCELED_AFTER = 0.012;
/** One shop tells of every step, also of carts and products. */
const TALKATIVE = 'green-kitchen';

/** What the shops tell of the orders of a day's checkouts, some of it days later. */
export const commerceSales: DemoSource = function* (day) {
  for (const checkout of checkoutsOn(day)) {
    const random = day.random(`commerce ${checkout.order.orderId} ${checkout.order.offerId}`);
    if (checkout.order.shop.organizationId === TALKATIVE) yield* steps(checkout, day.start, random);
    if (checkout.convertedAt !== null) yield* sale(checkout, checkout.convertedAt, random);
  }
};

/** None of them before `since`: a demo begins with its first day. */
function* steps({ order, startedAt, failedAt }: Checkout, since: number, random: Random): Records {
  const { shop, sessionId, productId, price: value, currency } = order;
  const tell = (type: string, at: number, data: object, id = sessionId ?? ''): Records =>
    envelope(
      {
        id,
        type,
        timestamp: nanosOf(at, random),
        organization_id: shop.organizationId,
        data: { ...data, session_id: sessionId, currency },
      },
      'nats',
      random,
    );
  if (random.chance(0.6)) {
    const viewedAt = Math.max(since, startedAt - 2 * MINUTE_MS);
    yield* tell('product.viewed', viewedAt, { product_id: productId }, productId);
  }
  if (random.chance(0.4)) {
    const filledAt = Math.max(since, startedAt - MINUTE_MS);
    yield* tell('cart.updated', filledAt, { item_count: 1, value });
  }
  yield* tell('checkout.started', startedAt + 300, { value });
  if (failedAt !== null) yield* tell('checkout.failed', failedAt + 200, { reason: 'refused' });
}

function* sale({ order, paymentMethod }: Checkout, convertedAt: number, random: Random): Records {
  const createdAt = convertedAt + random.whole(100, 2500);
  yield* orderCreated(order, createdAt, random);
  const wait = waitOf(paymentMethod, random);
  if (wait === null) {
    if (random.chance(EXPIRES.share)) {
      yield* orderCanceled(order, createdAt + EXPIRES.afterMs + random.whole(0, 1000), random);
    }
    return;
  }
  const paidAt = createdAt + wait;
  if (paymentMethod !== null && paymentMethod !== 'credit_card') {
    yield* paymentReceived(order, paymentMethod, paidAt - random.whole(200, 1500), random);
  }
  yield* orderCompleted(order, paidAt, random);
  yield* afterwards(order, paidAt, random);
}

/** How long until it is paid: a card at once, pix within minutes, boleto within days; null for never. */
function waitOf(method: Checkout['paymentMethod'], random: Random): number | null {
  if (method === 'pix') {
    // Most by the phone that is at hand, some after a look at the account.
    const minutes = 0.5 + 55 * random.next() ** 4;
    return random.chance(PAID.pix) ? Math.round(minutes * MINUTE_MS) : null;
  }
  if (method === 'boleto') {
    const days = random.between(0.3, 2.9);
    return random.chance(PAID.boleto) ? Math.round(days * DAY_MS) : null;
  }
  return random.whole(800, 6000);
}

/** Refunds, whole or in parts, and orders that are canceled although they were paid. */
function* afterwards(order: Order, paidAt: number, random: Random): Records {
  const days = (least: number, most: number): number =>
    Math.round(DAY_MS * random.between(least, most));
  if (random.chance(REFUNDED)) {
    const isWhole = random.chance(0.5);
    const part = isWhole ? order.price : partOf(order);
    const at = paidAt + days(0.5, 7);
    yield* orderRefunded(order, part, at, random);
    if (!isWhole && random.chance(0.5)) {
      yield* orderRefunded(order, part, at + days(0.01, 2), random);
    }
  } else if (random.chance(CANCELED_AFTER)) {
    yield* orderCanceled(order, paidAt + days(0.05, 2), random);
  }
}

/** A quarter, in whole minor units. */
const partOf = ({ price, currency }: Order): number =>
  Number((price / 4).toFixed(currency === 'JPY' ? 0 : 2));
