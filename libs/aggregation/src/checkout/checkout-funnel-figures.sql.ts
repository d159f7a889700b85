import type { CheckoutFunnelFigures } from '#libs/database';

/** The sessions of a day: those whose first event is on it. $1 the day. */
export const OF_DAY = 'first_seen_at >= $1::date AND first_seen_at < $1::date + 1';

const sessions = (condition: string): string => `count(*) FILTER (WHERE ${condition})`;
const sessionsWith = (time: string): string => `count(${time})`;

/** The steps of the funnel, by the time at which a session came to each. */
const FUNNEL = [
  'identification_started_at',
  'identification_completed_at',
  'address_started_at',
  'address_completed_at',
  'payment_started_at',
  'submitted_at',
  'converted_at',
] as const;

/**
 * Times of the funnel's steps are compared as first times. Null for a step that did not happen,
 * which is no `true`.
 */
function inOrderUpTo(step: (typeof FUNNEL)[number]): string {
  const steps = FUNNEL.slice(0, FUNNEL.indexOf(step) + 1);
  const pairs = steps.slice(1).map((later, index) => `${steps[index]} <= ${later}`);
  return sessions([`${FUNNEL[0]} IS NOT NULL`, ...pairs].join(' AND '));
}

/** How many sessions did what: over rows of `checkout_sessions` with `converted_at`. */
export const FUNNEL_FIGURES: Record<keyof CheckoutFunnelFigures, string> = {
  sessions: 'count(*)',
  newestReceivedAt: 'max(last_received_at)',
  pageViewed: sessionsWith('page_viewed_at'),
  sessionStarted: sessionsWith('session_started_at'),
  identificationStarted: sessionsWith('identification_started_at'),
  identificationCompleted: sessionsWith('identification_completed_at'),
  identificationErrors: sessionsWith('identification_error_at'),
  addressStarted: sessionsWith('address_started_at'),
  addressCompleted: sessionsWith('address_completed_at'),
  addressErrors: sessionsWith('address_error_at'),
  shippingSelected: sessionsWith('shipping_selected_at'),
  paymentStarted: sessionsWith('payment_started_at'),
  paymentDataErrors: sessionsWith('payment_data_error_at'),
  paymentErrors: sessionsWith('coalesce(payment_data_error_at, payment_error_at)'),
  submitted: sessionsWith('submitted_at'),
  conversions: sessionsWith('converted_at'),
  conversionMs: `coalesce(
    sum(extract(epoch FROM converted_at - first_seen_at) * 1000) FILTER (WHERE converted_at IS NOT NULL), 0
  )::bigint`,
  abandoned: sessions('has_contact AND converted_at IS NULL'),
  steppedBack: sessionsWith('stepped_back_at'),
  couponApplied: sessionsWith('coupon_applied_at'),
  couponErrors: sessionsWith('coupon_error_at'),
  orderBumpViewed: sessionsWith('order_bump_viewed_at'),
  orderBumpAccepted: sessionsWith('order_bump_accepted_at'),
  orderBumpDeclined: sessionsWith('order_bump_declined_at'),
  identificationStartedInOrder: inOrderUpTo('identification_started_at'),
  identificationCompletedInOrder: inOrderUpTo('identification_completed_at'),
  addressStartedInOrder: inOrderUpTo('address_started_at'),
  addressCompletedInOrder: inOrderUpTo('address_completed_at'),
  paymentStartedInOrder: inOrderUpTo('payment_started_at'),
  submittedInOrder: inOrderUpTo('submitted_at'),
  conversionsInOrder: inOrderUpTo('converted_at'),
};
