import type { CommerceEventType } from '#libs/contracts';
import { type OrderEntity, type OrderFactEntity, snakeCase } from '#libs/database';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  OLDEST_BATCH,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import { type Differences, touchedDays, written } from '../projections/fold.sql.js';
import { ORDER_DIFFERENCES } from './commerce-daily.sql.js';
import { reduces } from './reducing-refunds.sql.js';

type OrderEventType = Extract<CommerceEventType, `order.${string}`>;

const is = (type: OrderEventType): string => `event_type = '${type}'`;
const OF_ORDERS = (
  ['order.created', 'order.completed', 'order.canceled', 'order.refunded'] as const
)
  .map((type) => `'${type}'`)
  .join(', ');

/** What an event says of its order. */
const fact: Record<keyof OrderFactEntity, string> = {
  organizationId: "coalesce(organization_id, '')",
  orderId: 'order_id',
  event: 'md5(idempotency_key)::uuid',
  happenedAt: 'counted_at',
  eventType: 'event_type',
  sessionId: 'session_id',
  amountMinor: 'amount_minor',
  currency: 'currency',
};
const FACT = Object.keys(fact).map(snakeCase).join(', ');
const ofFact = (alias: string): string =>
  Object.keys(fact)
    .map((field) => `${alias}.${snakeCase(field)}`)
    .join(', ');

const REFUNDED = is('order.refunded');
const count = (condition: string): string => `(count(*) FILTER (WHERE ${condition}))::int`;
const time = (which: 'min' | 'max', condition: string): string =>
  `${which}(happened_at) FILTER (WHERE ${condition})`;

/** An order, of its facts as `soldOf` answers them. */
const order: Record<Exclude<keyof OrderEntity, 'organizationId' | 'orderId'>, string> = {
  firstSeenAt: 'min(happened_at)',
  lastSeenAt: 'max(happened_at)',
  sessionId: `(array_agg(session_id ORDER BY happened_at, event)
              FILTER (WHERE session_id IS NOT NULL))[1]`,
  createdAt: time('min', is('order.created')),
  completedAt: 'min(sold_at)',
  canceledAt: time('min', `${is('order.canceled')} AND (sold_at <= happened_at) IS NOT FALSE`),
  refundedAt: time('max', REFUNDED),
  amountMinor: 'min(sale_minor)',
  currency: 'min(sale_currency)',
  refundedMinor: `coalesce(sum(amount_minor) FILTER (WHERE ${REFUNDED} AND reduces), 0)`,
  creations: count(is('order.created')),
  completions: count(is('order.completed')),
  cancellations: count(is('order.canceled')),
  refunds: count(REFUNDED),
  leftOutRefunds: count(`${REFUNDED} AND NOT reduces`),
};
const COLUMNS = Object.keys(order).map(snakeCase);

/** Of the first completion of a fact's order; null while there is none. */
const ofSale = (value: string): string =>
  `first_value(CASE WHEN ${is('order.completed')} THEN ${value} END) OVER by_completion`;

/** Some facts, all that there are of each order, with its first completion and whether they reduce it. */
const soldOf = (facts: string): string => `
    SELECT fact.*, (${reduces('fact', 'sale')}) IS TRUE AS reduces
    FROM (
      SELECT ${FACT}, ${ofSale('happened_at')} AS sold_at,
             ${ofSale('amount_minor')} AS sale_minor, ${ofSale('currency')} AS sale_currency
      FROM ${facts}
      WINDOW by_completion AS (
        PARTITION BY organization_id, order_id
        ORDER BY NOT (${is('order.completed')}), happened_at, event
      )
    ) AS fact
    CROSS JOIN LATERAL (SELECT sale_minor AS amount_minor, sale_currency AS currency) AS sale
`;

/** The facts of the events of `source`, each once. */
const factsOf = (source: string): string => `
    SELECT DISTINCT ON (organization_id, order_id, event) *
    FROM (
      SELECT ${Object.entries(fact)
        .map(([field, value]) => `${value} AS ${snakeCase(field)}`)
        .join(', ')}
      FROM (${source}) AS events
      WHERE order_id IS NOT NULL AND event_type IN (${OF_ORDERS})
    ) AS said
    ORDER BY organization_id, order_id, event, happened_at
`;

/**
 * Of the CTE `facts`, which holds all facts of some orders: these, and those of them that changed,
 * with what they `was`. Nobody else may change them meanwhile: who folds has the cursor.
 */
const COUNTED_FROM_FACTS = `
  sold AS MATERIALIZED (${soldOf('facts')}),
  changed AS MATERIALIZED (
    SELECT * FROM (
      SELECT counted.*, was, (was).order_id IS NULL AS is_new
      FROM (
        SELECT organization_id, order_id,
               ${Object.entries(order)
                 .map(([field, value]) => `${value} AS ${snakeCase(field)}`)
                 .join(',\n               ')}
        FROM sold
        GROUP BY organization_id, order_id
      ) AS counted
      -- By its index, whatever the planner thinks of how many there are.
      LEFT JOIN LATERAL (
        SELECT each AS was FROM orders AS each
        WHERE (each.organization_id, each.order_id) = (counted.organization_id, counted.order_id)
        OFFSET 0
      ) AS stored ON true
      OFFSET 0
    ) AS compared
    WHERE is_new OR (${COLUMNS.join(', ')})
      IS DISTINCT FROM (${COLUMNS.map((column) => `(was).${column}`).join(', ')})
  ),
  ${written({ table: 'orders', key: ['organization_id', 'order_id'], columns: COLUMNS })}`;

const touched = (since?: string, isCounted?: string): string => `
  ${touchedDays({ rollups: ['commerce-daily'] }, since, isCounted)},
  ${touchedDays({ rollups: ['checkout-payments-daily'], of: 'sessions' }, since)}`;
/** Income, refunds and a cancellation count on days of their own: any may count otherwise now. */
const DAYS_OF_CHANGED = `
    SELECT happened_at AS moment FROM facts JOIN changed USING (organization_id, order_id)`;

/**
 * When the sessions began that orders name or named, which may now be paid, or later, or not at all.
 * `completed` is SQL of orders with the session of each.
 */
const sessionsOf = (completed: string): string => `sessions_moments AS (
    SELECT first_seen_at AS moment
    FROM checkout_sessions
    WHERE session_id IN (
      SELECT session_id FROM (${completed}) AS completed
      WHERE completed_at IS NOT NULL AND session_id IS NOT NULL
    )
  )`;
const CHANGED_BEFORE_AND_AFTER = `
        SELECT session_id, completed_at FROM changed
        UNION ALL
        SELECT (was).session_id, (was).completed_at FROM changed WHERE NOT is_new`;

const VERSION = ['organization_id', ...COLUMNS];

/** The orders that changed, and their refunds, each as it was and as it is. */
const VERSIONS = `versions AS (
    SELECT 1 AS sign, ${VERSION.join(', ')} FROM changed
    UNION ALL
    SELECT -1, ${VERSION.map((column) => `(was).${column}`).join(', ')} FROM changed WHERE NOT is_new
  ),
  refund_versions AS (
    SELECT 1 AS sign, * FROM sold WHERE ${REFUNDED}
    UNION ALL
    SELECT -1, * FROM (${soldOf('stored')}) AS sold WHERE ${REFUNDED}
  )`;

interface Folding {
  /** SQL of when the oldest event was stored. */
  readonly since?: string;
  /** Whether the day of every event is touched, whatever it says. */
  readonly touchesEvents?: true;
  /** What events that were never folded before make more or less of figures. */
  readonly differences?: Differences;
}

/**
 * Keeps the facts of the events of `source`, and counts their orders anew. Answers how many facts
 * and orders changed, and on which days.
 */
const foldOrders = (
  source: string,
  { since, touchesEvents, differences }: Folding = {},
): string => `
  WITH events AS MATERIALIZED (
    SELECT idempotency_key, organization_id, order_id, event_type, session_id, amount_minor,
           currency, received_at, counted_at
    FROM (${source}) AS events
  ),
  incoming AS MATERIALIZED (${factsOf('SELECT * FROM events')}),
  stored AS MATERIALIZED (
    SELECT ${ofFact('stored')}
    FROM (SELECT DISTINCT organization_id, order_id FROM incoming) AS asked
    CROSS JOIN LATERAL (
      SELECT * FROM order_facts AS each
      WHERE (each.organization_id, each.order_id) = (asked.organization_id, asked.order_id)
      OFFSET 0
    ) AS stored
  ),
  fresh AS MATERIALIZED (
    SELECT ${FACT} FROM incoming
    WHERE (organization_id, order_id, event)
      NOT IN (SELECT organization_id, order_id, event FROM stored)
  ),
  kept AS (
    INSERT INTO order_facts (${FACT}) SELECT ${FACT} FROM fresh
    ORDER BY organization_id, order_id, event
  ),
  facts AS MATERIALIZED (SELECT ${FACT} FROM stored UNION ALL SELECT ${FACT} FROM fresh),
  ${COUNTED_FROM_FACTS},
  moments AS (
    ${DAYS_OF_CHANGED}
    ${touchesEvents ? 'UNION ALL SELECT counted_at FROM events' : ''}
  ),
  ${sessionsOf(CHANGED_BEFORE_AND_AFTER)},
  ${differences ? `${VERSIONS},\n  ${differences.ctes('SELECT * FROM events')},` : ''}
  ${touched(since, differences?.isCounted)}
  SELECT ((SELECT count(*) FROM fresh) + (SELECT count(*) FROM changed))::int AS rows,
         ARRAY(SELECT day::text FROM days ORDER BY day) AS days
`;

/**
 * Removes facts of a day that no event says, and orders that no fact makes; what is left of their
 * orders is counted anew. Parameters as `Recount.prune`. Answers how many were removed.
 */
const pruneOrders = (source: string, slice: string): string => `
  WITH incoming AS MATERIALIZED (${factsOf(source)}),
  wrong AS (
    DELETE FROM order_facts AS stored
    WHERE happened_at >= $1::timestamptz AND happened_at < $5::timestamptz AND ${slice}
      AND NOT EXISTS (
        SELECT FROM incoming
        -- By its key, or each would be compared with each.
        WHERE (incoming.organization_id, incoming.order_id, incoming.event)
            = (stored.organization_id, stored.order_id, stored.event)
          AND (${ofFact('incoming')}) IS NOT DISTINCT FROM (${ofFact('stored')})
      )
    RETURNING *
  ),
  suspects AS MATERIALIZED (
    SELECT organization_id, order_id FROM wrong
    UNION
    SELECT organization_id, order_id FROM orders
    WHERE first_seen_at >= $1::timestamptz AND first_seen_at < $5::timestamptz AND ${slice}
      AND NOT EXISTS (
        SELECT FROM order_facts AS fact
        WHERE (fact.organization_id, fact.order_id) = (orders.organization_id, orders.order_id)
      )
  ),
  facts AS MATERIALIZED (
    SELECT ${FACT} FROM order_facts
    WHERE (organization_id, order_id) IN (SELECT organization_id, order_id FROM suspects)
      AND (organization_id, order_id, event)
        NOT IN (SELECT organization_id, order_id, event FROM wrong)
  ),
  ${COUNTED_FROM_FACTS},
  gone AS (
    DELETE FROM orders AS stored
    WHERE (organization_id, order_id) IN (SELECT organization_id, order_id FROM suspects)
      AND (organization_id, order_id) NOT IN (SELECT organization_id, order_id FROM facts)
    RETURNING completed_at, canceled_at, session_id
  ),
  moments AS (
    ${DAYS_OF_CHANGED}
    UNION ALL SELECT happened_at FROM wrong
    UNION ALL SELECT completed_at FROM gone WHERE completed_at IS NOT NULL
    UNION ALL SELECT canceled_at FROM gone WHERE canceled_at IS NOT NULL
  ),
  ${sessionsOf(`${CHANGED_BEFORE_AND_AFTER}
        UNION ALL SELECT session_id, completed_at FROM gone`)},
  ${touched()}
  SELECT ((SELECT count(*) FROM wrong) + (SELECT count(*) FROM gone))::int AS rows
`;

const ofBatches = eventsOfBatches('commerce');
const touching: Folding = { since: OLDEST_BATCH, touchesEvents: true };
const folded = eventsBetween('commerce', 'orders');
const slice = inSlice('order_id');
const source = `${folded} AND ${slice}`;

/**
 * Commerce events to `order_facts` and `orders`. An order is counted anew from all its facts
 * whenever one comes: sums of refunds, and a cancellation after a completion, fold in no other way.
 *
 * Also touches the day of every commerce event, of whatever type: `commerce_daily` counts them all.
 */
export const ORDERS: Fold = {
  id: 'orders',
  contract: 'commerce',
  foldBatches: foldOrders(ofBatches, touching),
  foldNewBatches: foldOrders(ofBatches, { ...touching, differences: ORDER_DIFFERENCES }),
  recount: {
    events: rawBetween('commerce'),
    prune: pruneOrders(source, slice),
    fold: foldOrders(source),
    foldsEventsAlone: true,
  },
};
