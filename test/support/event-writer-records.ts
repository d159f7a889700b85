import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import type { Receipt } from '#libs/platform';
import { aCheckoutEvent } from './checkout-event.js';

/** A valid receipt; a test overrides only what it is about. */
export const aReceipt = (overrides: Partial<Receipt> = {}): Receipt => ({
  requestId: 'request-1',
  receivedAt: 1_700_000_000_500,
  ipAddress: '203.0.113.7',
  userAgent: 'a browser',
  ...overrides,
});

/** A checkout event in the log, resolved. */
export const aRecord = (
  event: Partial<CheckoutEventDto> = {},
  overrides: Partial<AcceptedEvent> = {},
): AcceptedEvent => ({
  kind: 'event',
  contract: 'checkout',
  event: aCheckoutEvent(event),
  receipt: aReceipt(),
  offer: { productId: 'product-1', producerId: 'producer-1' },
  ...overrides,
});

/** The directory could not tell: the writer asks. */
export const anUnresolvedRecord = (event: Partial<CheckoutEventDto> = {}): AcceptedEvent =>
  aRecord(event, { offer: null });
