/** The subjects of the commerce document, without their `commerce.`; others are taken too. */
export const COMMERCE_EVENT_TYPES = [
  'order.created',
  'order.completed',
  'order.canceled',
  'order.refunded',
  'checkout.started',
  'checkout.failed',
  'payment.received',
  'cart.updated',
  'product.viewed',
  'referral.link_created',
  'referral.claimed',
  'referral.credit_granted',
  'referral.commission_earned',
  'referral.payout_sent',
  'referral.tier_upgraded',
  'contributor.registered',
  'contributor.payout_calculated',
  'contributor.payout_sent',
] as const;
export type CommerceEventType = (typeof COMMERCE_EVENT_TYPES)[number];

/** What an event is about, where its name says so before the first underscore. */
const SUBJECTS = [
  'order',
  'checkout',
  'payment',
  'cart',
  'product',
  'referral',
  'contributor',
  'subscription',
  'invoice',
] as const;

const UNDERSCORED = new RegExp(`^(${SUBJECTS.join('|')})_`);

/** One name for the same fact from both transports: `order_completed` becomes `order.completed`. */
export const commerceTypeOf = (name: string): string =>
  name.includes('_') ? name.replace(UNDERSCORED, '$1.') : name;
