import { CHECKOUT_EVENT_EXAMPLES } from '../checkout/checkout-event.examples.js';
import { TextField } from '../fields.js';
import { PageQuery } from '../page.dto.js';
import { InstantField } from '../query-fields.js';

export class ListCheckoutEventsQuery extends PageQuery {
  @TextField({
    description: 'Only events of this session.',
    maxLength: 200,
    optional: true,
    example: CHECKOUT_EVENT_EXAMPLES.pageView.value.sessionId,
  })
  readonly sessionId?: string;

  @TextField({ description: 'Only events of this offer.', maxLength: 200, optional: true })
  readonly offerId?: string;

  @InstantField({
    description:
      'The earliest event time: a day of UTC (`2026-01-31`) or a time with its zone ' +
      '(`2026-01-31T12:00:00Z`).',
    optional: true,
  })
  readonly from?: string;

  @InstantField({
    description:
      'Only events before this time. A day means its beginning, so the day itself is left out.',
    optional: true,
  })
  readonly to?: string;
}
