import { CatalogueField, TextField } from '../fields.js';
import {
  TRACKING_EVENT_TYPES,
  type TrackingEventType,
} from '../tracking/tracking-event.catalogue.js';
import { ListEventsQuery } from './list-events.dto.js';

export class ListTrackingEventsQuery extends ListEventsQuery {
  @TextField({ description: 'Only events of this session.', maxLength: 200, optional: true })
  readonly sessionId?: string;

  @TextField({ description: 'Only events of this visitor.', maxLength: 200, optional: true })
  readonly trackId?: string;

  @CatalogueField({
    description: 'Only events of this type.',
    name: 'TrackingEventType',
    values: TRACKING_EVENT_TYPES,
    optional: true,
  })
  readonly eventType?: TrackingEventType;

  @TextField({ description: 'Only events about this product.', maxLength: 200, optional: true })
  readonly productSlug?: string;
}
