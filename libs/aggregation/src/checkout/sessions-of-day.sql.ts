import { CONVERTED_AT, SESSION_PAYMENT_METHOD } from '#libs/database';
import { OF_DAY } from './checkout-funnel-figures.sql.js';

/** Anybody can make up host names: of an offer and a day so many are told apart. */
export const MOST_HOSTS = 20;

/**
 * The sessions of a day, each with when it converted, its payment method, and its host where that is
 * told apart. $1 the day.
 */
export const SESSIONS_OF_DAY = `
  WITH ranked AS (
    SELECT offer_id, full_hostname,
           row_number() OVER (PARTITION BY offer_id ORDER BY count(*) DESC, full_hostname) AS rank
    FROM checkout_sessions
    WHERE ${OF_DAY}
    GROUP BY offer_id, full_hostname
  )
  SELECT session.*, ${CONVERTED_AT} AS converted_at, ${SESSION_PAYMENT_METHOD} AS payment_method,
         ranked.full_hostname AS host
  FROM checkout_sessions AS session
  LEFT JOIN ranked
    ON ranked.offer_id = session.offer_id AND ranked.full_hostname = session.full_hostname
   AND ranked.rank <= ${MOST_HOSTS}
  WHERE ${OF_DAY}
`;

/** What rows are told apart by wherever offers are. */
export const SESSION_DIMENSIONS = {
  offerId: 'offer_id',
  productId: 'product_id',
  producerId: 'producer_id',
  checkoutType: 'checkout_type',
  checkoutMode: 'checkout_mode',
  paymentMethod: 'payment_method',
  fullHostname: 'host',
  isProduction: 'is_production',
} as const;
