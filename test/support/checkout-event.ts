import type { CheckoutEventDto } from '#libs/contracts';

let sequence = 0;

/** A valid event with an id of its own; a test overrides only what it is about. */
export const aCheckoutEvent = (overrides: Partial<CheckoutEventDto> = {}): CheckoutEventDto => ({
  eventId: `event-${++sequence}`,
  eventName: 'checkout_page_view',
  sessionId: 'session-1',
  offerId: 'offer-1',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  timestamp: 1_700_000_000_000,
  ...overrides,
});
