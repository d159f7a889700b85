import { Injectable } from '@nestjs/common';
import { ContractLog } from '../contract.log.js';
import type { AnalyticsEventDto } from './analytics-event.dto.js';

@Injectable()
export class AnalyticsLog extends ContractLog<AnalyticsEventDto> {
  constructor() {
    super('analytics', {
      received: 'ANALYTICS_EVENT_RECEIVED',
      invalid: 'ANALYTICS_EVENT_INVALID',
      persistFailed: 'ANALYTICS_EVENT_PERSIST_ERROR',
    });
  }

  /** What it is about may be a person, by whatever name the sender has for them. */
  protected override idsOf({ eventType, source, sessionId }: AnalyticsEventDto): object {
    return { eventType, source, sessionId };
  }
}
