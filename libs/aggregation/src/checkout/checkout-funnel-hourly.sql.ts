import { CONVERTED_AT, SESSION_PAYMENT_METHOD } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { FUNNEL_FIGURES, OF_DAY } from './checkout-funnel-figures.sql.js';

/** `checkout_sessions` to `checkout_funnel_hourly`. */
export const CHECKOUT_FUNNEL_HOURLY: Rollup = {
  id: 'checkout-funnel-hourly',
  projections: ['checkout-sessions'],
  looksUpDays: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_funnel_hourly',
    distributedBy: 'hour',
    dimensions: {
      hour: "extract(hour FROM first_seen_at AT TIME ZONE 'UTC')::smallint",
      checkoutType: 'checkout_type',
      checkoutMode: 'checkout_mode',
      paymentMethod: 'payment_method',
      isProduction: 'is_production',
    },
    figures: FUNNEL_FIGURES,
    source: `
      SELECT *, ${CONVERTED_AT} AS converted_at, ${SESSION_PAYMENT_METHOD} AS payment_method
      FROM checkout_sessions
      WHERE ${OF_DAY}
    `,
  }),
};
