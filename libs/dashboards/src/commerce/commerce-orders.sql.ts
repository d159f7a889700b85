import { spelt } from '../events/event-table.js';
import { FRESHNESS } from './commerce-figures.sql.js';

const IS_REFUNDED = 'refunds > left_out_refunds';

/** How far an order has come: an `OrderState`. */
const STATE = `CASE
    WHEN canceled_at IS NOT NULL THEN 'canceled'
    WHEN completed_at IS NULL THEN 'open'
    WHEN ${IS_REFUNDED} AND refunded_minor >= amount_minor THEN 'refunded'
    WHEN ${IS_REFUNDED} THEN 'partially_refunded'
    ELSE 'completed'
  END`;

/** What orders may be asked for, and what that is of an order. */
const FILTERS = {
  organizationId: 'organization_id',
  state: STATE,
  currency: 'currency',
  orderId: 'order_id',
  sessionId: 'session_id',
} as const;

export type OrderFilters = Readonly<Record<keyof typeof FILTERS, string | null>>;

/** Which orders, and which of them first. */
export interface AskedOrders {
  readonly days: readonly [from: string, to: string];
  /** The second not included. */
  readonly moments: readonly [start: string, end: string];
  readonly filters: OrderFilters;
  /** Time, organization and order of the last row seen. */
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/**
 * Orders, newest first, and when they are of: of one moment. Conditions that nobody asked for are
 * not there, so that PostgreSQL can tell how many rows the others leave.
 */
export function commerceOrders(asked: AskedOrders): { text: string; values: readonly unknown[] } {
  const { days, moments, filters, after, limit } = asked;
  const values: unknown[] = [...days, filters.organizationId, ...moments, limit];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = Object.entries(FILTERS).flatMap(([name, column]) => {
    const value = filters[name as keyof OrderFilters];
    return value === null ? [] : [`${column} = ${parameter(value)}::text`];
  });
  if (after !== null) {
    const [time, organizationId, orderId] = after.map(parameter);
    conditions.push(
      '(first_seen_at, organization_id, order_id) < ' +
        `(${time}::timestamptz, ${organizationId}::text, ${orderId}::text)`,
    );
  }
  return { text: withFreshness(listOf(conditions)), values };
}

/** $4 and $5 two moments, the second not included; $6 how many. */
const listOf = (conditions: readonly string[]): string => `
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
  WHERE ${['first_seen_at >= $4::timestamptz', 'first_seen_at < $5::timestamptz', ...conditions].join(' AND ')}
  ORDER BY first_seen_at DESC, organization_id DESC, order_id DESC
  LIMIT $6
`;

/** $1 and $2 the first and the last day, $3 the organization or null. */
const OF_DAYS = `
  FROM commerce_daily
  WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR organization_id = $3)
`;

/** What lists say of themselves. Parameters as `OF_DAYS`. */
export const COMMERCE_FRESHNESS = `SELECT ${FRESHNESS} ${OF_DAYS}`;

/** The same with a list. Times are as PostgreSQL writes them in JSON. */
const withFreshness = (list: string): string => `
  SELECT ${FRESHNESS},
         (SELECT coalesce(json_agg(row), '[]') FROM (${list}) AS row) AS rows
  ${OF_DAYS}
`;
