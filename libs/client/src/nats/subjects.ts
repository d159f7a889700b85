/** The JetStream stream of commerce events. */
export const STREAM_NAME = 'COMMERCE';

/** What the stream takes: also subjects that are not listed here. */
export const STREAM_SUBJECTS = ['commerce.>'] as const;

/** The standard subjects of commerce events: `commerce.` and the event's `type`. */
export const SUBJECTS = {
  ORDER_CREATED: 'commerce.order.created',
  ORDER_COMPLETED: 'commerce.order.completed',
  ORDER_CANCELED: 'commerce.order.canceled',
  ORDER_REFUNDED: 'commerce.order.refunded',
  CHECKOUT_STARTED: 'commerce.checkout.started',
  CHECKOUT_FAILED: 'commerce.checkout.failed',
  PAYMENT_RECEIVED: 'commerce.payment.received',
  CART_UPDATED: 'commerce.cart.updated',
  PRODUCT_VIEWED: 'commerce.product.viewed',
  REFERRAL_LINK_CREATED: 'commerce.referral.link_created',
  REFERRAL_CLAIMED: 'commerce.referral.claimed',
  REFERRAL_CREDIT_GRANTED: 'commerce.referral.credit_granted',
  REFERRAL_COMMISSION_EARNED: 'commerce.referral.commission_earned',
  REFERRAL_PAYOUT_SENT: 'commerce.referral.payout_sent',
  REFERRAL_TIER_UPGRADED: 'commerce.referral.tier_upgraded',
  CONTRIBUTOR_REGISTERED: 'commerce.contributor.registered',
  CONTRIBUTOR_PAYOUT_CALCULATED: 'commerce.contributor.payout_calculated',
  CONTRIBUTOR_PAYOUT_SENT: 'commerce.contributor.payout_sent',
} as const;
export type CommerceSubject = (typeof SUBJECTS)[keyof typeof SUBJECTS];

/** The `type` of the events of a subject. */
export const typeOf = <Name extends string>(subject: `commerce.${Name}`): Name =>
  subject.slice('commerce.'.length) as Name;
