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
  visits AS MATERIALIZED (
    SELECT session_id, utm_source, utm_source_at, is_bot, cardinality(conversions) AS conversions,
           cardinality(invalid_revenues) AS invalid_revenues
    FROM (${VISITS_AT_ASSETS}) AS visits
  ),
  -- Most sessions are one visit, at one asset on one day: those are summed up by their source.
  several AS MATERIALIZED (
    SELECT session_id FROM visits WHERE session_id <> '' GROUP BY session_id HAVING count(*) > 1
  ),
  grouped AS MATERIALIZED (
    SELECT CASE WHEN session_id IN (SELECT session_id FROM several) THEN session_id END AS session_id,
           utm_source, min(utm_source_at) AS utm_source_at,
           -- What has no session is no visit, and converted for its own source.
           count(*) FILTER (WHERE session_id <> '') AS visits,
           count(*) FILTER (WHERE session_id <> '' AND is_bot) AS bot_visits,
           sum(conversions) AS conversions, sum(invalid_revenues) AS invalid_revenues
    FROM visits
    GROUP BY 1, utm_source
  ),
  by_session AS (
    SELECT utm_source AS source, visits, bot_visits, conversions, invalid_revenues
    FROM grouped WHERE session_id IS NULL
    UNION ALL
    SELECT (array_agg(utm_source ORDER BY utm_source_at, utm_source)
              FILTER (WHERE utm_source IS NOT NULL))[1],
           1, bool_or(bot_visits > 0)::int, sum(conversions), sum(invalid_revenues)
    FROM grouped WHERE session_id IS NOT NULL
    GROUP BY session_id
  ),
  sources AS MATERIALIZED (
    SELECT coalesce(source, 'direct') AS source, sum(visits)::float8 AS visits,
           sum(bot_visits)::float8 AS bot_visits, sum(conversions)::float8 AS conversions,
           sum(invalid_revenues)::float8 AS invalid_revenues
    FROM by_session
    GROUP BY 1
  ),
  by_source AS (
    SELECT * FROM sources
    WHERE visits > 0 OR conversions > 0
    ORDER BY visits DESC, conversions DESC, source
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
         (SELECT coalesce(sum(bot_visits), 0) FROM sources) AS "botVisits",
         (SELECT coalesce(sum(invalid_revenues), 0) FROM sources) AS "invalidRevenues",
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
