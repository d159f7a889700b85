import type { Traits } from '#libs/platform';
import { millisOf } from '../time.keyword.js';
import type { AnalyticsEventDto } from './analytics-event.dto.js';
import { isKnownEventType } from './event-types.catalogue.js';

/** What the door may say of an analytics event. Its id is not the sender's: it is answered. */
export const analyticsEventTraits = ({ eventType, occurredAt }: AnalyticsEventDto): Traits => {
  const name = isKnownEventType(eventType) ? eventType : '_OTHER';
  return occurredAt === undefined ? { name } : { name, time: millisOf(occurredAt) };
};
