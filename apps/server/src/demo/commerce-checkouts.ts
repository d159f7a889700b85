import { type CheckoutEventDto, type PaymentMethod, sha256Hex } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { checkoutTraffic } from './checkout-traffic.js';
import { type Order, priceOf, shopOf } from './commerce-shops.js';
import type { DemoDay } from './demo-plan.js';

/** A checkout session as its shop's back end knows it. */
export interface Checkout {
  readonly order: Order;
  readonly startedAt: number;
  readonly failedAt: number | null;
  /** Paid by card, or a code or a slip was made; null where the visitor left before. */
  readonly convertedAt: number | null;
  readonly paymentMethod: PaymentMethod | null;
}

/** Some shop lets its customers pay with what it credited them: no currency that anybody knows. */
const CREDITS = { productId: 'career-mentoring', currency: 'credits' };

/** The checkouts of a day at the shops' own addresses, in no order; tests and trials sell nothing. */
export function checkoutsOn(day: DemoDay): Checkout[] {
  const ofSession = new Map<string, AcceptedEvent[]>();
  for (const record of checkoutTraffic(day)) {
    if (record.kind !== 'event' || !isLive(eventOf(record))) continue;
    const { sessionId, offerId } = eventOf(record);
    const key = `${sessionId} ${offerId}`;
    const others = ofSession.get(key);
    if (others) others.push(record);
    else ofSession.set(key, [record]);
  }
  return [...ofSession.values()].flatMap((records) => checkoutOf(records) ?? []);
}

const eventOf = ({ event }: AcceptedEvent): CheckoutEventDto => event as CheckoutEventDto;

const isLive = ({ executionEnvironment }: CheckoutEventDto): boolean =>
  executionEnvironment === 'production';

/** Null for who only looked: a back end hears of a visitor when the checkout begins. */
function checkoutOf(records: readonly AcceptedEvent[]): Checkout | null {
  const events = records.map(eventOf);
  const [first] = records;
  const timeOf = (...names: readonly string[]): number | null =>
    events.find(({ eventName }) => names.includes(eventName))?.timestamp ?? null;
  const startedAt = timeOf('checkout_session_started');
  if (!first?.offer || startedAt === null) return null;
  const { sessionId, offerId } = eventOf(first);
  const email = events.findLast((event) => event.email !== undefined)?.email ?? '';
  return {
    order: orderOf({ sessionId, offerId, email, ...first.offer }),
    startedAt,
    failedAt: timeOf('checkout_payment_error'),
    convertedAt: timeOf('checkout_conversion_success', 'checkout_payment_success'),
    paymentMethod: events.findLast((event) => event.paymentMethod)?.paymentMethod ?? null,
  };
}

interface Purchase {
  readonly sessionId: string | null;
  readonly offerId: string;
  readonly productId: string;
  readonly producerId: string;
  readonly email: string;
}

/** Its id follows from the session, else from who bought. */
function orderOf({ sessionId, offerId, productId, producerId, email }: Purchase): Order {
  const shop = shopOf(producerId);
  const buyer = sha256Hex(email || `${sessionId}`).slice(0, 10);
  return {
    orderId: `ord_${sessionId?.slice('demo-'.length) ?? buyer}`,
    shop,
    productId,
    offerId,
    price: priceOf(shop, offerId),
    currency: productId === CREDITS.productId ? CREDITS.currency : shop.currency,
    userId: `usr_${buyer}`,
    email,
    sessionId,
  };
}
