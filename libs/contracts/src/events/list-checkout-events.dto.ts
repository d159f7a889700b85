import { TextField } from '../fields.js';
import { ListEventsQuery } from './list-events.dto.js';

export class ListCheckoutEventsQuery extends ListEventsQuery {
  @TextField({ description: 'Only events of this session.', maxLength: 200, optional: true })
  readonly sessionId?: string;

  @TextField({ description: 'Only events of this offer.', maxLength: 200, optional: true })
  readonly offerId?: string;
}
