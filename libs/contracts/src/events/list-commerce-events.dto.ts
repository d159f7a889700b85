import { TextField } from '../fields.js';
import { ListEventsQuery } from './list-events.dto.js';

export class ListCommerceEventsQuery extends ListEventsQuery {
  @TextField({
    description: 'Only events of this type, dotted: `order.completed`, whatever the sender wrote.',
    maxLength: 200,
    optional: true,
  })
  readonly eventType?: string;

  @TextField({ description: 'Only events of this order.', maxLength: 200, optional: true })
  readonly orderId?: string;

  @TextField({ description: 'Only events of this shop.', maxLength: 200, optional: true })
  readonly organizationId?: string;

  @TextField({ description: 'Only events of this user.', maxLength: 200, optional: true })
  readonly userId?: string;
}
