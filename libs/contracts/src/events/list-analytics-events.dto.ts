import { ENTITY_TYPES, type EntityType } from '../analytics/analytics-event.catalogue.js';
import { CatalogueField, TextField } from '../fields.js';
import { ListEventsQuery } from './list-events.dto.js';

export class ListAnalyticsEventsQuery extends ListEventsQuery {
  @CatalogueField({
    description: 'Only events about entities of this type.',
    name: 'EntityType',
    values: ENTITY_TYPES,
    optional: true,
  })
  readonly entityType?: EntityType;

  @TextField({ description: 'Only events about this entity.', maxLength: 200, optional: true })
  readonly entityId?: string;

  @TextField({ description: 'Only events of this type.', maxLength: 100, optional: true })
  readonly eventType?: string;

  @TextField({ description: 'Only events of this session.', maxLength: 200, optional: true })
  readonly sessionId?: string;
}
