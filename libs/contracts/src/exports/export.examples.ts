import { ANALYTICS_ANSWER_EXAMPLE } from '../analytics/analytics-event.examples.js';
import { CHECKOUT_EVENT_EXAMPLES } from '../checkout/checkout-event.examples.js';
import type { AnalyticsEventView } from '../events/analytics-event-view.dto.js';
import type { CheckoutEventView } from '../events/checkout-event-view.dto.js';
import type { CommerceEventView } from '../events/commerce-event-view.dto.js';
import type { TrackingEventView } from '../events/tracking-event-view.dto.js';

const BROWSER = 'Mozilla/5.0 (Macintosh) Chrome/131.0';

/** An event of each file, with all its columns in their order. */
export const CHECKOUT_EXPORT_EXAMPLE: CheckoutEventView = {
  eventId: CHECKOUT_EVENT_EXAMPLES.pageView.value.eventId,
  eventName: 'checkout_payment_method_selected',
  eventDescription: 'Pix, of three',
  sessionId: CHECKOUT_EVENT_EXAMPLES.pageView.value.sessionId,
  offerId: 'offer-1',
  productId: 'product-1',
  producerId: 'producer-1',
  checkoutType: 'standard',
  checkoutMode: 'embedded',
  step: 'payment',
  email: '[redacted]',
  phone: null,
  paymentMethod: 'pix',
  timestamp: 1_768_478_520_468,
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  receivedAt: '2026-01-15T12:02:00.512Z',
  ipAddress: '[redacted]',
  userAgent: BROWSER,
};

export const TRACKING_EXPORT_EXAMPLE: TrackingEventView = {
  eventId: '5f0c1b7e-2a94-4d63-8f1e-7b3d9c2a6e10',
  eventType: 'PAGEVIEW',
  sessionId: 'session-1',
  trackId: 'user-1',
  userId: 'user-1',
  url: 'https://shop.example.com/products/green-tea?utm_source=news',
  path: '/products/green-tea',
  flow: null,
  step: null,
  cockpitSessinoId: null,
  productSlug: null,
  timestamp: '2026-01-15T12:02:00.468000Z',
  receivedAt: '2026-01-15T12:02:00.512Z',
  ipAddress: '[redacted]',
  userAgent: BROWSER,
};

export const ANALYTICS_EXPORT_EXAMPLE: AnalyticsEventView = {
  id: ANALYTICS_ANSWER_EXAMPLE.eventId ?? '',
  eventType: 'asset_viewed',
  occurredAt: '2026-01-15T12:02:00.468000Z',
  source: 'web',
  entityType: 'asset',
  entityId: 'asset-1',
  sessionId: 'session-1',
  actorId: 'user-1',
  propsJson: { assetId: 'asset-1', position: 3 },
  attribution: {
    utmSource: 'news',
    utmMedium: null,
    utmCampaign: null,
    utmTerm: null,
    utmContent: null,
    referrer: null,
    landingPage: null,
    deviceType: 'desktop',
    browser: 'Chrome',
    os: 'macOS',
    isBot: false,
  },
};

export const COMMERCE_EXPORT_EXAMPLE: CommerceEventView = {
  eventId: 'ord_1001',
  eventName: 'order.refunded',
  eventType: 'order.refunded',
  wire: 'envelope',
  transport: 'nats',
  organizationId: 'acme',
  userId: 'user-1',
  sessionId: null,
  orderId: 'ord_1001',
  amount: '19.99',
  amountMinor: 1999,
  currency: 'USD',
  quantity: null,
  timestamp: '2026-01-15T12:02:00.468529Z',
  url: null,
  referrer: null,
  productId: null,
  cartId: null,
  data: { order_id: 'ord_1001', refunded_amount: 19.99, currency: 'USD' },
  ga4: null,
  facebookCapi: null,
  malformedParts: [],
  receivedAt: '2026-01-15T12:02:00.512Z',
  ipAddress: null,
  userAgent: null,
};
