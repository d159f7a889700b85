import {
  type CommerceEvent,
  type CommerceSubject,
  type FacebookUserData,
  type GA4Item,
  Publisher,
  STREAM_NAME,
  SUBJECTS,
} from '@footfall/client/nats';

// Nil is no connection, as the original has it.
export const silent = new Publisher(null);

export const published: Promise<void> = silent.publishOrderCompleted({
  orderId: 'order-1',
  orgId: 'acme',
  totalMinor: 5997,
  currency: 'USD',
});
export const named: 'COMMERCE' = STREAM_NAME;
export const subject: CommerceSubject = SUBJECTS.ORDER_COMPLETED;

// Every field of the envelope and its parts, and their types.
export const item: GA4Item = { item_id: 'tea', item_name: 'Tea', price: 19.99, quantity: 3 };
export const user: FacebookUserData = { em: 'hash', external_id: 'user-1' };
export const event: CommerceEvent = {
  id: 'order-1',
  type: 'order.completed',
  timestamp: '2026-01-15T12:00:00.123456789Z',
  ga4: { event_name: 'purchase', currency: 'USD', value: 59.97, items: [item] },
  facebook_capi: {
    event_name: 'Purchase',
    event_time: 1_768_478_520,
    action_source: 'website',
    user_data: user,
  },
};

// @ts-expect-error an item has a price
export const priceless: GA4Item = { item_id: 'tea', item_name: 'Tea', quantity: 3 };
// @ts-expect-error parts that others read have a shape
export const shapeless: CommerceEvent = { ...event, ga4: { name: 'purchase' } };
// @ts-expect-error amounts are in minor units, under a name that says so
export const major = silent.publishOrderCompleted({ orderId: '1', orgId: '1', total: 59.97 });
// @ts-expect-error subjects are those of the stream
export const other: CommerceSubject = 'order.completed';
