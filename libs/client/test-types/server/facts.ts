import {
  type CheckoutEventInput,
  type ContributorPayoutSent,
  FootfallClient,
  FootfallError,
  type LineItemInfo,
  type OrderItem,
  type ReferralClaimed,
  toOrderItems,
  type TrackEventInput,
} from '@footfall/client/server';

const client = new FootfallClient({});
const claim: ReferralClaimed = {
  orgId: 'acme',
  referrerId: 'user-1',
  refereeId: 'user-2',
  referralCode: 'REF1',
};
const sent: ContributorPayoutSent = {
  orgId: 'acme',
  userId: 'user-9',
  payoutId: 'po_5',
  periodMonth: '2026-04',
  amount: 123.45,
  currency: 'USD',
};
const line: LineItemInfo = { productId: 'tea', quantity: 3, priceCents: 1999 };

export const all: readonly Promise<void>[] = [
  client.emitReferralClaimed(claim, { eventId: 'job-1', timestamp: new Date() }),
  client.emitContributorPayoutSent(sent, { signal: AbortSignal.timeout(100) }),
  client.emitContributorPayoutCalculated(sent),
  client.flush({ signal: undefined }),
  client.close({ timeoutMs: 1000 }),
];
export const items: readonly OrderItem[] = toOrderItems([line]);
export const fields: Omit<FootfallError, keyof Error> | null = null as FootfallError | null;
export const waiting: number = client.pending;

// What a request lacks may be passed on as it is.
export const viewed: TrackEventInput = { eventType: 'asset_viewed', sessionId: undefined };
export const checkout: CheckoutEventInput = {
  eventName: 'checkout_page_view',
  sessionId: 'session-1',
  offerId: 'offer-1',
  executionEnvironment: 'production',
  fullHostname: 'checkout.example.com',
  rootDomain: 'example.com',
  eventId: undefined,
};

export function codeOf(error: unknown): string | null {
  if (!(error instanceof FootfallError)) return null;
  if (error.code === 'refused') return error.breaches.map(({ field }) => field).join();
  // @ts-expect-error no such code
  return error.code === 'lost' ? null : error.code;
}

// @ts-expect-error who was invited is missing
export const half: ReferralClaimed = { orgId: 'acme', referrerId: 'a', referralCode: 'b' };
// @ts-expect-error a payout that was sent has an id
export const idless: ContributorPayoutSent = { ...sent, payoutId: undefined };
// @ts-expect-error prices of lines are in minor units, those of items are not
export const mixed: LineItemInfo = { productId: 'tea', quantity: 3, price: 19.99 };
// @ts-expect-error queued or kept
export const stored = client.emitRaw({ event: 'a' }, { until: 'stored' });
// @ts-expect-error a commerce event has a name
export const nameless = client.emitRaw({ organization_id: 'acme' });
// @ts-expect-error the server resolves it
export const resolved: CheckoutEventInput = { ...checkout, productId: 'product-1' };
