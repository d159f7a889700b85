import type { CollectorEventDto } from './collector-event.dto.js';
import type { CommerceEventDto } from './commerce-event.dto.js';

const completed: CommerceEventDto = {
  id: 'ord_1001',
  type: 'order.completed',
  timestamp: '2026-01-15T12:02:00.468529245Z',
  organization_id: 'acme',
  user_id: 'user-1',
  session_id: 'chk_4c1d9e02',
  data: { order_id: 'ord_1001', revenue: 59.97, currency: 'USD', email: 'buyer@example.com' },
  ga4: {
    event_name: 'purchase',
    currency: 'USD',
    value: 59.97,
    items: [
      { item_id: 'prod_1', item_name: 'Green tea', price: 19.99, quantity: 3, currency: 'USD' },
    ],
    parameters: { transaction_id: 'ord_1001' },
  },
  facebook_capi: {
    event_name: 'Purchase',
    event_time: 1_768_478_520,
    action_source: 'website',
    user_data: {
      em: '6a6c26195c3682faa816966af789717c3bfa834eee6c599d667d2b3429c27cfd',
      external_id: 'user-1',
    },
    custom_data: { currency: 'USD', value: 59.97, order_id: 'ord_1001' },
  },
};

const refunded: CommerceEventDto = {
  id: 'ord_1001',
  type: 'order.refunded',
  timestamp: '2026-01-16T09:30:00.000000001Z',
  organization_id: 'acme',
  user_id: 'user-1',
  data: { order_id: 'ord_1001', refunded_amount: 10, currency: 'USD' },
};

/** Request bodies that Swagger shows at the door of envelopes. */
export const COMMERCE_EVENT_EXAMPLES = {
  completed: { summary: 'An order is paid', value: completed },
  refunded: { summary: 'A part of it is refunded', value: refunded },
} as const satisfies Readonly<Record<string, { summary: string; value: CommerceEventDto }>>;

const { timestamp: _left, ...untimed } = refunded;

/** Two sound events and one without its time, with what the batch is answered. */
export const COMMERCE_BATCH_EXAMPLE = {
  sent: [completed, refunded, untimed],
  answered: {
    results: [
      { eventId: completed.id, verdict: 'accepted' },
      { eventId: refunded.id, verdict: 'accepted' },
      {
        eventId: refunded.id,
        verdict: 'rejected',
        breaches: [{ field: 'timestamp', reason: 'is required' }],
      },
    ],
  },
};

const collected: CollectorEventDto = {
  event: 'order_completed',
  distinct_id: 'user-1',
  organization_id: 'acme',
  order_id: 'ord_1002',
  revenue: 59.97,
  quantity: 3,
  properties: {
    currency: 'USD',
    email: 'buyer@example.com',
    item_count: 1,
    items:
      '[{"price":19.99,"product_id":"prod_1","product_name":"Green tea","quantity":3,"sku":"TEA-1"}]',
    status: 'completed',
  },
};

/** Request bodies that Swagger shows at the doors of the HTTP client. */
export const COLLECTOR_EVENT_EXAMPLES = {
  orderCompleted: { summary: 'An order is paid', value: collected },
  payoutSent: {
    summary: 'A contributor is paid',
    value: {
      event: 'contributor_payout_sent',
      distinct_id: 'user-9',
      organization_id: 'acme',
      revenue: 123.45,
      properties: {
        payout_id: 'po_5',
        period_month: '2025-12',
        amount: 123.45,
        currency: 'USD',
      },
    },
  },
  anything: {
    summary: 'Any other name',
    value: { event: 'subscription_renewed', organization_id: 'acme', properties: { plan: 'pro' } },
  },
} as const satisfies Readonly<Record<string, { summary: string; value: CollectorEventDto }>>;

const { event: _unnamed, ...nameless } = collected;

/** An order with an id of its event, another without, and one that does not say what happened. */
export const COLLECTOR_BATCH_EXAMPLE = {
  sent: [{ ...collected, event_id: 'evt_1' }, { ...collected, order_id: 'ord_1003' }, nameless],
  answered: {
    results: [
      { eventId: 'evt_1', verdict: 'accepted' },
      { eventId: null, verdict: 'accepted' },
      {
        eventId: null,
        verdict: 'rejected',
        breaches: [{ field: 'event', reason: 'is required' }],
      },
    ],
  },
};
