import type { CheckoutDimension, CheckoutSessionsFilters } from '#libs/contracts';
import { countedUntil, snakeCase } from '#libs/database';

/** A table, or rows like those of one, that tell sessions apart by the filters' dimensions. */
export interface SessionSource {
  /** SQL that stands behind FROM. */
  readonly from: string;
  /** Whether a session began in the question's time: from $1 to $2. */
  readonly within: string;
  readonly rollups: readonly string[];
}

/** The last day included. */
export const IN_DAYS = 'day BETWEEN $1::date AND $2::date';
/** The last moment not included. */
export const IN_MOMENTS = 'first_seen_at >= $1::timestamptz AND first_seen_at < $2::timestamptz';

export const FUNNEL_DAILY: SessionSource = {
  from: 'checkout_funnel_daily',
  within: IN_DAYS,
  rollups: ['checkout-funnel-daily'],
};

/** The same by the hour, of all offers together: it cannot tell them apart. */
export const FUNNEL_HOURLY: SessionSource = {
  from: 'checkout_funnel_hourly',
  within: IN_DAYS,
  rollups: ['checkout-funnel-hourly'],
};

/** Rows of each offer, which tell nothing else apart, and rows of all, whose offer is empty. */
const totals = (offers: string): SessionSource => ({
  from: 'checkout_totals_daily',
  within: `${IN_DAYS} AND ${offers}`,
  rollups: ['checkout-totals-daily'],
});
const TOTALS_OF_OFFERS = totals("offer_id <> ''");
const TOTALS_OF_ALL = totals("offer_id = ''");

/** What rows of all offers together do not tell. */
const OF_OFFERS = ['offerId', 'productId', 'producerId', 'fullHostname'] as const;
/** What the totals of an offer do not tell. */
const WITHIN_OFFERS = ['checkoutType', 'checkoutMode', 'paymentMethod', 'fullHostname'] as const;

const isAskedBy = (
  dimensions: readonly CheckoutDimension[],
  filters: CheckoutSessionsFilters,
  groupBy: CheckoutDimension | null,
): boolean => dimensions.some((each) => filters[each] !== null || groupBy === each);

/** Whether a question is about all offers together. */
export const isOfAllOffers = (
  filters: CheckoutSessionsFilters,
  groupBy: CheckoutDimension | null = null,
): boolean => !isAskedBy(OF_OFFERS, filters, groupBy);

/** The rollup that answers a question about days with the fewest rows. */
export function smallestFunnel(
  filters: CheckoutSessionsFilters,
  groupBy: CheckoutDimension | null = null,
): SessionSource {
  if (isOfAllOffers(filters, groupBy)) return TOTALS_OF_ALL;
  return isAskedBy(WITHIN_OFFERS, filters, groupBy) ? FUNNEL_DAILY : TOTALS_OF_OFFERS;
}

/** Why a session that fits a question is in none of its figures. */
export type LeftOut = 'nonProduction' | 'otherHost';

/** The rows that a question asks for. */
export interface AskedSessions extends SessionSource {
  /** The condition; its parameters are `values`, and any more come after them. */
  readonly where: string;
  readonly values: readonly unknown[];
  /** `LeftOut` of a row, null where it counts. */
  readonly leftOut: string;
  /** Whether a row counts, in words by which PostgreSQL can tell how many do. */
  readonly counts: string;
}

const EXACT = [
  'offerId',
  'productId',
  'producerId',
  'checkoutType',
  'checkoutMode',
  'paymentMethod',
] as const;

export function askedSessions(
  source: SessionSource,
  bounds: readonly [from: string, to: string],
  filters: CheckoutSessionsFilters,
): AskedSessions {
  const values: unknown[] = [...bounds];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [source.within];
  const reasons: string[] = [];
  const counting: string[] = [];
  for (const name of EXACT) {
    const value = filters[name];
    if (value !== null) conditions.push(`${snakeCase(name)} = ${parameter(value)}::text`);
  }
  if (filters.fullHostname !== null) {
    // Null stands for hosts that are too rare to be told apart.
    const host = parameter(filters.fullHostname);
    conditions.push(`(full_hostname = ${host}::text OR full_hostname IS NULL)`);
    reasons.push("WHEN full_hostname IS NULL THEN 'otherHost'");
    counting.push('full_hostname IS NOT NULL');
  }
  if (filters.traffic === 'production') {
    reasons.unshift("WHEN NOT is_production THEN 'nonProduction'");
    counting.push('is_production');
  }
  const leftOut = reasons.length > 0 ? `CASE ${reasons.join(' ')} END` : 'NULL::text';
  const counts = counting.length > 0 ? counting.join(' AND ') : 'true';
  return { ...source, where: conditions.join(' AND '), values, leftOut, counts };
}

/** `rows` as JSON, and up to when all that was stored is in them: of one moment. */
export const withAsOf = (
  rows: string,
  from: { readonly projections: readonly string[]; readonly rollups: readonly string[] },
): string => `
  SELECT ${countedUntil(from)} AS "asOf",
         coalesce((SELECT json_agg(row) FROM (${rows}) AS row), '[]') AS rows
`;
