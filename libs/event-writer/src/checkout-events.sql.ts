import type { NewCheckoutEvent } from '#libs/database';
import { rawTable } from './raw-table.js';

/** The type names every column, so that a new one cannot be forgotten. */
const types = {
  eventId: 'text',
  eventName: 'text',
  eventDescription: 'text',
  sessionId: 'text',
  offerId: 'text',
  productId: 'text',
  producerId: 'text',
  checkoutType: 'text',
  checkoutMode: 'text',
  step: 'text',
  email: 'text',
  phone: 'text',
  paymentMethod: 'text',
  eventTimestamp: 'timestamptz',
  executionEnvironment: 'text',
  fullHostname: 'text',
  rootDomain: 'text',
  receivedAt: 'timestamptz',
  ipAddress: 'inet',
  userAgent: 'text',
} satisfies Record<keyof NewCheckoutEvent, string>;

/** What the server adds: a retry differs in these, and so may an offer's product. */
const ADDED: ReadonlySet<string> = new Set<keyof NewCheckoutEvent>([
  'productId',
  'producerId',
  'receivedAt',
  'ipAddress',
  'userAgent',
]);

const columns = Object.keys(types) as (keyof NewCheckoutEvent)[];

export const CHECKOUT_EVENTS = rawTable<NewCheckoutEvent>({
  name: 'checkout_events',
  types,
  key: ['eventId', 'eventTimestamp'],
  eventTime: 'eventTimestamp',
  sent: columns.filter((column) => !ADDED.has(column)),
});
