import { type CheckoutEventsDailyEntity, countedBetween, IS_PRODUCTION } from '#libs/database';
import { isFoldedBy } from '../projections/event-source.sql.js';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { OF_DAY } from './checkout-funnel-figures.sql.js';
import { NAMES_WITH_BITS } from './event-names.sql.js';

type Dimension = 'offerId' | 'productId' | 'producerId' | 'isProduction' | 'eventName';
type Figure = Exclude<keyof CheckoutEventsDailyEntity, Dimension | 'day' | 'dimensions'>;

/** The events of the day that `checkout-sessions` has folded, so that both agree. */
const EVENTS = `
  SELECT offer_id, product_id, producer_id, ${IS_PRODUCTION} AS is_production, event_name,
         count(*) AS events, 0 AS sessions, max(received_at) AS newest
  FROM ${countedBetween('checkout', '$1::date::timestamptz', '($1::date + 1)::timestamptz')}
    AS counted
  WHERE ${isFoldedBy('checkout-sessions')}
  GROUP BY 1, 2, 3, 4, 5
`;

/** The sessions of the day by name. Those alike in all their names are few: they are counted first. */
const SESSIONS = `
  SELECT offer_id, product_id, producer_id, is_production, name, 0, sessions, newest
  FROM (
    SELECT offer_id, product_id, producer_id, is_production, event_names, count(*) AS sessions,
           max(last_received_at) AS newest
    FROM checkout_sessions
    WHERE ${OF_DAY}
    GROUP BY 1, 2, 3, 4, 5
  ) AS alike
  JOIN ${NAMES_WITH_BITS} AS names ON event_names & bit <> 0
`;

const dimensions: Record<Dimension, string> = {
  offerId: 'offer_id',
  productId: 'product_id',
  producerId: 'producer_id',
  isProduction: 'is_production',
  eventName: 'event_name',
};

const figures: Record<Figure, string> = {
  events: 'sum(events)::integer',
  sessions: 'sum(sessions)::integer',
  newestReceivedAt: 'max(newest)',
};

/** Checkout events and `checkout_sessions` to `checkout_events_daily`. */
export const CHECKOUT_EVENTS_DAILY: Rollup = {
  id: 'checkout-events-daily',
  projections: ['checkout-sessions'],
  looksUpDays: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_events_daily',
    distributedBy: 'offerId',
    dimensions,
    figures,
    source: `
      WITH counted AS MATERIALIZED (${EVENTS} UNION ALL ${SESSIONS})
      SELECT * FROM counted
      UNION ALL
      SELECT '', NULL, NULL, is_production, event_name, events, sessions, newest FROM counted
    `,
  }),
};
