import type { NewCommerceEvent } from '#libs/database';
import { rawTable } from './raw-table.js';

/** The type names every column, so that a new one cannot be forgotten. */
const types = {
  idempotencyKey: 'text',
  eventTime: 'timestamptz',
  wire: 'text',
  transport: 'text',
  eventName: 'text',
  eventType: 'text',
  eventId: 'text',
  organizationId: 'text',
  userId: 'text',
  sessionId: 'text',
  orderId: 'text',
  amount: 'text',
  amountMinor: 'bigint',
  currency: 'text',
  quantity: 'text',
  timestampText: 'text',
  url: 'text',
  referrer: 'text',
  productId: 'text',
  cartId: 'text',
  data: 'jsonb',
  ga4: 'jsonb',
  facebookCapi: 'jsonb',
  malformedParts: 'jsonb',
  receivedAt: 'timestamptz',
  ipAddress: 'inet',
  userAgent: 'text',
} satisfies Record<keyof NewCommerceEvent, string>;

/**
 * What the server adds or derives, by the rules of its release, and what may differ where the same
 * fact comes again: by the other transport, or at another time where its key holds none.
 */
const NOT_SENT: ReadonlySet<string> = new Set<keyof NewCommerceEvent>([
  'transport',
  'eventTime',
  'eventType',
  'amountMinor',
  'currency',
  'timestampText',
  'malformedParts',
  'receivedAt',
  'ipAddress',
  'userAgent',
]);

const columns = Object.keys(types) as (keyof NewCommerceEvent)[];

export const COMMERCE_EVENTS = rawTable<NewCommerceEvent>({
  name: 'commerce_events',
  types,
  key: ['idempotencyKey', 'eventTime'],
  eventTime: 'eventTime',
  sent: columns.filter((column) => !NOT_SENT.has(column)),
});
