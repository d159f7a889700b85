import type { CheckoutFunnelFigures } from '#libs/database';

/** The sessions of a day: those whose first event is on it. $1 the day. */
export const OF_DAY = 'first_seen_at >= $1::date AND first_seen_at < $1::date + 1';

const sessionsWith = (time: string): string => `${time} IS NOT NULL`;

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
  return [`${FUNNEL[0]} IS NOT NULL`, ...pairs].join(' AND ');
}

type Count = Exclude<keyof CheckoutFunnelFigures, 'newestReceivedAt' | 'conversionMs'>;

/** Which sessions are counted as what: over rows of `checkout_sessions` with `converted_at`. */
const COUNTED_WHERE: Record<Count, string> = {
  sessions: 'true',
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
  abandoned: 'has_contact AND converted_at IS NULL',
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

const CONVERSION_MS = 'extract(epoch FROM converted_at - first_seen_at) * 1000';

const each = (count: (condition: string) => string): Record<Count, string> =>
  Object.fromEntries(
    Object.entries(COUNTED_WHERE).map(([figure, condition]) => [figure, count(condition)]),
  ) as Record<Count, string>;

/** How many sessions did what. */
export const FUNNEL_FIGURES: Record<keyof CheckoutFunnelFigures, string> = {
  ...each((condition) => `count(*) FILTER (WHERE ${condition})`),
  newestReceivedAt: 'max(last_received_at)',
  conversionMs: `coalesce(sum(${CONVERSION_MS}) FILTER (WHERE converted_at IS NOT NULL), 0)::bigint`,
};

/** How many more did, or fewer: over versions of sessions, with the `sign` of each. */
export const FUNNEL_DIFFERENCES: typeof FUNNEL_FIGURES = {
  ...each((condition) => `coalesce(sum(sign) FILTER (WHERE ${condition}), 0)::integer`),
  newestReceivedAt: "coalesce(max(last_received_at) FILTER (WHERE sign = 1), 'epoch')",
  conversionMs: `coalesce(
    sum(sign * ${CONVERSION_MS}) FILTER (WHERE converted_at IS NOT NULL), 0
  )::bigint`,
};
