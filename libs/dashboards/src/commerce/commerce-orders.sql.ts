import { spelt } from '../events/event-table.js';
import { COMMERCE_AS_OF } from './commerce-figures.sql.js';

const IS_REFUNDED = 'refunds > left_out_refunds';

/** How far an order has come: an `OrderState`. */
const STATE = `CASE
    WHEN canceled_at IS NOT NULL THEN 'canceled'
    WHEN completed_at IS NULL THEN 'open'
    WHEN ${IS_REFUNDED} AND refunded_minor >= amount_minor THEN 'refunded'
    WHEN ${IS_REFUNDED} THEN 'partially_refunded'
    ELSE 'completed'
  END`;

/**
 * Newest first. $1 and $2 two moments, the second not included; $3 organization, $4 state,
 * $5 currency, $6 order, $7 session, or null; $8, $9 and $10 time, organization and order of the last
 * row seen, or null; $11 how many.
 */
export const COMMERCE_ORDERS = `
  SELECT nullif(organization_id, '') AS "organizationId", order_id AS "orderId",
         ${STATE} AS state, session_id AS "sessionId", first_seen_at AS "firstSeenAt",
         created_at AS "createdAt", completed_at AS "completedAt", canceled_at AS "canceledAt",
         refunded_at AS "refundedAt", amount_minor::float8 AS "amountMinor", currency,
         refunded_minor::float8 AS "refundedMinor",
         CASE WHEN canceled_at IS NULL THEN coalesce(amount_minor - refunded_minor, 0)
              ELSE least(coalesce(amount_minor - refunded_minor, 0), 0) END::float8 AS "netMinor",
         completed_at IS NOT NULL AND amount_minor IS NULL AS "isLeftOut",
         left_out_refunds AS "leftOutRefunds",
         json_build_object('created', creations, 'completed', completions,
                           'canceled', cancellations, 'refunded', refunds) AS events,
         ${spelt('first_seen_at')} AS "positionTime"
  FROM orders
  WHERE first_seen_at >= $1::timestamptz AND first_seen_at < $2::timestamptz
    AND ($3::text IS NULL OR organization_id = $3)
    AND ($4::text IS NULL OR ${STATE} = $4)
    AND ($5::text IS NULL OR currency = $5)
    AND ($6::text IS NULL OR order_id = $6)
    AND ($7::text IS NULL OR session_id = $7)
    AND ($8::timestamptz IS NULL OR (first_seen_at, organization_id, order_id) < ($8, $9, $10))
  ORDER BY first_seen_at DESC, organization_id DESC, order_id DESC
  LIMIT $11
`;

/** What lists say of themselves. $1 and $2 the first and the last day, $3 the organization or null. */
export const COMMERCE_FRESHNESS = `
  SELECT ${COMMERCE_AS_OF} AS "asOf", max(newest_received_at) AS "newestReceivedAt"
  FROM commerce_daily
  WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR organization_id = $3)
`;
