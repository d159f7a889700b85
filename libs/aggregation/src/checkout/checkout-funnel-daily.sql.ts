import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { FUNNEL_FIGURES } from './checkout-funnel-figures.sql.js';
import { SESSION_DIMENSIONS, SESSIONS_OF_DAY } from './sessions-of-day.sql.js';

/** `checkout_sessions` to `checkout_funnel_daily`. */
export const CHECKOUT_FUNNEL_DAILY: Rollup = {
  id: 'checkout-funnel-daily',
  projections: ['checkout-sessions'],
  looksUpDays: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_funnel_daily',
    distributedBy: 'offerId',
    dimensions: SESSION_DIMENSIONS,
    figures: FUNNEL_FIGURES,
    source: SESSIONS_OF_DAY,
  }),
};
