import type { CommerceEventView } from '#libs/contracts';
import { type EventTable, spelt } from '../event-table.js';

type Row = Omit<CommerceEventView, 'receivedAt' | 'amountMinor'> & {
  readonly receivedAt: Date;
  /** bigint, which `pg` answers as text. */
  readonly amountMinor: string | null;
};

/** What is personal stands in free JSON: e-mails, telephones, addresses. */
export const COMMERCE_EVENTS: EventTable<Row, CommerceEventView> = {
  contract: 'commerce',
  table: 'commerce_events',
  view: `
    event_id AS "eventId", event_name AS "eventName", event_type AS "eventType", wire, transport,
    organization_id AS "organizationId", user_id AS "userId", session_id AS "sessionId",
    order_id AS "orderId", amount, amount_minor AS "amountMinor", currency, quantity,
    ${spelt('event_time')} AS "timestamp", url, referrer, product_id AS "productId",
    cart_id AS "cartId", data, ga4, facebook_capi AS "facebookCapi",
    malformed_parts AS "malformedParts", received_at AS "receivedAt",
    host(ip_address) AS "ipAddress", user_agent AS "userAgent"
  `,
  id: { column: 'idempotency_key', type: 'text' },
  time: 'event_time',
  eventId: 'event_id',
  filters: {
    eventType: 'event_type',
    orderId: 'order_id',
    organizationId: 'organization_id',
    userId: 'user_id',
  },
  indexed: ['orderId'],
  viewOf: ({ receivedAt, amountMinor, ...row }, hidden) => ({
    ...row,
    amountMinor: amountMinor === null ? null : Number(amountMinor),
    data: hidden.inside(row.data),
    ga4: hidden.inside(row.ga4),
    facebookCapi: hidden.inside(row.facebookCapi),
    url: hidden.inside(row.url),
    referrer: hidden.inside(row.referrer),
    ipAddress: hidden(row.ipAddress),
    receivedAt: receivedAt.toISOString(),
  }),
};
