import { COMMERCE_EVENT_TYPES } from '#libs/contracts';
import { type CommerceDailyEntity, countedBetween } from '#libs/database';
import { isFoldedBy } from '../projections/event-source.sql.js';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { reduces } from './orders.sql.js';

/** Senders choose the names: beside those of the document so many of an organization and a day. */
const MOST_NAMES = 50;
const THE_REST = '_OTHER';

const KNOWN = COMMERCE_EVENT_TYPES.map((type) => `'${type}'`).join(', ');
const NAMING_AN_ORDER = "'order.completed', 'order.canceled', 'order.refunded'";

const onTheDay = (time: string): string => `${time} >= $1::date AND ${time} < $1::date + 1`;

/** The events of the day by name; `rank` among the names of senders. */
const NAMES = `
    SELECT organization_id, event_type, event_type IN (${KNOWN}) AS is_known,
           count(*) AS things, max(received_at) AS newest,
           count(*) FILTER (WHERE order_id IS NULL AND event_type IN (${NAMING_AN_ORDER}))
             AS without_order,
           row_number() OVER (
             PARTITION BY organization_id, event_type IN (${KNOWN})
             ORDER BY count(*) DESC, event_type
           ) AS rank
    FROM (
      SELECT coalesce(organization_id, '') AS organization_id, event_type, order_id, received_at
      FROM ${countedBetween('commerce', '$1::date::timestamptz', '($1::date + 1)::timestamptz')}
        AS counted
      WHERE ${isFoldedBy('orders')}
    ) AS events
    GROUP BY organization_id, event_type
`;

/** What is counted as `what`: of which currency, how often, and how much. */
const counted = (
  what: string,
  { currency = 'NULL', minor = '0' }: Partial<Record<'currency' | 'minor', string>> = {},
) =>
  `'${what}' AS what, NULL AS event_type, ${currency} AS currency, 1 AS things, ${minor} AS minor, NULL::timestamptz AS newest`;

const money = { currency: 'currency', minor: 'amount_minor' };

/** An amount that can be read counts as money, any other as left out. */
const amounts = (what: string, leftOut: string, from: string): string => `
    SELECT organization_id, ${counted(what, money)} FROM ${from} AND amount_minor IS NOT NULL
    UNION ALL
    SELECT organization_id, ${counted(leftOut)} FROM ${from} AND amount_minor IS NULL
`;

const REFUNDS = `
    SELECT fact.organization_id, fact.amount_minor, fact.currency,
           (${reduces('fact', 'sale')}) IS TRUE AS reduces
    FROM order_facts AS fact
    JOIN orders AS sale USING (organization_id, order_id)
    WHERE fact.event_type = 'order.refunded' AND ${onTheDay('fact.happened_at')}
`;

const entries = (kind: string): string =>
  `referrals WHERE kind = '${kind}' AND ${onTheDay('happened_at')}`;

/**
 * The events of a day, and what the projections say of it: income, refunds and cancellations each on
 * the day of their own, and money out. What a cancellation takes back, is what refunds leave.
 */
const SOURCE = `
  WITH names AS (${NAMES}), refunds AS MATERIALIZED (${REFUNDS})
  SELECT organization_id, 'event' AS what,
         CASE WHEN is_known OR rank <= ${MOST_NAMES} THEN event_type ELSE '${THE_REST}' END
           AS event_type,
         NULL AS currency, things, 0 AS minor, newest
  FROM names
  UNION ALL
  SELECT organization_id, 'no order', NULL, NULL, without_order, 0, NULL
  FROM names WHERE without_order > 0
  UNION ALL
  ${amounts('order', 'order left out', `orders WHERE ${onTheDay('completed_at')}`)}
  UNION ALL
  SELECT organization_id, ${counted('order without session')}
  FROM orders WHERE ${onTheDay('completed_at')} AND session_id IS NULL
  UNION ALL
  SELECT organization_id, ${counted('refund', money)} FROM refunds WHERE reduces
  UNION ALL
  SELECT organization_id, ${counted('refund left out')} FROM refunds WHERE NOT reduces
  UNION ALL
  SELECT organization_id,
         ${counted('cancellation', { currency: 'currency', minor: 'greatest(amount_minor - refunded_minor, 0)' })}
  FROM orders WHERE ${onTheDay('canceled_at')} AND amount_minor IS NOT NULL
  UNION ALL
  ${amounts('credit', 'payment left out', entries('credit'))}
  UNION ALL
  ${amounts('commission', 'payment left out', entries('commission'))}
  UNION ALL
  ${amounts('referral payout', 'payment left out', entries('payout'))}
  UNION ALL
  ${amounts('payout', 'payment left out', `payouts WHERE kind = 'sent' AND ${onTheDay('happened_at')}`)}
  UNION ALL
  SELECT organization_id, ${counted('link')} FROM ${entries('link')}
  UNION ALL
  SELECT organization_id, ${counted('claim')} FROM ${entries('claim')}
  UNION ALL
  SELECT organization_id, ${counted('tier')} FROM ${entries('tier')}
`;

const number = (what: string): string =>
  `coalesce(sum(things) FILTER (WHERE what = '${what}'), 0)::int`;
const sum = (what: string): string => `coalesce(sum(minor) FILTER (WHERE what = '${what}'), 0)`;

type Dimension = 'organizationId' | 'eventType' | 'currency';
type Figure = Exclude<keyof CommerceDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  organizationId: 'organization_id',
  eventType: 'event_type',
  currency: 'currency',
};

const figures: Record<Figure, string> = {
  events: number('event'),
  newestReceivedAt: 'max(newest)',
  orders: number('order'),
  grossMinor: sum('order'),
  refunds: number('refund'),
  refundedMinor: sum('refund'),
  cancellations: number('cancellation'),
  canceledMinor: sum('cancellation'),
  credits: number('credit'),
  creditedMinor: sum('credit'),
  commissions: number('commission'),
  commissionMinor: sum('commission'),
  referralPayouts: number('referral payout'),
  referralPayoutMinor: sum('referral payout'),
  payouts: number('payout'),
  payoutMinor: sum('payout'),
  links: number('link'),
  claims: number('claim'),
  tierUpgrades: number('tier'),
  leftOutOrders: number('order left out'),
  leftOutRefunds: number('refund left out'),
  leftOutPayments: number('payment left out'),
  eventsWithoutOrder: number('no order'),
  ordersWithoutSession: number('order without session'),
};

/** Commerce events, orders, payouts and referrals to `commerce_daily`. */
export const COMMERCE_DAILY: Rollup = {
  id: 'commerce-daily',
  projections: ['orders', 'payouts', 'referrals'],
  recountDay: rollupStatement({
    table: 'commerce_daily',
    distributedBy: 'organizationId',
    dimensions,
    figures,
    source: SOURCE,
  }),
};
