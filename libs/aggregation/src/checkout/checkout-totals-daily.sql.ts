import {
  type CheckoutFunnelFigures,
  type CheckoutTotalsDailyEntity,
  CONVERTED_AT,
  SESSION_PAYMENT_METHOD,
  snakeCase,
} from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { FUNNEL_FIGURES, OF_DAY } from './checkout-funnel-figures.sql.js';

type Figure = keyof CheckoutFunnelFigures;
type Dimension = Exclude<keyof CheckoutTotalsDailyEntity, Figure | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  offerId: 'offer_id',
  productId: 'product_id',
  producerId: 'producer_id',
  checkoutType: 'checkout_type',
  checkoutMode: 'checkout_mode',
  paymentMethod: 'payment_method',
  isProduction: 'is_production',
};

const FIGURES = Object.keys(FUNNEL_FIGURES) as Figure[];
const COLUMNS = FIGURES.map(snakeCase).join(', ');

/** Sessions that are alike in all dimensions: counted once, and then told apart by fewer. */
const ALIKE = `
  SELECT ${Object.values(dimensions).join(', ')},
         ${FIGURES.map((field) => `${FUNNEL_FIGURES[field]} AS ${snakeCase(field)}`).join(',\n         ')}
  FROM (
    SELECT *, ${CONVERTED_AT} AS converted_at, ${SESSION_PAYMENT_METHOD} AS payment_method
    FROM checkout_sessions
    WHERE ${OF_DAY}
  ) AS session
  GROUP BY 1, 2, 3, 4, 5, 6, 7
`;

const together = (field: Figure): string => {
  if (field === 'newestReceivedAt') return 'max(newest_received_at)';
  return `sum(${snakeCase(field)})::${field === 'conversionMs' ? 'bigint' : 'integer'}`;
};

/** `checkout_sessions` to `checkout_totals_daily`. */
export const CHECKOUT_TOTALS_DAILY: Rollup = {
  id: 'checkout-totals-daily',
  projections: ['checkout-sessions'],
  looksUpDays: ['checkout-sessions'],
  recountDay: rollupStatement({
    table: 'checkout_totals_daily',
    distributedBy: 'offerId',
    dimensions,
    figures: Object.fromEntries(FIGURES.map((field) => [field, together(field)])),
    source: `
      WITH alike AS MATERIALIZED (${ALIKE})
      SELECT offer_id, product_id, producer_id, NULL::varchar AS checkout_type,
             NULL::varchar AS checkout_mode, NULL::varchar AS payment_method, is_production,
             ${COLUMNS}
      FROM alike
      UNION ALL
      SELECT '', NULL, NULL, checkout_type, checkout_mode, payment_method, is_production,
             ${COLUMNS}
      FROM alike
    `,
  }),
};
