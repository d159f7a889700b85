import type { Traits } from '#libs/platform';
import { millisOf } from '../time.keyword.js';
import type { TrackingEventDto } from './tracking-event.dto.js';

/** What the door may say of a tracking event; its type is from the closed catalogue. */
export const trackingEventTraits = ({
  eventId,
  eventType,
  timestamp,
}: TrackingEventDto): Traits => ({
  ...(eventId !== undefined && { id: eventId }),
  name: eventType,
  time: typeof timestamp === 'number' ? timestamp : millisOf(timestamp),
});
