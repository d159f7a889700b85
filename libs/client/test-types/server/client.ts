import {
  FootfallClient,
  type Order,
  toOrderItems,
  type TrackResult,
} from '@footfall/client/server';

const order: Order = { id: 'order-1', orgId: 'acme', total: 59.97, currency: 'USD' };

// Nothing but an endpoint is needed, and not even that.
export const client = new FootfallClient({ endpoint: 'https://footfall.example.com' });
export const silent = new FootfallClient({ endpoint: process.env['FOOTFALL_URL'] });

export const emitted: Promise<void> = client.emitOrderCompleted(order);
export const kept: Promise<void> = client.emitOrderCompleted(order, { until: 'kept' });
export const tracked: Promise<TrackResult> = client.trackEvent(
  { eventType: 'asset_viewed' },
  { session: { userId: 'user-1', role: 'brand' } },
);
export const raw: Promise<void> = client.emitRaw({ event: 'invoice_paid', invoice_no: 7 });

// Id and time are made where they are left out, of every variant.
export const viewed: Promise<void> = client.emitTrackingEvent({
  eventType: 'PAGEVIEW',
  sessionId: 'session-1',
  trackId: 'user-1',
  url: 'https://shop.example.com/',
  path: '/',
});

export const items: Order['items'] = toOrderItems(
  [{ productId: 'tea', quantity: 3, priceCents: 1999 }],
  'USD',
);

// @ts-expect-error an order has a total
export const totalless: Order = { id: 'order-1', orgId: 'acme', currency: 'USD' };
// @ts-expect-error amounts are numbers
export const textual: Order = { ...order, total: '59.97' };
// @ts-expect-error no such option
export const misspelt = new FootfallClient({ endpoint: '', maxQueue: 10 });
// @ts-expect-error a product is missing
export const productless = client.emitTrackingEvent({
  eventType: 'COCKPIT_BUY_PURCHASE',
  sessionId: 'session-1',
  trackId: 'user-1',
  url: 'https://shop.example.com/',
  path: '/',
  flow: 'FILE',
  step: 'payment',
});
// @ts-expect-error what an event says of its visitor is an argument of its own
export const contextual = client.trackEvent({ eventType: 'asset_viewed', context: {} });
