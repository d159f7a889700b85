import { countedUntil } from '#libs/database';

/** Up to when all of commerce is counted. */
export const COMMERCE_AS_OF = countedUntil({
  projections: ['orders', 'payouts', 'referrals'],
  rollups: ['commerce-daily'],
});

/**
 * CTE of the rows of some days. $1 the first day, $2 the last, $3 the organization or null. To read
 * them twice costs less than to keep a copy of their many columns.
 */
export const ASKED = `asked AS NOT MATERIALIZED (
    SELECT * FROM commerce_daily
    WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR organization_id = $3)
  )`;

/** How fresh figures are. Over `asked`, or rows that say of it when its newest was received. */
export const FRESHNESS = `
  ${COMMERCE_AS_OF} AS "asOf", max(newest_received_at) AS "newestReceivedAt"
`;

const sum = (column: string): string => `coalesce(sum(${column}), 0)::float8`;

/** Over rows of one currency. */
export const REVENUE_FIGURES = `
  ${sum('orders')} AS orders,
  ${sum('gross_minor')} AS "grossMinor",
  ${sum('refunds')} AS refunds,
  ${sum('refunded_minor')} AS "refundedMinor",
  ${sum('cancellations')} AS cancellations,
  ${sum('canceled_minor')} AS "canceledMinor",
  ${sum('gross_minor - refunded_minor - canceled_minor')} AS "netMinor"
`;

/** `round` of numeric rounds half away from zero. */
export const REVENUE_TOTALS = `
  ${REVENUE_FIGURES},
  coalesce(round(sum(gross_minor) / nullif(sum(orders), 0)), 0)::float8 AS "averageOrderMinor",
  coalesce(round(sum(refunded_minor) * 100 / nullif(sum(gross_minor), 0), 2), 0)::float8
    AS "refundRate",
  json_build_object(
    'credits', ${sum('credits')},
    'creditedMinor', ${sum('credited_minor')},
    'commissions', ${sum('commissions')},
    'commissionMinor', ${sum('commission_minor')},
    'referralPayouts', ${sum('referral_payouts')},
    'referralPayoutMinor', ${sum('referral_payout_minor')},
    'payouts', ${sum('payouts')},
    'payoutMinor', ${sum('payout_minor')}
  ) AS "moneyOut"
`;

/** Over rows of whatever currency. */
export const LEFT_OUT = `json_build_object(
    'orders', ${sum('left_out_orders')},
    'refunds', ${sum('left_out_refunds')},
    'payments', ${sum('left_out_payments')},
    'eventsWithoutOrder', ${sum('events_without_order')}
  )`;
