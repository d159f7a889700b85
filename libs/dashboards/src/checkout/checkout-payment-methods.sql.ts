import { CONVERTED_AT, SESSION_PAYMENT_METHOD } from '#libs/database';
import type { SessionRow } from './about-sessions.js';
import { type AskedSessions, IN_MOMENTS, type SessionSource } from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

/** Sessions of a method. */
export interface MethodRow extends SessionRow {
  readonly paymentMethod: string | null;
  readonly submitted: number;
  readonly generated: number;
  readonly withErrors: number;
}

/** Sessions by payment method. */
export const countMethods = ({
  from,
  where,
  values,
  leftOut,
  rollups,
}: AskedSessions): Counting => ({
  rows: `
    SELECT ${leftOut} AS "leftOut", payment_method AS "paymentMethod", sum(sessions) AS sessions,
           sum(submitted) AS submitted, sum(conversions) AS generated,
           sum(payment_errors) AS "withErrors", max(newest_received_at) AS "newestReceivedAt"
    FROM ${from}
    WHERE ${where}
    GROUP BY 1, 2
  `,
  values,
  rollups,
  projections: ['orders'],
});

/** Sessions that converted, one by one: what the partial index holds. */
export const CONVERTED_SESSIONS: SessionSource = {
  from: `(
    SELECT *, ${CONVERTED_AT} AS converted_at,
           ${SESSION_PAYMENT_METHOD} AS payment_method
    FROM checkout_sessions
    WHERE conversion_succeeded_at IS NOT NULL OR payment_succeeded_at IS NOT NULL
  ) AS session`,
  within: IN_MOMENTS,
  rollups: [],
};

/** Sessions of a method that were paid. */
export interface PaidRow {
  readonly paymentMethod: string | null;
  readonly paid: number;
  readonly medianMs: number;
  readonly p90Ms: number;
}

/**
 * Of converted sessions those that a completed order names, by payment method, with the time until
 * the first of these orders.
 */
export const paidByMethod = ({ from, where, counts }: AskedSessions): string => `
  WITH paid AS (
    SELECT payment_method,
           greatest(0, extract(epoch FROM min(completed_at) - converted_at) * 1000)::bigint AS ms
    FROM ${from}
    JOIN (
      SELECT session_id AS paid_session_id, completed_at
      FROM orders
      WHERE session_id IS NOT NULL AND completed_at >= $1::timestamptz - interval '1 hour'
    ) AS completed
      ON paid_session_id = session_id
      -- A session that began later is another one's; the clocks of both may differ.
      AND completed_at >= first_seen_at - interval '1 hour'
    WHERE ${where} AND ${counts}
    GROUP BY session_id, offer_id, payment_method, converted_at
  )
  SELECT payment_method AS "paymentMethod", count(*)::float8 AS paid,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY ms)::float8 AS "medianMs",
         percentile_disc(0.9) WITHIN GROUP (ORDER BY ms)::float8 AS "p90Ms"
  FROM paid
  GROUP BY payment_method
`;

/** Orders that were completed, and those that name no session. $1 and $2 two moments. */
export const COMPLETED_ORDERS = `
  SELECT count(*)::float8 AS completed,
         (count(*) FILTER (WHERE session_id IS NULL))::float8 AS "withoutSession"
  FROM orders
  WHERE completed_at >= $1::timestamptz AND completed_at < $2::timestamptz
`;
