/**
 * How far an order has come. `open`: not completed. `canceled`: called off, and no income (any more).
 * A refunded one is income no more, a partially refunded one in part.
 */
export const ORDER_STATES = [
  'open',
  'completed',
  'partially_refunded',
  'refunded',
  'canceled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The entries of the ledger of referrals. */
export const REFERRAL_KINDS = ['link', 'claim', 'credit', 'commission', 'tier', 'payout'] as const;
export type ReferralKind = (typeof REFERRAL_KINDS)[number];

/** Whether what was calculated for a contributor and a period was sent, and as much as that. */
export const PAYOUT_STATES = ['matched', 'differs', 'not_sent', 'not_calculated'] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];
