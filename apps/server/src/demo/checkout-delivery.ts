import type { CheckoutEventDto } from '#libs/contracts';
import type { AcceptedEvent } from '#libs/event-log';
import { delivered } from './delivery.js';
import type { Random } from './random.js';
import type { Visitor } from './visitor.js';

/** How a checkout event of a visitor arrived. */
export const deliveredCheckout = (
  event: CheckoutEventDto,
  visitor: Visitor,
  offer: AcceptedEvent['offer'],
  random: Random,
): Generator<AcceptedEvent, void> =>
  delivered(
    {
      contract: 'checkout',
      event,
      happenedAt: event.timestamp,
      peer: visitor,
      offer,
      contradicting,
    },
    random,
  );

const contradicting = (event: CheckoutEventDto): CheckoutEventDto => ({
  ...event,
  checkoutType: event.checkoutType === 'standard' ? '3steps' : 'standard',
});
