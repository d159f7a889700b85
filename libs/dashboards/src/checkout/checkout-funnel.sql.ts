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
  /** Of each step behind the first; none where they are left out. */
  readonly steps: readonly number[];
}

/**
 * Sessions by what they are grouped by; those of the days before `firstDay` apart, where there are
 * such. The groups with the most sessions are told apart, the others are one. `ungrouped` asks the
 * same of fewer rows, for what is in no group: the sessions that are left out.
 */
export function countFunnel(
  { from, where, values, counts, rollups }: AskedSessions,
  ungrouped: AskedSessions,
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
  const rows = `
    WITH grouped AS (
      SELECT ${value} AS value, ${isPrevious} AS is_previous,
             max(newest_received_at) AS newest_received_at, sum(sessions) AS sessions,
             sum(conversions) AS all_conversions,
             ${columns.map((column, index) => `sum(${column}) AS step_${index}`).join(', ')}
      FROM ${from}
      WHERE ${where} AND ${counts}
      GROUP BY value${firstDay === null ? '' : ', is_previous'}
    ),
    weighed AS (
      SELECT *, coalesce(sum(sessions) FILTER (WHERE NOT is_previous)
                           OVER (PARTITION BY value), 0) AS weight
      FROM grouped
    ),
    ranked AS (
      SELECT *, dense_rank() OVER (ORDER BY weight DESC, value) <= ${MOST_GROUPS} AS is_told
      FROM weighed
    )
    SELECT NULL AS "leftOut", is_previous AS "isPrevious", is_told AS "isTold",
           CASE WHEN is_told THEN value END AS value,
           max(newest_received_at) AS "newestReceivedAt", sum(sessions) AS sessions,
           sum(all_conversions) AS conversions,
           ARRAY[${columns.map((_, index) => `sum(step_${index})`).join(', ')}] AS steps
    FROM ranked
    GROUP BY 2, 3, 4
    UNION ALL
    SELECT ${ungrouped.leftOut}, ${isPrevious}, false, NULL, max(newest_received_at), sum(sessions),
           0, '{}'
    FROM ${ungrouped.from}
    WHERE ${ungrouped.where} AND NOT (${ungrouped.counts})
    GROUP BY 1, 2
  `;
  return {
    rows,
    values: firstDay === null ? values : [...values, firstDay],
    rollups: [...new Set([...rollups, ...ungrouped.rollups])],
  };
}
