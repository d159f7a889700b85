import type { CollectorEvent } from '../contract/types.js';
import type {
  ContributorPayoutCalculated,
  ContributorPayoutSent,
  ContributorRegistered,
  ReferralClaimed,
  ReferralCommissionEarned,
  ReferralCreditGranted,
  ReferralLinkCreated,
  ReferralTierUpgraded,
} from './facts.js';
import { jsonOf } from './json.js';
import type { Order, OrderItem } from './order.js';

/** Every fact in the words of the commerce wire, which are those of the Go client. */

export const orderCompleted = (order: Order): CollectorEvent => {
  const { items = [] } = order;
  return {
    event: 'order_completed',
    distinct_id: order.userId ?? '',
    organization_id: order.orgId,
    order_id: order.id,
    ...(order.sessionId && { session_id: order.sessionId }),
    revenue: order.total,
    quantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    properties: {
      currency: order.currency,
      items: jsonOf(items.map(itemOnTheWire)), // a text, as the wire has it
      item_count: items.length,
      status: order.status ?? '',
      email: order.email ?? '',
    },
  };
};

const itemOnTheWire = (item: OrderItem): object => ({
  product_id: item.productId,
  product_name: item.productName ?? '',
  sku: item.sku ?? '',
  quantity: item.quantity,
  price: item.price,
});

export const referralLinkCreated = (fact: ReferralLinkCreated): CollectorEvent => ({
  event: 'referral_link_created',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  properties: { referral_code: fact.referralCode, referral_url: fact.referralUrl },
});

/** It is about whoever came, not about whoever invited. */
export const referralClaimed = (fact: ReferralClaimed): CollectorEvent => ({
  event: 'referral_claimed',
  distinct_id: fact.refereeId,
  organization_id: fact.orgId,
  properties: {
    referrer_id: fact.referrerId,
    referee_id: fact.refereeId,
    referral_code: fact.referralCode,
  },
});

export const referralCreditGranted = (fact: ReferralCreditGranted): CollectorEvent => ({
  event: 'referral_credit_granted',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  revenue: fact.amount,
  properties: { role: fact.role, amount: fact.amount, currency: fact.currency },
});

export const referralCommissionEarned = (fact: ReferralCommissionEarned): CollectorEvent => ({
  event: 'referral_commission_earned',
  distinct_id: fact.referrerId,
  organization_id: fact.orgId,
  order_id: fact.orderId,
  revenue: fact.commission,
  properties: { order_id: fact.orderId, commission: fact.commission, currency: fact.currency },
});

export const referralTierUpgraded = (fact: ReferralTierUpgraded): CollectorEvent => ({
  event: 'referral_tier_upgraded',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  properties: {
    previous_tier: fact.previousTier,
    new_tier: fact.newTier,
    referral_count: fact.referralCount,
  },
});

export const contributorRegistered = (fact: ContributorRegistered): CollectorEvent => ({
  event: 'contributor_registered',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  properties: { github_username: fact.githubUsername },
});

export const contributorPayoutCalculated = (fact: ContributorPayoutCalculated): CollectorEvent => ({
  event: 'contributor_payout_calculated',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  revenue: fact.amount,
  properties: { period_month: fact.periodMonth, amount: fact.amount, currency: fact.currency },
});

export const contributorPayoutSent = (fact: ContributorPayoutSent): CollectorEvent => ({
  event: 'contributor_payout_sent',
  distinct_id: fact.userId,
  organization_id: fact.orgId,
  revenue: fact.amount,
  properties: {
    payout_id: fact.payoutId,
    period_month: fact.periodMonth,
    amount: fact.amount,
    currency: fact.currency,
  },
});
