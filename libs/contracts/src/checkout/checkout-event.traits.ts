import type { Traits } from '#libs/platform';
import type { CheckoutEventDto } from './checkout-event.dto.js';

/** What the door may say of a checkout event; its name is from the closed catalogue. */
export const checkoutEventTraits = (event: CheckoutEventDto): Traits => ({
  id: event.eventId,
  name: event.eventName,
  time: event.timestamp,
});
