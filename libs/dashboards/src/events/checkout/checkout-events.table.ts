import type { CheckoutEventView } from '#libs/contracts';
import type { EventTable } from '../event-table.js';

type Row = Omit<CheckoutEventView, 'timestamp' | 'receivedAt'> & {
  readonly timestamp: Date;
  readonly receivedAt: Date;
};

/** E-mail, telephone and address are personal. */
export const CHECKOUT_EVENTS: EventTable<Row, CheckoutEventView> = {
  contract: 'checkout',
  table: 'checkout_events',
  view: `
    event_id AS "eventId", event_name AS "eventName", event_description AS "eventDescription",
    session_id AS "sessionId", offer_id AS "offerId", product_id AS "productId",
    producer_id AS "producerId", checkout_type AS "checkoutType", checkout_mode AS "checkoutMode",
    step, email, phone, payment_method AS "paymentMethod", event_timestamp AS "timestamp",
    execution_environment AS "executionEnvironment", full_hostname AS "fullHostname",
    root_domain AS "rootDomain", received_at AS "receivedAt", host(ip_address) AS "ipAddress",
    user_agent AS "userAgent"
  `,
  id: { column: 'event_id', type: 'text' },
  time: 'event_timestamp',
  eventId: 'event_id',
  filters: {
    sessionId: 'session_id',
    offerId: 'offer_id',
    producerId: 'producer_id',
    productId: 'product_id',
    eventName: 'event_name',
    checkoutType: 'checkout_type',
    checkoutMode: 'checkout_mode',
    paymentMethod: 'payment_method',
    fullHostname: 'full_hostname',
  },
  indexed: ['sessionId', 'offerId'],
  viewOf: ({ timestamp, receivedAt, ...row }, hidden) => ({
    ...row,
    email: hidden(row.email),
    phone: hidden(row.phone),
    ipAddress: hidden(row.ipAddress),
    timestamp: timestamp.getTime(),
    receivedAt: receivedAt.toISOString(),
  }),
};
