import { CHECKOUT_EVENT_EXAMPLES, TextField } from '#libs/contracts';

/** The event that a path names, within the limits of the contract's `eventId`. */
export class CheckoutEventPath {
  @TextField({
    description: 'The id, as the sender made it.',
    maxLength: 200,
    example: CHECKOUT_EVENT_EXAMPLES.pageView.value.eventId,
  })
  readonly eventId: string;
}
