import { FLOW_TYPES, TRACKING_EVENT_TYPES } from '#libs/contracts';
import * as fc from 'fast-check';
import { perhaps, present } from './arbitrary-text.js';

/** A time as text to the microsecond, in UTC. */
const timeText = fc
  .tuple(fc.integer({ min: 0, max: 4_102_444_799 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([seconds, micros]) => {
    const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
    return `${whole}.${String(micros).padStart(6, '0')}Z`;
  });

const fields = {
  eventType: fc.constantFrom(...TRACKING_EVENT_TYPES),
  eventId: present(198),
  sessionId: present(200),
  trackId: present(200),
  url: present(400),
  path: present(400),
  timestamp: fc.oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), timeText),
  userId: perhaps(present(200)),
  flow: fc.constantFrom(...FLOW_TYPES),
  step: present(200),
  cockpitSessinoId: present(200),
  productSlug: present(200),
};

/** The fields that every type of event has. */
const OF_ALL = [
  'eventType',
  'eventId',
  'sessionId',
  'trackId',
  'url',
  'path',
  'timestamp',
  'userId',
];

/** Valid events with all that their type may say, as untidy as senders are. */
export const validTrackingEvents = fc
  .record(fields)
  .map((event) => ({ event, isPageView: event.eventType === 'PAGEVIEW' }))
  .map(({ event, isPageView }) =>
    Object.fromEntries(
      Object.entries(event).filter(([field]) => !isPageView || OF_ALL.includes(field)),
    ),
  );

export const TRACKING_FIELDS = Object.keys(fields);
