import {
  type CheckoutFunnelFigures,
  CONVERTED_AT,
  IS_PRODUCTION,
  SESSION_PAYMENT_METHOD,
  snakeCase,
} from '#libs/database';
import { added, dayOf, type Difference, firstCounted } from '../projections/difference.sql.js';
import type { Differences } from '../projections/fold.sql.js';
import { ERROR_DIFFERENCES, errorsOf } from './checkout-errors-daily.sql.js';
import { FUNNEL_DIFFERENCES } from './checkout-funnel-figures.sql.js';
import { NAMES_WITH_BITS } from './event-names.sql.js';
import { MOST_HOSTS, SESSION_DIMENSIONS } from './sessions-of-day.sql.js';

const FIRST_COUNTED = firstCounted('checkout');

/** Hosts that the day's figures of an offer tell apart. */
const knownHosts = (row: string): string =>
  `FROM checkout_funnel_daily AS known
      WHERE known.offer_id = ${row}.offer_id AND known.day = ${row}.day`;
const isKnown = (row: string): string =>
  `coalesce((
      SELECT true ${knownHosts(row)} AND known.full_hostname = ${row}.full_hostname LIMIT 1
    ), false)`;

/**
 * The host of a row where it is told apart: as it is already, or while there is room. Which are the
 * most frequent where there is none, a recount of the day finds.
 */
const hostOf = (row: string, known: string): string => `CASE WHEN ${known} OR (
        SELECT place <= room FROM new_hosts AS host
        WHERE (host.day, host.offer_id, host.full_hostname)
            = (${row}.day, ${row}.offer_id, ${row}.full_hostname)
      ) THEN ${row}.full_hostname END`;

const FIGURES = Object.keys(FUNNEL_DIFFERENCES) as (keyof CheckoutFunnelFigures)[];
const COLUMNS = FIGURES.map(snakeCase).join(', ');

const together = (field: keyof CheckoutFunnelFigures): string => {
  if (field === 'newestReceivedAt') return 'max(newest_received_at)';
  return `sum(${snakeCase(field)})::${field === 'conversionMs' ? 'bigint' : 'integer'}`;
};

const funnel = (facts: Omit<Difference, 'figures' | 'sizes'>): string =>
  added({
    ...facts,
    figures: Object.fromEntries(FIGURES.map((field) => [field, together(field)])),
    sizes: ['sessions'],
  });

const OF_ANY = ['checkout_type', 'checkout_mode', 'payment_method'];

const EVENTS_AND_SESSIONS = (source: string): string => `
    SELECT ${dayOf('counted_at')} AS day, offer_id, product_id, producer_id,
           ${IS_PRODUCTION} AS is_production, event_name, count(*) AS events, 0 AS sessions,
           max(received_at) AS newest
    FROM (${source}) AS events
    WHERE ${dayOf('counted_at')} >= ${FIRST_COUNTED}
    GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL
    SELECT day, offer_id, product_id, producer_id, is_production, name, 0, sessions, newest
    FROM (
      SELECT day, offer_id, product_id, producer_id, is_production, event_names,
             sum(sign) AS sessions,
             coalesce(max(last_received_at) FILTER (WHERE sign = 1), 'epoch') AS newest
      FROM moved
      GROUP BY 1, 2, 3, 4, 5, 6
    ) AS alike
    JOIN ${NAMES_WITH_BITS} AS names ON event_names & bit <> 0
`;

/** What new events make more or less in the figures that are counted from `checkout_sessions`. */
export const CHECKOUT_DIFFERENCES: Differences = {
  isCounted: `CASE
      -- Of what orders pay, nothing is added: a session that one names may count otherwise now.
      WHEN rollup = 'checkout-payments-daily' THEN day NOT IN (SELECT day FROM paid_days)
      WHEN rollup IN ('checkout-funnel-daily', 'checkout-errors-daily')
      THEN day NOT IN (SELECT day FROM new_hosts WHERE place > room)
      ELSE true
    END`,
  ctes: (source) => `moved AS MATERIALIZED (
    SELECT *, ${dayOf('first_seen_at')} AS day,
           extract(hour FROM first_seen_at AT TIME ZONE 'UTC')::smallint AS hour,
           ${CONVERTED_AT} AS converted_at, ${SESSION_PAYMENT_METHOD} AS payment_method
    FROM versions
    WHERE ${dayOf('first_seen_at')} >= ${FIRST_COUNTED}
  ),
  alike AS MATERIALIZED (
    SELECT day, hour, offer_id, product_id, producer_id, checkout_type, checkout_mode,
           payment_method, full_hostname, is_production,
           ${FIGURES.map((field) => `${FUNNEL_DIFFERENCES[field]} AS ${snakeCase(field)}`).join(',\n           ')}
    FROM moved
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  ),
  cells AS MATERIALIZED (SELECT *, ${isKnown('alike')} AS is_known FROM alike),
  new_hosts AS MATERIALIZED (
    SELECT *, ${MOST_HOSTS} - (
             SELECT count(DISTINCT known.full_hostname) ${knownHosts('host')}
           ) AS room
    FROM (
      SELECT day, offer_id, full_hostname,
             row_number() OVER (
               PARTITION BY day, offer_id ORDER BY sum(sessions) DESC, full_hostname
             ) AS place
      FROM cells
      WHERE NOT is_known
      GROUP BY day, offer_id, full_hostname
    ) AS host
  ),
  ${funnel({
    table: 'checkout_funnel_daily',
    distributedBy: 'offerId',
    dimensions: Object.keys(SESSION_DIMENSIONS),
    source: `
      SELECT day, offer_id, product_id, producer_id, checkout_type, checkout_mode, payment_method,
             ${hostOf('cell', 'is_known')} AS full_hostname, is_production, ${COLUMNS}
      FROM cells AS cell`,
  })},
  ${funnel({
    table: 'checkout_funnel_hourly',
    distributedBy: 'hour',
    dimensions: ['hour', 'checkoutType', 'checkoutMode', 'paymentMethod', 'isProduction'],
    source: 'SELECT * FROM alike',
  })},
  ${funnel({
    table: 'checkout_totals_daily',
    distributedBy: 'offerId',
    dimensions: [
      'offerId',
      'productId',
      'producerId',
      'checkoutType',
      'checkoutMode',
      'paymentMethod',
      'isProduction',
    ],
    source: `
      SELECT day, offer_id, product_id, producer_id,
             ${OF_ANY.map((column) => `NULL::varchar AS ${column}`).join(', ')}, is_production, ${COLUMNS}
      FROM alike
      UNION ALL
      SELECT day, '', NULL, NULL, ${OF_ANY.join(', ')}, is_production, ${COLUMNS} FROM alike`,
  })},
  ${added({
    table: 'checkout_errors_daily',
    distributedBy: 'offerId',
    dimensions: [...Object.keys(SESSION_DIMENSIONS), 'error', 'step'],
    figures: ERROR_DIFFERENCES,
    sizes: ['sessions'],
    source: `
      SELECT sign, day, offer_id, product_id, producer_id, checkout_type, checkout_mode,
             payment_method, ${hostOf('failed', isKnown('failed'))} AS full_hostname, is_production, error, step, events,
             errors_began_at, last_received_at, converted_at
      FROM (${errorsOf('SELECT * FROM moved')}) AS failed`,
  })},
  counted_events AS MATERIALIZED (${EVENTS_AND_SESSIONS(source)}),
  ${added({
    table: 'checkout_events_daily',
    distributedBy: 'offerId',
    dimensions: ['offerId', 'productId', 'producerId', 'isProduction', 'eventName'],
    figures: {
      events: 'sum(events)::integer',
      sessions: 'sum(sessions)::integer',
      newestReceivedAt: 'max(newest)',
    },
    sizes: ['sessions', 'events'],
    source: `
      SELECT * FROM counted_events
      UNION ALL
      SELECT day, '', NULL, NULL, is_production, event_name, events, sessions, newest
      FROM counted_events`,
  })},
  paid_days AS MATERIALIZED (
    SELECT DISTINCT ${dayOf('first_seen_at')} AS day FROM versions
    WHERE ${CONVERTED_AT} IS NOT NULL
      AND (SELECT true FROM orders WHERE orders.session_id = versions.session_id LIMIT 1)
  )`,
};
