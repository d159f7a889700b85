import { Injectable } from '@nestjs/common';
import { ContractLog } from '../contract.log.js';
import type { TrackingEventDto } from './tracking-event.dto.js';

@Injectable()
export class TrackingLog extends ContractLog<TrackingEventDto> {
  constructor() {
    super('tracking', {
      received: 'TRACKING_EVENT_RECEIVED',
      invalid: 'TRACKING_EVENT_INVALID',
      persistFailed: 'TRACKING_EVENT_PERSIST_ERROR',
    });
  }

  protected override idsOf({ eventType, sessionId, eventId }: TrackingEventDto): object {
    return { eventType, sessionId, eventId };
  }
}
