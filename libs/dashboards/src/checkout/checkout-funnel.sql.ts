import { type CheckoutDimension, type FunnelOrder, MOST_GROUPS } from '#libs/contracts';
import { snakeCase } from '#libs/database';
import type { SessionRow } from './about-sessions.js';
import type { AskedSessions } from './asked-sessions.sql.js';
import type { Counting } from './checkout-sessions.repository.js';

/** The steps behind the first, which is the session itself. */
const STEPS = [
  'identification_started',
  'identification_completed',
  'address_started',
  'address_completed',
  'payment_started',
  'submitted',
  'conversions',
] as const;

/** Sessions that are alike in what they are grouped by. */
export interface FunnelRow extends SessionRow {
  readonly isPrevious: boolean;
  /** One of the groups that are told apart. */
  readonly isTold: boolean;
  readonly value: string | null;
  readonly conversions: number;
  /** Of each step behind the first. */
  readonly steps: readonly number[];
}

/**
 * Sessions by what they are grouped by; those of the days before `firstDay` apart, where there are
 * such. The groups with the most sessions are told apart, the others are one.
 */
export function countFunnel(
  { from, where, values, leftOut, leftOutBy, rollups }: AskedSessions,
  {
    firstDay,
    order,
    groupBy,
  }: {
    readonly firstDay: string | null;
    readonly order: FunnelOrder;
    readonly groupBy: CheckoutDimension | null;
  },
): Counting {
  const columns = STEPS.map((step) => (order === 'strict' ? `${step}_in_order` : step));
  const value = groupBy === null ? 'NULL::text' : snakeCase(groupBy);
  const isPrevious = firstDay === null ? 'false' : `day < $${values.length + 1}::date`;
  // What a row is left out by costs less to group by than the word for it.
  const keys = [...leftOutBy, 'value', ...(firstDay === null ? [] : ['is_previous'])];
  const rows = `
    WITH grouped AS (
      SELECT ${leftOut} AS left_out, ${value} AS value, ${isPrevious} AS is_previous,
             max(newest_received_at) AS newest_received_at, sum(sessions) AS sessions,
             sum(conversions) AS all_conversions,
             ${columns.map((column, index) => `sum(${column}) AS step_${index}`).join(', ')}
      FROM ${from}
      WHERE ${where}
      GROUP BY ${keys.join(', ')}
    ),
    weighed AS (
      SELECT *, coalesce(sum(sessions) FILTER (WHERE left_out IS NULL AND NOT is_previous)
                           OVER (PARTITION BY value), 0) AS weight
      FROM grouped
    ),
    ranked AS (
      SELECT *, dense_rank() OVER (ORDER BY weight DESC, value) <= ${MOST_GROUPS} AS is_told
      FROM weighed
    )
    SELECT left_out AS "leftOut", is_previous AS "isPrevious", is_told AS "isTold",
           CASE WHEN is_told THEN value END AS value,
           max(newest_received_at) AS "newestReceivedAt", sum(sessions) AS sessions,
           sum(all_conversions) AS conversions,
           ARRAY[${columns.map((_, index) => `sum(step_${index})`).join(', ')}] AS steps
    FROM ranked
    GROUP BY 1, 2, 3, 4
  `;
  return { rows, values: firstDay === null ? values : [...values, firstDay], rollups };
}
