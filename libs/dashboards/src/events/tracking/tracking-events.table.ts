import type { TrackingEventView } from '#libs/contracts';
import { type EventTable, spelt } from '../event-table.js';

type Row = Omit<TrackingEventView, 'receivedAt'> & { readonly receivedAt: Date };

/** Who the user is may be seen by whoever reads events; addresses are personal, in URLs too. */
export const TRACKING_EVENTS: EventTable<Row, TrackingEventView> = {
  contract: 'tracking',
  table: 'tracking_events',
  view: `
    event_id AS "eventId", event_type AS "eventType", session_id AS "sessionId",
    track_id AS "trackId", user_id AS "userId", url, path, flow, step,
    cockpit_sessino_id AS "cockpitSessinoId", product_slug AS "productSlug",
    ${spelt('event_timestamp')} AS "timestamp", received_at AS "receivedAt",
    host(ip_address) AS "ipAddress", user_agent AS "userAgent"
  `,
  id: { column: 'event_id', type: 'text' },
  time: 'event_timestamp',
  eventId: 'event_id',
  filters: {
    sessionId: 'session_id',
    trackId: 'track_id',
    eventType: 'event_type',
    productSlug: 'product_slug',
    flow: 'flow',
    path: 'path',
  },
  indexed: ['sessionId'],
  viewOf: ({ receivedAt, ...row }, hidden) => ({
    ...row,
    url: hidden.inside(row.url),
    path: hidden.inside(row.path),
    ipAddress: hidden(row.ipAddress),
    receivedAt: receivedAt.toISOString(),
  }),
};
