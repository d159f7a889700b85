import { type AssetFiguresDailyEntity, type DailyMetricEntity, snakeCase } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { IS_OF_DAY } from './analytics-events.sql.js';
import { ENGAGEMENT, revenueOf } from './measured-props.sql.js';

type Id = 'projectId' | 'ipAssetId' | 'licenseId';
type Figure = Exclude<keyof DailyMetricEntity, Id | 'date' | 'createdAt' | 'updatedAt'>;

const FIGURES: Readonly<Record<Figure, readonly [column: string, figure: string]>> = {
  views: ['views', "count(*) FILTER (WHERE event_type = 'asset_viewed')"],
  clicks: [
    'clicks',
    "count(*) FILTER (WHERE event_type IN ('asset_downloaded', 'license_clicked'))",
  ],
  conversions: ['conversions', "count(*) FILTER (WHERE event_type = 'license_created')"],
  revenueCents: ['revenue_cents', revenueOf()],
  uniqueVisitors: ['unique_visitors', 'count(DISTINCT coalesce(actor_id, session_id))'],
  engagementTime: ['engagement_time', `coalesce(sum(${ENGAGEMENT}), 0)`],
};

/** What adds up over the licences of an asset. */
const OF_ASSETS = (
  ['views', 'clicks', 'conversions', 'revenueCents', 'engagementTime'] satisfies Exclude<
    keyof AssetFiguresDailyEntity,
    'date' | 'ipAssetId'
  >[]
).map(snakeCase);

const columns = Object.values(FIGURES).map(([column]) => column);
const IDS = 'project_id, ip_asset_id, license_id';
/** Equal where the ids are: none of them is ever empty. */
const SAME = "coalesce(project_id, ''), coalesce(ip_asset_id, ''), coalesce(license_id, '')";

const HAS_NO_ASSET = 'ip_asset_id IS NULL AND (project_id IS NOT NULL OR license_id IS NOT NULL)';

/** Which assets a recount is about: SQL of their events, and of their rows. */
interface Scope {
  readonly notes: string;
  readonly events: string;
  readonly rows: string;
}

const WHOLE_DAY: Scope = {
  notes: 'DELETE FROM touched_assets WHERE day = $1::date RETURNING ip_asset_id, stored_at',
  events: `
    SELECT * FROM events
    WHERE ${IS_OF_DAY} AND (ip_asset_id IS NOT NULL OR ${HAS_NO_ASSET})
  `,
  rows: 'true',
};

/** Their rows alone are read, through the index on asset and time. */
const TOUCHED_ASSETS: Scope = {
  notes: WHOLE_DAY.notes,
  events: `
    SELECT * FROM events
    WHERE ${IS_OF_DAY} AND ip_asset_id = ANY (ARRAY(SELECT DISTINCT ip_asset_id FROM noted))
    UNION ALL
    SELECT * FROM events
    WHERE ${IS_OF_DAY} AND ${HAS_NO_ASSET} AND EXISTS (SELECT FROM noted WHERE ip_asset_id = '')
  `,
  rows: "coalesce(ip_asset_id, '') IN (SELECT ip_asset_id FROM noted)",
};

/**
 * Counts assets of a day anew, and writes what is not so already. $1 the day. A note that is taken
 * here is of events that are counted here: a statement sees all of a transaction, or nothing.
 */
const recount = ({ notes, events, rows }: Scope): string => `
  WITH noted AS MATERIALIZED (${notes}),
  counted AS MATERIALIZED (
    SELECT ${IDS},
           ${Object.values(FIGURES)
             .map(([column, figure]) => `${figure} AS ${column}`)
             .join(',\n           ')}
    FROM (${events}) AS events
    GROUP BY ${IDS}
  ),
  gone AS (
    DELETE FROM daily_metrics
    WHERE date = $1::date AND ${rows} AND (${SAME}) NOT IN (SELECT ${SAME} FROM counted)
    RETURNING 1
  ),
  written AS (
    INSERT INTO daily_metrics AS stored (date, ${IDS}, ${columns.join(', ')})
    SELECT $1::date, ${IDS}, ${columns.join(', ')} FROM counted
    ORDER BY ${IDS}
    ON CONFLICT (date, ${IDS}) DO UPDATE SET
      ${columns.map((column) => `${column} = excluded.${column}`).join(',\n      ')},
      updated_at = now()
    WHERE (${columns.map((column) => `stored.${column}`).join(', ')})
      IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(', ')})
    RETURNING 1
  ),
  of_assets AS MATERIALIZED (
    SELECT ip_asset_id, ${OF_ASSETS.map((column) => `sum(${column}) AS ${column}`).join(', ')}
    FROM counted WHERE ip_asset_id IS NOT NULL
    GROUP BY ip_asset_id
  ),
  assets_gone AS (
    DELETE FROM asset_figures_daily
    WHERE date = $1::date AND ${rows} AND ip_asset_id NOT IN (SELECT ip_asset_id FROM of_assets)
    RETURNING 1
  ),
  assets_written AS (
    INSERT INTO asset_figures_daily AS stored (date, ip_asset_id, ${OF_ASSETS.join(', ')})
    SELECT $1::date, ip_asset_id, ${OF_ASSETS.join(', ')} FROM of_assets
    ORDER BY ip_asset_id
    ON CONFLICT (date, ip_asset_id) DO UPDATE SET
      ${OF_ASSETS.map((column) => `${column} = excluded.${column}`).join(',\n      ')}
    WHERE (${OF_ASSETS.map((column) => `stored.${column}`).join(', ')})
      IS DISTINCT FROM (${OF_ASSETS.map((column) => `excluded.${column}`).join(', ')})
    RETURNING 1
  ),
  touched AS (
    INSERT INTO touched_days AS stored (rollup, day, touched_at)
    SELECT 'platform-daily', $1::date, coalesce((SELECT min(stored_at) FROM noted), now())
    WHERE EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM written)
    ON CONFLICT (rollup, day) DO UPDATE SET
      touched_at = least(stored.touched_at, excluded.touched_at)
  )
  SELECT (SELECT count(*)::int FROM counted) AS rows,
         (
           (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
           + (SELECT count(*) FROM assets_gone) + (SELECT count(*) FROM assets_written)
         )::int AS changed
`;

/**
 * Analytics events to `daily_metrics`, by the contract's daily rule, and of each asset to
 * `asset_figures_daily`. Counted from raw events, as
 * counts must be, but of touched days only, and of these the assets that have new events.
 */
export const DAILY_METRICS: Rollup = {
  id: 'daily-metrics',
  projections: ['asset-days', 'asset-sessions'],
  recountDay: recount(WHOLE_DAY),
  recountTouched: recount(TOUCHED_ASSETS),
};
