import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import {
  bootstrap,
  type CommerceEvent,
  type CommerceSubject,
  type FacebookUserData,
  type GA4Item,
  Publisher,
  type PublishError,
  STREAM_NAME,
  SUBJECTS,
} from '@footfall/client/nats';

// Nil is no connection, as the original has it.
export const silent = new Publisher(null);

export const published: Promise<void> = silent.publishOrderCompleted({
  orderId: 'order-1',
  orgId: 'acme',
  totalMinor: 5997,
  currency: 'USD',
});
export const named: 'COMMERCE' = STREAM_NAME;
export const subject: CommerceSubject = SUBJECTS.ORDER_COMPLETED;

// Every field of the envelope and its parts, and their types.
export const item: GA4Item = { item_id: 'tea', item_name: 'Tea', price: 19.99, quantity: 3 };
export const user: FacebookUserData = { em: 'hash', external_id: 'user-1' };
export const event: CommerceEvent = {
  id: 'order-1',
  type: 'order.completed',
  timestamp: '2026-01-15T12:00:00.123456789Z',
  ga4: { event_name: 'purchase', currency: 'USD', value: 59.97, items: [item] },
  facebook_capi: {
    event_name: 'Purchase',
    event_time: 1_768_478_520,
    action_source: 'website',
    user_data: user,
  },
};

// @ts-expect-error an item has a price
export const priceless: GA4Item = { item_id: 'tea', item_name: 'Tea', quantity: 3 };
// @ts-expect-error parts that others read have a shape
export const shapeless: CommerceEvent = { ...event, ga4: { name: 'purchase' } };
// @ts-expect-error amounts are in minor units, under a name that says so
export const major = silent.publishOrderCompleted({ orderId: '1', orgId: '1', total: 59.97 });
// @ts-expect-error subjects are those of the stream
export const other: CommerceSubject = 'order.completed';

// Connections of any transport, and the client that a domain or a prefix needs.
export const connected = async (): Promise<Publisher> => {
  const connection = await connect({ servers: 'nats://127.0.0.1:4222' });
  await bootstrap(connection);
  await bootstrap(jetstream(connection, { domain: 'shop' }));
  return new Publisher(jetstream(connection), { timeoutMs: 1000, tries: 2 });
};

const orgId = 'acme';
const currency = 'USD';
const payout = { orgId, userId: 'user-9', periodMonth: '2026-04', amountMinor: 12_345, currency };

// Whatever may be left out may be undefined too; each takes a signal.
export const all: readonly Promise<void>[] = [
  silent.publishOrderCreated(
    { orderId: 'o', orgId, totalMinor: 1, currency, userId: undefined, items: undefined },
    { signal: AbortSignal.timeout(1000) },
  ),
  silent.publishOrderRefunded({ orderId: 'o', orgId, refundedMinor: 1, currency }),
  silent.publishCheckoutStarted({ sessionId: 's', orgId, totalMinor: 1, currency }),
  silent.publishReferralLinkCreated({ orgId, userId: 'u', referralCode: 'c', referralUrl: 'r' }),
  silent.publishReferralClaimed({ orgId, referrerId: 'u', refereeId: 'v', referralCode: 'c' }),
  silent.publishReferralCreditGranted({ orgId, userId: 'u', role: 'r', amountMinor: 1, currency }),
  silent.publishReferralCommissionEarned({
    orgId,
    referrerId: 'u',
    orderId: 'o',
    commissionMinor: 1,
    currency,
  }),
  silent.publishReferralTierUpgraded({
    orgId,
    userId: 'u',
    previousTier: 'a',
    newTier: 'b',
    referralCount: 1,
  }),
  silent.publishContributorRegistered({ orgId, userId: 'u', githubUsername: 'g' }),
  silent.publishContributorPayoutCalculated(payout),
  silent.publishContributorPayoutSent({ ...payout, payoutId: 'p' }),
  silent.publish(SUBJECTS.CART_UPDATED, { type: 'cart.updated' }),
  silent.publish('commerce.gift.sent', { ...event, timestamp: undefined }),
];

export const again = (error: PublishError): Promise<void> =>
  silent.publish(error.subject, error.event);

// @ts-expect-error a payout that was sent has an id
export const anonymous = silent.publishContributorPayoutSent(payout);
// @ts-expect-error an event has a type
export const typeless = silent.publish('commerce.gift.sent', { id: 'gift-1' });
// @ts-expect-error an amount is a number
export const textual = silent.publishContributorPayoutCalculated({ ...payout, amountMinor: '1' });
// @ts-expect-error not a connection
export const address = new Publisher('nats://127.0.0.1:4222');
