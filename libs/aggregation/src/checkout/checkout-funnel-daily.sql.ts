import type { CheckoutFunnelDailyEntity } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';

/** Anybody can make up host names: of an offer and a day so many are told apart. */
const MOST_HOSTS = 20;

/**
 * The sessions of a day. A payment converts only where no conversion was sent. Times of the
 * funnel's steps are compared as first times.
 */
const SESSIONS = `
  WITH ranked AS (
    SELECT offer_id, full_hostname,
           row_number() OVER (PARTITION BY offer_id ORDER BY count(*) DESC, full_hostname) AS rank
    FROM checkout_sessions
    WHERE first_seen_at >= $1::date AND first_seen_at < $1::date + 1
    GROUP BY offer_id, full_hostname
  )
  SELECT session.*,
         coalesce(conversion_succeeded_at, payment_succeeded_at) AS converted_at,
         coalesce(submitted_method, settled_method, selected_method) AS payment_method,
         ranked.full_hostname AS host
  FROM checkout_sessions AS session
  LEFT JOIN ranked
    ON ranked.offer_id = session.offer_id AND ranked.full_hostname = session.full_hostname
   AND ranked.rank <= ${MOST_HOSTS}
  WHERE first_seen_at >= $1::date AND first_seen_at < $1::date + 1
`;

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

/** Null for a step that did not happen, which is no `true`. */
function inOrderUpTo(step: (typeof FUNNEL)[number]): string {
  const steps = FUNNEL.slice(0, FUNNEL.indexOf(step) + 1);
  const pairs = steps.slice(1).map((later, index) => `${steps[index]} <= ${later}`);
  return sessions([`${FUNNEL[0]} IS NOT NULL`, ...pairs].join(' AND '));
}

type Dimension =
  | 'offerId'
  | 'productId'
  | 'producerId'
  | 'checkoutType'
  | 'checkoutMode'
  | 'paymentMethod'
  | 'fullHostname'
  | 'isProduction';
type Figure = Exclude<keyof CheckoutFunnelDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  offerId: 'offer_id',
  productId: 'product_id',
  producerId: 'producer_id',
  checkoutType: 'checkout_type',
  checkoutMode: 'checkout_mode',
  paymentMethod: 'payment_method',
  fullHostname: 'host',
  isProduction: 'is_production',
};

const figures: Record<Figure, string> = {
  sessions: 'count(*)',
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

/** `checkout_sessions` to `checkout_funnel_daily`. */
export const CHECKOUT_FUNNEL_DAILY: Rollup = {
  id: 'checkout-funnel-daily',
  projections: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_funnel_daily',
    distributedBy: 'offerId',
    dimensions,
    figures,
    source: SESSIONS,
  }),
};
