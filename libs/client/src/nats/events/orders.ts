import type { CommerceEvent } from '../../contract/types.js';
import { currencyOf, majorUnits } from '../../major-units.js';
import { timestampOf } from '../clock.js';
import { sha256Hex } from '../sha256-hex.js';
import { SUBJECTS, typeOf } from '../subjects.js';
import { capiEvent, ga4Item, type PublishedItem } from './ecommerce-parts.js';

/** An order that was created or completed. */
export interface PublishedOrder {
  readonly orderId: string;
  /** Whose shop. */
  readonly orgId: string;
  readonly userId?: string | undefined;
  /** As it was typed; Meta's part of the event has its hash only. */
  readonly email?: string | undefined;
  /** Whole minor units: 5997 is 59.97 USD, and 5997 JPY. */
  readonly totalMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
  readonly items?: readonly PublishedItem[] | undefined;
  /** The checkout session in which it was placed, where known: it joins the order to the funnel. */
  readonly sessionId?: string | undefined;
}

/** Money given back: a part of an order's total, or all of it. */
export interface PublishedRefund {
  readonly orderId: string;
  /** Whose shop. */
  readonly orgId: string;
  readonly userId?: string | undefined;
  /** What is given back by this refund alone, in whole minor units. */
  readonly refundedMinor: number;
  /** ISO 4217; blank means USD. */
  readonly currency: string;
}

export const orderCreated = (order: PublishedOrder, at: number): CommerceEvent =>
  orderEvent(order, at, {
    type: typeOf(SUBJECTS.ORDER_CREATED),
    ga4: 'begin_checkout',
    capi: 'InitiateCheckout',
  });

export const orderCompleted = (order: PublishedOrder, at: number): CommerceEvent =>
  orderEvent(order, at, {
    type: typeOf(SUBJECTS.ORDER_COMPLETED),
    ga4: 'purchase',
    capi: 'Purchase',
  });

interface Names {
  readonly type: string;
  readonly ga4: string;
  readonly capi: string;
}

function orderEvent(order: PublishedOrder, at: number, names: Names): CommerceEvent {
  const { orderId, orgId, userId, email = '', items = [] } = order;
  const currency = currencyOf(order.currency);
  const revenue = majorUnits(order.totalMinor, currency, 'totalMinor');
  const user = { em: sha256Hex(email) || undefined, external_id: userId || undefined };
  return {
    id: orderId,
    type: names.type,
    timestamp: timestampOf(at),
    organization_id: orgId,
    user_id: userId || undefined,
    session_id: order.sessionId || undefined,
    data: { order_id: orderId, revenue, currency, email },
    ga4: {
      event_name: names.ga4,
      currency,
      value: revenue || undefined,
      items: items.length > 0 ? items.map((item) => ga4Item(item, currency)) : undefined,
      parameters: { transaction_id: orderId },
    },
    facebook_capi: capiEvent(names.capi, at, {
      user,
      custom: { currency, value: revenue, order_id: orderId },
    }),
  };
}

export function orderRefunded(refund: PublishedRefund, at: number): CommerceEvent {
  const { orderId, orgId, userId } = refund;
  const currency = currencyOf(refund.currency);
  const amount = majorUnits(refund.refundedMinor, currency, 'refundedMinor');
  return {
    id: orderId,
    type: typeOf(SUBJECTS.ORDER_REFUNDED),
    timestamp: timestampOf(at),
    organization_id: orgId,
    user_id: userId || undefined,
    data: { order_id: orderId, refunded_amount: amount, currency },
    ga4: {
      event_name: 'refund',
      currency,
      value: amount || undefined,
      parameters: { transaction_id: orderId },
    },
    facebook_capi: capiEvent('Refund', at, {
      user: { external_id: userId || undefined },
      custom: { currency, value: amount, order_id: orderId },
    }),
  };
}
