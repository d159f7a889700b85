import { countedUntil } from '#libs/database';
import {
  FIGURES_OF_ASSETS,
  IS_BELIEVED_OWNER,
  LIKE_FIGURES,
  NEWEST_RECEIVED_AT,
  VISITS_AT_ASSETS,
} from './figures-of-assets.sql.js';

/** Whether there is such a creator: in the catalogue, as an asset's, or with an event. $1 creator. */
export const IS_CREATOR_KNOWN = `
  SELECT EXISTS (SELECT FROM catalog_creators WHERE creator_id = $1)
      OR EXISTS (SELECT FROM catalog_assets WHERE creator_id = $1 AND ${IS_BELIEVED_OWNER})
      OR EXISTS (SELECT FROM last_activity WHERE kind = 'creator' AND id = $1) AS "isKnown"
`;

/**
 * How the assets of a creator get on. $1 creator; $2, $3 first and last day; $4 how many assets and
 * sources are listed.
 *
 * A session at several assets, or over midnight, is one, and came from the first source it named.
 */
export const CREATOR_DASHBOARD = `
  WITH assets AS MATERIALIZED (
    SELECT ${LIKE_FIGURES('asset_id')} AS asset_id, title
    FROM catalog_assets WHERE creator_id = $1 AND ${IS_BELIEVED_OWNER}
  ),
  figures AS MATERIALIZED (${FIGURES_OF_ASSETS}),
  by_asset AS (
    SELECT asset_id, title, sum(views)::float8 AS views, sum(conversions)::float8 AS licenses,
           sum(revenue_cents)::float8 AS revenue_cents
    FROM figures JOIN assets USING (asset_id)
    GROUP BY asset_id, title
    ORDER BY sum(revenue_cents) DESC, sum(views) DESC, asset_id COLLATE "C"
    LIMIT $4
  ),
  by_session AS MATERIALIZED (
    SELECT (array_agg(utm_source ORDER BY utm_source_at, utm_source)
              FILTER (WHERE utm_source IS NOT NULL))[1] AS source,
           (session_id <> '')::int AS visits, sum(cardinality(conversions)) AS conversions,
           sum(cardinality(invalid_revenues)) AS invalid_revenues,
           bool_or(is_bot) AND session_id <> '' AS is_bot
    FROM (${VISITS_AT_ASSETS}) AS visits
    -- What has no session is no visit, and converted for its own source.
    GROUP BY session_id, CASE WHEN session_id = '' THEN utm_source END
  ),
  by_source AS (
    SELECT coalesce(source, 'direct') AS source, sum(visits)::float8 AS visits,
           sum(conversions)::float8 AS conversions
    FROM by_session
    WHERE visits > 0 OR conversions > 0
    GROUP BY coalesce(source, 'direct')
    ORDER BY sum(visits) DESC, sum(conversions) DESC, coalesce(source, 'direct')
    LIMIT $4
  ),
  days AS (
    SELECT date, sum(revenue_cents)::float8 AS revenue_cents FROM figures GROUP BY date
  )
  SELECT ${countedUntil({
    projections: ['asset-days', 'asset-sessions'],
    rollups: ['daily-metrics'],
  })} AS "asOf",
         ${NEWEST_RECEIVED_AT} AS "newestReceivedAt",
         (SELECT coalesce(sum(views), 0)::float8 FROM figures) AS "totalViews",
         (SELECT coalesce(sum(conversions), 0)::float8 FROM figures) AS "totalLicenses",
         (SELECT coalesce(sum(revenue_cents), 0)::float8 FROM figures) AS "totalRevenueCents",
         (SELECT count(*)::float8 FROM by_session WHERE is_bot) AS "botVisits",
         (SELECT coalesce(sum(invalid_revenues), 0)::float8 FROM by_session) AS "invalidRevenues",
         (SELECT coalesce(json_agg(json_build_object(
            'assetId', asset_id, 'assetTitle', title, 'views', views, 'licenses', licenses,
            'revenueCents', revenue_cents) ORDER BY revenue_cents DESC, views DESC, asset_id COLLATE "C"), '[]')
          FROM by_asset) AS "topAssets",
         (SELECT coalesce(json_agg(json_build_object(
            'source', source, 'visits', visits, 'conversions', conversions)
            ORDER BY visits DESC, conversions DESC, source), '[]')
          FROM by_source) AS sources,
         (SELECT coalesce(json_agg(json_build_object(
            'date', date, 'revenueCents', revenue_cents) ORDER BY date), '[]') FROM days) AS days
`;
