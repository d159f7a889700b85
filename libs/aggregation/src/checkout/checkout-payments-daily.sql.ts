import { type CheckoutPaymentsDailyEntity, snakeCase } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { SESSION_DIMENSIONS, SESSIONS_OF_DAY } from './sessions-of-day.sql.js';
import { steppedTime } from './time-to-pay.sql.js';

const DIMENSIONS = Object.keys(SESSION_DIMENSIONS).map(snakeCase).join(', ');

/**
 * The sessions of a day that a completed order names, alike in all dimensions and in the time until
 * the first of these orders.
 */
const PAID = `
  SELECT ${Object.entries(SESSION_DIMENSIONS)
    .map(([field, value]) => `${value} AS ${snakeCase(field)}`)
    .join(', ')},
         ${steppedTime('ms')} AS time_to_pay_ms, count(*) AS sessions
  FROM (
    SELECT session.*,
           greatest(0, extract(epoch FROM first_order_at - converted_at) * 1000)::bigint AS ms
    FROM (SELECT * FROM (${SESSIONS_OF_DAY}) AS each WHERE converted_at IS NOT NULL) AS session
    CROSS JOIN LATERAL (
      SELECT min(completed_at) AS first_order_at
      FROM orders
      WHERE orders.session_id = session.session_id
        -- A session that began later is another one's; the clocks of both may differ.
        AND completed_at >= session.first_seen_at - interval '1 hour'
    ) AS paying
    WHERE first_order_at IS NOT NULL
  ) AS paid
  -- By place, since full_hostname is that of the session, also where its host is not told apart.
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
`;

const figures: Record<
  keyof Pick<CheckoutPaymentsDailyEntity, 'paid' | 'timesToPayMs' | 'paidAfter'>,
  string
> = {
  paid: 'sum(sessions)::integer',
  timesToPayMs: 'array_agg(time_to_pay_ms ORDER BY time_to_pay_ms)',
  paidAfter: 'array_agg(sessions::integer ORDER BY time_to_pay_ms)',
};

/** `checkout_sessions` and `orders` to `checkout_payments_daily`. */
export const CHECKOUT_PAYMENTS_DAILY: Rollup = {
  id: 'checkout-payments-daily',
  projections: ['checkout-sessions', 'orders'],
  looksUpDays: ['orders'],
  recountDay: rollupStatement({
    table: 'checkout_payments_daily',
    distributedBy: 'offerId',
    dimensions: Object.fromEntries(
      Object.keys(SESSION_DIMENSIONS).map((field) => [field, snakeCase(field)]),
    ),
    figures,
    source: `
      WITH paid AS MATERIALIZED (${PAID})
      SELECT ${DIMENSIONS}, time_to_pay_ms, sessions FROM paid
      UNION ALL
      SELECT '', NULL, NULL, checkout_type, checkout_mode, payment_method, NULL, is_production,
             time_to_pay_ms, sum(sessions)
      FROM paid
      GROUP BY checkout_type, checkout_mode, payment_method, is_production, time_to_pay_ms
      UNION ALL
      SELECT '', NULL, NULL, '', '', payment_method, NULL, is_production,
             time_to_pay_ms, sum(sessions)
      FROM paid
      GROUP BY payment_method, is_production, time_to_pay_ms
    `,
  }),
};
