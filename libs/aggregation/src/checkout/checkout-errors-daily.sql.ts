import { CHECKOUT_ERRORS } from '#libs/contracts';
import type { CheckoutErrorsDailyEntity } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { SESSION_DIMENSIONS, SESSIONS_OF_DAY } from './sessions-of-day.sql.js';

/** `checkout_identification_error` → `identification_error_at`. */
const firstTimeOf = (error: string): string => `${error.replace(/^checkout_/, '')}_at`;

const FIRST_TIMES = CHECKOUT_ERRORS.map((error) => `WHEN '${error}' THEN ${firstTimeOf(error)}`);

/**
 * Those of some sessions that had errors: a row for each name and step of their errors, and one
 * without a name for all of them. `errors_began_at`: the first of the row's name.
 */
export const errorsOf = (sessions: string): string => `
  SELECT session.*, error.name AS error, error.step, error.events,
         CASE error.name ${FIRST_TIMES.join(' ')}
              ELSE least(${CHECKOUT_ERRORS.map(firstTimeOf).join(', ')}) END AS errors_began_at
  FROM (${sessions}) AS session
  CROSS JOIN LATERAL (
    SELECT split_part(each, ' ', 2) AS name, nullif(split_part(each, ' ', 3), '-') AS step,
           count(*) AS events
    FROM unnest(session.errors) AS each
    GROUP BY 1, 2
    UNION ALL
    SELECT NULL, NULL, cardinality(session.errors)
  ) AS error
  WHERE session.errors IS NOT NULL
`;

type Figures = Record<
  keyof Pick<CheckoutErrorsDailyEntity, 'events' | 'sessions' | 'newestReceivedAt' | 'recovered'>,
  string
>;

const RECOVERED = 'converted_at >= errors_began_at';

const figures: Figures = {
  events: 'sum(events)::integer',
  sessions: 'count(*)',
  newestReceivedAt: 'max(last_received_at)',
  recovered: `count(*) FILTER (WHERE ${RECOVERED})`,
};

/** How many more: over versions of sessions, with the `sign` of each. */
export const ERROR_DIFFERENCES: Figures = {
  events: 'sum(sign * events)::integer',
  sessions: 'sum(sign)::integer',
  newestReceivedAt: "coalesce(max(last_received_at) FILTER (WHERE sign = 1), 'epoch')",
  recovered: `coalesce(sum(sign) FILTER (WHERE ${RECOVERED}), 0)::integer`,
};

/** `checkout_sessions` to `checkout_errors_daily`. */
export const CHECKOUT_ERRORS_DAILY: Rollup = {
  id: 'checkout-errors-daily',
  projections: ['checkout-sessions'],
  looksUpDays: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_errors_daily',
    distributedBy: 'offerId',
    dimensions: { ...SESSION_DIMENSIONS, error: 'error', step: 'step' },
    figures,
    source: errorsOf(SESSIONS_OF_DAY),
  }),
};
