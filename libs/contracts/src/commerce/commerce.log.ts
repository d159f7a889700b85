import { Injectable } from '@nestjs/common';
import { ContractLog } from '../contract.log.js';
import type { CollectorEventDto } from './collector-event.dto.js';
import type { CommerceEventDto } from './commerce-event.dto.js';

/** A commerce event, as the HTTP client or as the publisher spells it. */
export type CommerceEvent = CommerceEventDto | CollectorEventDto;

export const isEnvelope = (event: CommerceEvent): event is CommerceEventDto => 'type' in event;

@Injectable()
export class CommerceLog extends ContractLog<CommerceEvent> {
  constructor() {
    super('commerce', {
      received: 'COMMERCE_EVENT_RECEIVED',
      invalid: 'COMMERCE_EVENT_INVALID',
      persistFailed: 'COMMERCE_EVENT_PERSIST_ERROR',
    });
  }

  protected override idsOf(event: CommerceEvent): object {
    if (isEnvelope(event)) {
      return { eventType: event.type, organizationId: event.organization_id, eventId: event.id };
    }
    const { event: eventType, organization_id: organizationId, order_id: orderId } = event;
    return { eventType, organizationId, orderId, eventId: event.event_id };
  }
}
