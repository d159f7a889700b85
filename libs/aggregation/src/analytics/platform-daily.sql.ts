import { type PlatformDailyEntity, snakeCase } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { IS_OF_DAY } from './analytics-events.sql.js';
import { IS_INVALID_REVENUE, revenueOf } from './measured-props.sql.js';

const COUNTED_TYPES = {
  signUps: 'user_signed_up',
  uploads: 'asset_uploaded',
  licensesCreated: 'license_created',
  licensesRenewed: 'license_renewed',
  licensesExpired: 'license_expired',
  licensesTerminated: 'license_terminated',
} as const satisfies Partial<Record<keyof PlatformDailyEntity, string>>;

const TYPES = Object.values(COUNTED_TYPES)
  .map((type) => `'${type}'`)
  .join(', ');

/** Few of a day's events, each found by an index: those of some types, and those with revenue. */
const EVENTS = `
  SELECT event_type, brand_id, props_json FROM events
  WHERE ${IS_OF_DAY} AND event_type IN (${TYPES})
  UNION ALL
  SELECT event_type, brand_id, props_json FROM events
  WHERE ${IS_OF_DAY} AND props_json ? 'revenueCents' AND event_type NOT IN (${TYPES})
`;

const of = (type: string): string => `count(*) FILTER (WHERE event_type = '${type}')`;

const figures: Readonly<Record<Exclude<keyof PlatformDailyEntity, 'day'>, string>> = {
  signUps: of(COUNTED_TYPES.signUps),
  uploads: of(COUNTED_TYPES.uploads),
  licensesCreated: of(COUNTED_TYPES.licensesCreated),
  licensesRenewed: of(COUNTED_TYPES.licensesRenewed),
  licensesExpired: of(COUNTED_TYPES.licensesExpired),
  licensesTerminated: of(COUNTED_TYPES.licensesTerminated),
  revenueCents: revenueOf(),
  brandRevenueCents: revenueOf('brand_id IS NOT NULL'),
  invalidRevenues: `count(*) FILTER (WHERE ${IS_INVALID_REVENUE})`,
  views: '(SELECT coalesce(sum(views), 0) FROM daily_metrics WHERE date = $1::date)',
  botVisits: '(SELECT count(*) FROM asset_sessions WHERE day = $1::date AND is_bot)',
  newestReceivedAt: '(SELECT max(newest_received_at) FROM asset_days WHERE day = $1::date)',
};

const columns = Object.keys(figures).map(snakeCase);

/** $1 the day. A day without events has no row. */
const RECOUNT_DAY = `
  WITH counted AS MATERIALIZED (
    SELECT ${Object.entries(figures)
      .map(([field, figure]) => `${figure} AS ${snakeCase(field)}`)
      .join(',\n           ')}
    FROM (${EVENTS}) AS events
  ),
  gone AS (
    DELETE FROM platform_daily
    WHERE day = $1::date AND (SELECT newest_received_at FROM counted) IS NULL
    RETURNING 1
  ),
  written AS (
    INSERT INTO platform_daily AS stored (day, ${columns.join(', ')})
    SELECT $1::date, ${columns.join(', ')} FROM counted WHERE newest_received_at IS NOT NULL
    ON CONFLICT (day) DO UPDATE SET
      ${columns.map((column) => `${column} = excluded.${column}`).join(',\n      ')}
    WHERE (${columns.map((column) => `stored.${column}`).join(', ')})
      IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(', ')})
    RETURNING 1
  )
  SELECT count(newest_received_at)::int AS rows,
         ((SELECT count(*) FROM gone) + (SELECT count(*) FROM written))::int AS changed
  FROM counted
`;

/** Analytics events, visits and `daily_metrics` to `platform_daily`; so it stands behind them. */
export const PLATFORM_DAILY: Rollup = {
  id: 'platform-daily',
  projections: ['asset-days', 'asset-sessions', 'last-activity'],
  recountDay: RECOUNT_DAY,
};
