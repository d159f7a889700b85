import { sha256Hex, type CommerceEventDto } from '#libs/contracts';
import type { Order } from './commerce-shops.js';
import type { Random } from './random.js';

type Parts = Pick<CommerceEventDto, 'ga4' | 'facebook_capi'>;

/** A publisher of another version spells a part wrong; the order is kept all the same. */
const MALFORMED = 0.012;

/** What the publisher calls an event for GA4 and for Meta. */
const NAMES = {
  'order.created': ['begin_checkout', 'InitiateCheckout'],
  'order.completed': ['purchase', 'Purchase'],
  'order.refunded': ['refund', 'Refund'],
} as const;

export type PartedType = keyof typeof NAMES;

/** The parts of an order's event that are written for advertisers; no items with a refund. */
export function partsOf(
  type: PartedType,
  order: Order,
  { value, at, random }: { readonly value: number; readonly at: number; readonly random: Random },
): Parts {
  const { orderId, currency, email, userId } = order;
  const [gaName, metaName] = NAMES[type];
  const ga4 = {
    event_name: gaName,
    currency,
    value,
    ...(type !== 'order.refunded' && { items: [itemOf(order)] }),
    parameters: { transaction_id: orderId },
  };
  const capi = {
    event_name: metaName,
    event_time: Math.trunc(at / 1000),
    action_source: 'website',
    user_data: { em: sha256Hex(email), external_id: userId },
    custom_data: { currency, value, order_id: orderId },
  };
  if (random.chance(MALFORMED)) return malformed(ga4, capi, random);
  return { ga4, facebook_capi: capi };
}

const itemOf = ({ productId, offerId, currency, price }: Order) => ({
  item_id: productId,
  item_name: offerId.replaceAll('-', ' '),
  price,
  quantity: 1,
  currency,
});

const malformed = (ga4: object, capi: object, random: Random): Parts =>
  random.pick<Parts>([
    { ga4: { ...ga4, value: 'free' }, facebook_capi: capi },
    { ga4: { ...ga4, items: 'none' }, facebook_capi: capi },
    { ga4, facebook_capi: { ...capi, event_time: 'now' } },
    { ga4: [], facebook_capi: 'none' },
  ]);
