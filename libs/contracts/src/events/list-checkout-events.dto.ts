import { CHECKOUT_EVENT_EXAMPLES } from '../checkout/checkout-event.examples.js';
import { TextField } from '../fields.js';
import { ListEventsQuery } from './list-events.dto.js';

export class ListCheckoutEventsQuery extends ListEventsQuery {
  @TextField({
    description: 'Only events of this session.',
    maxLength: 200,
    optional: true,
    example: CHECKOUT_EVENT_EXAMPLES.pageView.value.sessionId,
  })
  readonly sessionId?: string;

  @TextField({ description: 'Only events of this offer.', maxLength: 200, optional: true })
  readonly offerId?: string;
}
