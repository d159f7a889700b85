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
import { touchedDays } from '../projections/fold.sql.js';

type OrderEventType = Extract<CommerceEventType, `order.${string}`>;

const is = (type: OrderEventType, alias = ''): string => `${alias}event_type = '${type}'`;
const OF_ORDERS = (
  ['order.created', 'order.completed', 'order.canceled', 'order.refunded'] as const
)
  .map((type) => `'${type}'`)
  .join(', ');

/**
 * A refund that can be read, of an order that is income, in the order's currency: no other one
 * reduces it. Of two aliases, the refund's fact and the order or its completion.
 */
export const reduces = (refund: string, order: string): string =>
  `${refund}.amount_minor IS NOT NULL AND ${order}.amount_minor IS NOT NULL ` +
  `AND ${refund}.currency = ${order}.currency`;

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

const REFUNDED = is('order.refunded', 'fact.');
const REDUCES = reduces('fact', 'completion');
const count = (condition: string): string => `(count(*) FILTER (WHERE ${condition}))::int`;
const time = (which: 'min' | 'max', condition: string): string =>
  `${which}(fact.happened_at) FILTER (WHERE ${condition})`;

/** An order, of its facts and the first completion among them. */
const order: Record<Exclude<keyof OrderEntity, 'organizationId' | 'orderId'>, string> = {
  firstSeenAt: 'min(fact.happened_at)',
  lastSeenAt: 'max(fact.happened_at)',
  sessionId: `(array_agg(fact.session_id ORDER BY fact.happened_at, fact.event)
              FILTER (WHERE fact.session_id IS NOT NULL))[1]`,
  createdAt: time('min', is('order.created', 'fact.')),
  completedAt: 'completion.happened_at',
  canceledAt: time(
    'min',
    `${is('order.canceled', 'fact.')}
     AND (completion.happened_at <= fact.happened_at) IS NOT FALSE`,
  ),
  refundedAt: time('max', REFUNDED),
  amountMinor: 'completion.amount_minor',
  currency: 'completion.currency',
  refundedMinor: `coalesce(sum(fact.amount_minor) FILTER (WHERE ${REFUNDED} AND ${REDUCES}), 0)`,
  creations: count(is('order.created', 'fact.')),
  completions: count(is('order.completed', 'fact.')),
  cancellations: count(is('order.canceled', 'fact.')),
  refunds: count(REFUNDED),
  leftOutRefunds: count(`${REFUNDED} AND (${REDUCES}) IS NOT TRUE`),
};
const COLUMNS = Object.keys(order).map(snakeCase);

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

/** Of the CTE `facts`, which holds all facts of some orders: these, and those of them that changed. */
const COUNTED_FROM_FACTS = `
  counted AS (
    SELECT organization_id, order_id,
           ${Object.entries(order)
             .map(([field, value]) => `${value} AS ${snakeCase(field)}`)
             .join(',\n           ')}
    FROM facts AS fact
    LEFT JOIN (
      SELECT DISTINCT ON (organization_id, order_id)
             organization_id, order_id, happened_at, amount_minor, currency
      FROM facts
      WHERE ${is('order.completed')}
      ORDER BY organization_id, order_id, happened_at, event
    ) AS completion USING (organization_id, order_id)
    GROUP BY organization_id, order_id,
             completion.happened_at, completion.amount_minor, completion.currency
  ),
  changed AS (
    INSERT INTO orders AS stored (organization_id, order_id, ${COLUMNS.join(', ')})
    SELECT organization_id, order_id, ${COLUMNS.join(', ')} FROM counted
    ORDER BY organization_id, order_id
    ON CONFLICT (organization_id, order_id) DO UPDATE SET
      ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(',\n      ')}
    WHERE (${COLUMNS.map((column) => `stored.${column}`).join(', ')})
      IS DISTINCT FROM (${COLUMNS.map((column) => `excluded.${column}`).join(', ')})
    RETURNING organization_id, order_id, session_id, completed_at
  )`;

const touched = (since?: string): string => `
  ${touchedDays({ rollups: ['commerce-daily'] }, since)},
  ${touchedDays({ rollups: ['checkout-payments-daily'], of: 'sessions' }, since)}`;
/** Income, refunds and a cancellation count on days of their own: any may count otherwise now. */
const DAYS_OF_CHANGED = `
    SELECT happened_at AS moment FROM facts JOIN changed USING (organization_id, order_id)`;

/**
 * When the sessions began that orders name or named, which may now be paid, or later, or not at all.
 * What stands in `orders` is what stood there before this statement. `completed` is SQL of orders
 * with the session of each.
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
        SELECT orders.session_id, orders.completed_at
        FROM orders JOIN changed USING (organization_id, order_id)`;

/**
 * Keeps the facts of the events of `source`, and counts their orders anew. Answers how many facts
 * and orders changed, and on which days. `alsoTouched` is SQL of further moments whose days are to be
 * recounted; `since` that of when the oldest event was stored.
 */
const foldOrders = (source: string, alsoTouched = '', since?: string): string => `
  WITH incoming AS MATERIALIZED (${factsOf(source)}),
  kept AS (
    INSERT INTO order_facts (${FACT}) SELECT ${FACT} FROM incoming
    ON CONFLICT (organization_id, order_id, event) DO NOTHING
    RETURNING 1
  ),
  facts AS MATERIALIZED (
    SELECT ${FACT} FROM order_facts
    WHERE (organization_id, order_id) IN (SELECT organization_id, order_id FROM incoming)
    UNION ALL
    SELECT ${FACT} FROM incoming
    WHERE (organization_id, order_id, event)
      NOT IN (SELECT organization_id, order_id, event FROM order_facts
              WHERE (organization_id, order_id) IN (SELECT organization_id, order_id FROM incoming))
  ),
  ${COUNTED_FROM_FACTS},
  moments AS (${DAYS_OF_CHANGED} ${alsoTouched}),
  ${sessionsOf(CHANGED_BEFORE_AND_AFTER)},
  ${touched(since)}
  SELECT ((SELECT count(*) FROM kept) + (SELECT count(*) FROM changed))::int AS rows,
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
  foldBatches: foldOrders(
    eventsOfBatches('commerce'),
    `UNION ALL SELECT counted_at FROM (${eventsOfBatches('commerce')}) AS events`,
    OLDEST_BATCH,
  ),
  recount: {
    events: rawBetween('commerce'),
    prune: pruneOrders(source, slice),
    fold: foldOrders(source),
    foldsEventsAlone: true,
  },
};
