import { COMMERCE_EVENT_TYPES } from '#libs/contracts';
import { type CommerceDailyEntity, countedBetween } from '#libs/database';
import { added, dayOf, firstCounted } from '../projections/difference.sql.js';
import { isFoldedBy } from '../projections/event-source.sql.js';
import type { Differences } from '../projections/fold.sql.js';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { reduces } from './reducing-refunds.sql.js';

/** Senders choose the names: beside those of the document so many of an organization and a day. */
const MOST_NAMES = 50;
const THE_REST = '_OTHER';

const KNOWN = COMMERCE_EVENT_TYPES.map((type) => `'${type}'`).join(', ');
const NAMES_NO_ORDER =
  "order_id IS NULL AND event_type IN ('order.completed', 'order.canceled', 'order.refunded')";

const FIRST_COUNTED = firstCounted('commerce');

/** The names of an organization that the figures of a day tell apart. */
const TOLD_NAMES = `FROM commerce_daily AS known
                 WHERE known.day = named.day AND known.organization_id = named.organization_id`;

const onTheDay = (time: string): string => `${time} >= $1::date AND ${time} < $1::date + 1`;

/** The events of the day by name; `rank` among the names of senders. */
const NAMES = `
    SELECT organization_id, event_type, event_type IN (${KNOWN}) AS is_known,
           count(*) AS things, max(received_at) AS newest,
           count(*) FILTER (WHERE ${NAMES_NO_ORDER}) AS without_order,
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

/** Something that is counted: rows of a projection, each on the day of one of its times. */
interface Counted {
  readonly what: string;
  readonly of: 'orders' | 'refunds' | 'payouts' | 'referrals';
  readonly at: string;
  readonly where: string;
  readonly currency?: string;
  readonly minor?: string;
}

const money = { currency: 'currency', minor: 'amount_minor' };

/** An amount that can be read counts as money, any other as left out. */
const amounts = (
  what: string,
  leftOut: string,
  { where = 'true', ...rows }: Pick<Counted, 'of' | 'at'> & { readonly where?: string },
): readonly Counted[] => [
  { ...rows, what, where: `${where} AND amount_minor IS NOT NULL`, ...money },
  { ...rows, what: leftOut, where: `${where} AND amount_minor IS NULL` },
];

const sold = { of: 'orders', at: 'completed_at' } as const;
const refunded = { of: 'refunds', at: 'happened_at' } as const;
const entries = (kind: string) =>
  ({ of: 'referrals', at: 'happened_at', where: `kind = '${kind}'` }) as const;

/**
 * Income, refunds and cancellations, each on the day of their own, and money out. What a cancellation
 * takes back, is what refunds leave.
 */
const COUNTED: readonly Counted[] = [
  ...amounts('order', 'order left out', sold),
  { ...sold, what: 'order without session', where: 'session_id IS NULL' },
  { ...refunded, what: 'refund', where: 'reduces', ...money },
  { ...refunded, what: 'refund left out', where: 'NOT reduces' },
  {
    what: 'cancellation',
    of: 'orders',
    at: 'canceled_at',
    where: 'amount_minor IS NOT NULL',
    currency: 'currency',
    minor: 'greatest(amount_minor - refunded_minor, 0)',
  },
  ...amounts('credit', 'payment left out', entries('credit')),
  ...amounts('commission', 'payment left out', entries('commission')),
  ...amounts('referral payout', 'payment left out', entries('payout')),
  ...amounts('payout', 'payment left out', {
    of: 'payouts',
    at: 'happened_at',
    where: "kind = 'sent'",
  }),
  { ...entries('link'), what: 'link' },
  { ...entries('claim'), what: 'claim' },
  { ...entries('tier'), what: 'tier' },
];

/** Refunds, facts of `facts`, with whether they reduce their order, a row of `sales`. */
const refundsOf = (facts: string, sales: string, columns: string): string => `
    SELECT ${columns}, fact.organization_id, fact.happened_at, fact.amount_minor, fact.currency,
           (${reduces('fact', 'sale')}) IS TRUE AS reduces
    FROM ${facts} AS fact
    JOIN ${sales} AS sale USING (organization_id, order_id)
    WHERE fact.event_type = 'order.refunded'
`;

const REFUNDS = `${refundsOf('order_facts', 'orders', '1 AS sign')} AND ${onTheDay('fact.happened_at')}`;

/** The events of a day, and what the projections say of it. */
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
  ${COUNTED.map(
    ({ what, of, at, where, currency = 'NULL', minor = '0' }) => `UNION ALL
  SELECT organization_id, '${what}', NULL, ${currency}, 1, ${minor}, NULL
  FROM ${of} WHERE ${onTheDay(at)} AND ${where}`,
  ).join('\n  ')}
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

/** How many there are: none where a row counts nothing. */
const numbers = {
  events: number('event'),
  orders: number('order'),
  refunds: number('refund'),
  cancellations: number('cancellation'),
  credits: number('credit'),
  commissions: number('commission'),
  referralPayouts: number('referral payout'),
  payouts: number('payout'),
  links: number('link'),
  claims: number('claim'),
  tierUpgrades: number('tier'),
  leftOutOrders: number('order left out'),
  leftOutRefunds: number('refund left out'),
  leftOutPayments: number('payment left out'),
  eventsWithoutOrder: number('no order'),
  ordersWithoutSession: number('order without session'),
};

const figures: Record<Figure, string> = {
  ...numbers,
  newestReceivedAt: 'max(newest)',
  grossMinor: sum('order'),
  refundedMinor: sum('refund'),
  canceledMinor: sum('cancellation'),
  creditedMinor: sum('credit'),
  commissionMinor: sum('commission'),
  referralPayoutMinor: sum('referral payout'),
  payoutMinor: sum('payout'),
};

/** What versions of rows, with the `sign` of each, make more or less of what is counted of them. */
const differing = (of: Counted['of'], versions: string): string =>
  COUNTED.filter((counted) => counted.of === of)
    .map(
      ({ what, at, where, currency = 'NULL', minor = '0' }) => `
      SELECT ${dayOf(at)} AS day, organization_id, '${what}' AS what, NULL AS event_type,
             ${currency} AS currency, sign AS things, sign * ${minor} AS minor,
             NULL::timestamptz AS newest
      FROM ${versions} WHERE ${at} IS NOT NULL AND ${where}`,
    )
    .join(' UNION ALL ');

/** Most of what an order was, it still is: such things are left out. */
const addedOf = (source: string): string =>
  added({
    table: 'commerce_daily',
    distributedBy: 'organizationId',
    dimensions: Object.keys(dimensions),
    figures,
    sizes: Object.keys(numbers),
    source: `
      SELECT day, organization_id, what, event_type, currency,
             sum(things) AS things, sum(minor) AS minor, max(newest) AS newest
      FROM (${source}) AS differing
      WHERE day >= ${FIRST_COUNTED}
      GROUP BY day, organization_id, what, event_type, currency
      HAVING sum(things) <> 0 OR sum(minor) <> 0`,
  });

/**
 * What new events make more of it, and the orders that they change more or less: of `versions` and
 * `refund_versions`. A name that is not told apart yet, is while there is room; which are the most
 * frequent where there is none, a recount finds.
 */
export const ORDER_DIFFERENCES: Differences = {
  isCounted: 'day NOT IN (SELECT day FROM named WHERE NOT is_told)',
  ctes: (source) => `named AS MATERIALIZED (
    SELECT day, organization_id, event_type, things, without_order, newest,
           is_told OR place <= ${MOST_NAMES} - (
             SELECT count(*) ${TOLD_NAMES} AND known.event_type NOT IN (${KNOWN})
           ) AS is_told
    FROM (
      SELECT *, row_number() OVER (
               PARTITION BY day, organization_id, is_told ORDER BY things DESC, event_type
             ) AS place
      FROM (
        SELECT *, CASE WHEN event_type IN (${KNOWN}) THEN true ELSE (
                 SELECT true ${TOLD_NAMES}
                   AND known.dimensions = md5(ROW(named.organization_id, named.event_type, NULL)::text)::uuid
               ) IS TRUE END AS is_told
        FROM (
          SELECT ${dayOf('counted_at')} AS day, coalesce(organization_id, '') AS organization_id,
                 event_type, count(*) AS things, count(*) FILTER (WHERE ${NAMES_NO_ORDER})
                   AS without_order,
                 max(received_at) AS newest
          FROM (${source}) AS events
          GROUP BY 1, 2, 3
        ) AS named
      ) AS named
    ) AS named
  ),
  ${addedOf(`
      SELECT day, organization_id, 'event' AS what,
             CASE WHEN is_told THEN event_type ELSE '${THE_REST}' END AS event_type,
             NULL AS currency, things, 0 AS minor, newest
      FROM named
      UNION ALL
      SELECT day, organization_id, 'no order', NULL, NULL, without_order, 0, NULL FROM named
      UNION ALL ${differing('orders', 'versions')}
      UNION ALL ${differing('refunds', 'refund_versions')}`)}`,
};

const ofLedger = (ledger: 'payouts' | 'referrals'): Differences => ({
  isCounted: 'true',
  ctes: () => addedOf(differing(ledger, 'versions')),
});
export const PAYOUT_DIFFERENCES = ofLedger('payouts');
export const REFERRAL_DIFFERENCES = ofLedger('referrals');

/** Commerce events, orders, payouts and referrals to `commerce_daily`. */
export const COMMERCE_DAILY: Rollup = {
  id: 'commerce-daily',
  projections: ['orders', 'payouts', 'referrals'],
  looksUpDays: ['orders', 'payouts', 'referrals'],
  recountDay: rollupStatement({
    table: 'commerce_daily',
    distributedBy: 'organizationId',
    dimensions,
    figures,
    source: SOURCE,
  }),
};
