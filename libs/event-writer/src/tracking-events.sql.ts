import type { NewTrackingEvent } from '#libs/database';
import { rawTable } from './raw-table.js';

/** The type names every column, so that a new one cannot be forgotten. */
const types = {
  eventId: 'text',
  eventType: 'text',
  sessionId: 'text',
  trackId: 'text',
  userId: 'text',
  url: 'text',
  path: 'text',
  flow: 'text',
  step: 'text',
  cockpitSessinoId: 'text',
  productSlug: 'text',
  eventTimestamp: 'timestamptz',
  receivedAt: 'timestamptz',
  ipAddress: 'inet',
  userAgent: 'text',
} satisfies Record<keyof NewTrackingEvent, string>;

/** What the server adds: a retry differs in these. */
const ADDED: ReadonlySet<string> = new Set<keyof NewTrackingEvent>([
  'receivedAt',
  'ipAddress',
  'userAgent',
]);

const columns = Object.keys(types) as (keyof NewTrackingEvent)[];

export const TRACKING_EVENTS = rawTable<NewTrackingEvent>({
  name: 'tracking_events',
  types,
  key: ['eventId', 'eventTimestamp'],
  eventTime: 'eventTimestamp',
  sent: columns.filter((column) => !ADDED.has(column)),
});
