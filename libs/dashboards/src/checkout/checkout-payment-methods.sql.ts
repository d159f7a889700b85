import type { CheckoutSessionsFilters } from '#libs/contracts';
import { countedUntil } from '#libs/database';
import type { SessionRow } from './about-sessions.js';
import {
  type AskedSessions,
  IN_DAYS,
  isOfAllOffers,
  type SessionSource,
} from './asked-sessions.sql.js';

/** Sessions of a method. */
export interface MethodRow extends SessionRow {
  readonly paymentMethod: string | null;
  readonly submitted: number;
  readonly generated: number;
  readonly withErrors: number;
}

/** Sessions of a method that were paid. */
export interface PaidRow {
  readonly paymentMethod: string | null;
  readonly paid: number;
  readonly medianMs: number;
  readonly p90Ms: number;
}

/**
 * The fewest rows that tell apart what is asked about: where all offers are together, or all types
 * and modes, these are empty. A type or mode that is asked for is not.
 */
export function paymentsDaily(filters: CheckoutSessionsFilters): SessionSource {
  const ofAllTypes = filters.checkoutType === null && filters.checkoutMode === null;
  const ofAll = ofAllTypes ? "checkout_type = ''" : "offer_id = ''";
  return {
    from: 'checkout_payments_daily',
    within: `${IN_DAYS} AND ${isOfAllOffers(filters) ? ofAll : "offer_id <> ''"}`,
    rollups: ['checkout-payments-daily'],
  };
}

/** Sessions by payment method. */
const methods = ({ from, where, leftOut }: AskedSessions): string => `
  SELECT ${leftOut} AS "leftOut", payment_method AS "paymentMethod", sum(sessions) AS sessions,
         sum(submitted) AS submitted, sum(conversions) AS generated,
         sum(payment_errors) AS "withErrors", max(newest_received_at) AS "newestReceivedAt"
  FROM ${from}
  WHERE ${where}
  GROUP BY 1, 2
`;

/**
 * Paid sessions by payment method, and the times that half and nine tenths of them did not exceed. As
 * columns, histograms are unnested in half the time that they take as a table; and windows and
 * comparisons cost less in whole numbers than as `numeric`.
 */
const paid = ({ from, where, counts }: AskedSessions): string => `
  SELECT "paymentMethod", max(in_all) AS paid,
         min(ms) FILTER (WHERE 2 * paid_by_then >= in_all) AS "medianMs",
         min(ms) FILTER (WHERE 10 * paid_by_then >= 9 * in_all) AS "p90Ms"
  FROM (
    SELECT payment_method AS "paymentMethod", ms,
           sum(sum(sessions)::integer) OVER (PARTITION BY payment_method) AS in_all,
           sum(sum(sessions)::integer) OVER (
             PARTITION BY payment_method ORDER BY ms ROWS UNBOUNDED PRECEDING
           ) AS paid_by_then
    FROM (
      SELECT payment_method, unnest(times_to_pay_ms) AS ms, unnest(paid_after) AS sessions
      FROM ${from}
      WHERE ${where} AND ${counts}
    ) AS histograms
    GROUP BY payment_method, ms
  ) AS stepwise
  GROUP BY "paymentMethod"
`;

/** Orders that were completed, and those that name no session. $1 and $2 two days. */
const ORDERS = `
  SELECT coalesce(sum(orders + left_out_orders), 0) AS completed,
         coalesce(sum(orders_without_session), 0) AS "withoutSession"
  FROM commerce_daily
  WHERE day BETWEEN $1::date AND $2::date
`;

/** Of the same question twice: its `sessions`, and its `payments`. All of one moment. */
export const paymentMethods = (sessions: AskedSessions, payments: AskedSessions): string => `
  SELECT ${countedUntil({
    projections: ['checkout-sessions', 'orders'],
    rollups: [...sessions.rollups, ...payments.rollups, 'commerce-daily'],
  })} AS "asOf",
         coalesce((SELECT json_agg(row) FROM (${methods(sessions)}) AS row), '[]') AS rows,
         coalesce((SELECT json_agg(row) FROM (${paid(payments)}) AS row), '[]') AS paid,
         (SELECT row_to_json(row) FROM (${ORDERS}) AS row) AS orders
`;
