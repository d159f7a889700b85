// What the types of events let through, and what not. Compiled against the built package by
// `npm run client:typecheck`: each @ts-expect-error fails where the mistake below it is allowed.
import {
  type AnalyticsEvent,
  type CheckoutEvent,
  type CheckoutEventName,
  EVENT_TYPES,
  type EventContext,
  type TrackingEvent,
} from '@footfall/client/server';

const checkout: CheckoutEvent = {
  eventId: 'event-1',
  eventName: 'checkout_page_view',
  sessionId: 'session-1',
  offerId: 'offer-1',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  timestamp: 1_700_000_000_000,
};

// Optional fields may be left out, there, or undefined, as a form has them.
export const payment: CheckoutEvent = { ...checkout, step: 'payment', paymentMethod: 'pix' };
export const unknown: CheckoutEvent = { ...checkout, step: undefined, email: undefined };

// @ts-expect-error the time of a checkout event is a number
export const textual: CheckoutEvent = { ...checkout, timestamp: '2026-01-15T12:00:00Z' };
// @ts-expect-error no such event
export const misspelt: CheckoutEvent = { ...checkout, eventName: 'checkout_page_viewed' };
// @ts-expect-error no such payment method
export const method: CheckoutEvent = { ...checkout, paymentMethod: 'cash' };
// @ts-expect-error the server resolves it: to send it is a breach
export const resolved: CheckoutEvent = { ...checkout, productId: 'product-1' };
// @ts-expect-error an offer is required
export const offerless: CheckoutEvent = { ...checkout, offerId: undefined };

// A name that is a text is no name: it has to be one of the 26.
declare const text: string;
// @ts-expect-error any text
export const name: CheckoutEventName = text;

const page = {
  sessionId: 'session-1',
  trackId: 'session-1',
  url: 'https://shop.example.com/tea',
  path: '/tea',
} as const;

// The time of a tracking event is a number or a text.
export const viewed: TrackingEvent = { ...page, eventType: 'PAGEVIEW', timestamp: Date.now() };
export const bought: TrackingEvent = {
  ...page,
  timestamp: '2026-01-15T12:00:00Z',
  eventType: 'COCKPIT_BUY_PURCHASE',
  flow: 'FILE',
  step: 'payment',
  productSlug: 'tea',
};

// @ts-expect-error every purchase names its product
export const productless: TrackingEvent = {
  ...page,
  timestamp: 0,
  eventType: 'COCKPIT_BUY_PURCHASE',
  flow: 'FILE',
  step: 'payment',
};
export const flowless: TrackingEvent = {
  ...page,
  timestamp: 0,
  eventType: 'PAGEVIEW',
  // @ts-expect-error a page view has no flow
  flow: 'FILE',
};

/** `eventType` tells the variants apart. */
export function productOf(event: TrackingEvent): string | undefined {
  switch (event.eventType) {
    case 'PAGEVIEW':
      // @ts-expect-error a page view has no product
      return event.productSlug;
    case 'COCKPIT_BUY_LAUNCH':
    case 'COCKPIT_BUY_STEP':
    case 'COCKPIT_BUY_PAYMENT':
    case 'COCKPIT_BUY_PURCHASE':
    case 'COCKPIT_BUY_DOWNLOAD':
      return event.productSlug satisfies string;
    default:
      return event.productSlug;
  }
}

// Known types are constants with a value of their own; others are taken too.
export const value: 'asset_viewed' = EVENT_TYPES.ASSET_VIEWED;
export const known: AnalyticsEvent = { eventType: EVENT_TYPES.ASSET_VIEWED };
export const other: AnalyticsEvent = { eventType: 'wallpaper_hung', props: { room: 3 } };
export const spoken: EventContext = { session: { userId: 'user-1' }, deviceType: undefined };

// @ts-expect-error no such constant
export const missing: string = EVENT_TYPES.ASSET_EATEN;
// @ts-expect-error no such entity
export const entity: AnalyticsEvent = { eventType: 'a', entityId: '1', entityType: 'planet' };
// @ts-expect-error a time is text, with its zone
export const dated: AnalyticsEvent = { eventType: 'a', occurredAt: new Date() };
// @ts-expect-error no such source
export const source: AnalyticsEvent = { eventType: 'a', source: 'desktop' };
// @ts-expect-error catalogues are not changed
EVENT_TYPES.ASSET_VIEWED = 'asset_viewed';
