import { countedUntil, visitsOf } from '#libs/database';
import {
  eachOnItsOwn,
  FIGURES_OF_ASSETS,
  IS_BELIEVED_OWNER,
  LIKE_FIGURES,
  NEWEST_RECEIVED_AT,
} from './figures-of-assets.sql.js';

/** Whether there is such a creator: in the catalogue, as an asset's, or with an event. $1 creator. */
export const IS_CREATOR_KNOWN = `
  SELECT EXISTS (SELECT FROM catalog_creators WHERE creator_id = $1)
      OR EXISTS (SELECT FROM catalog_assets WHERE creator_id = $1 AND ${IS_BELIEVED_OWNER})
      OR EXISTS (SELECT FROM last_activity WHERE kind = 'creator' AND id = $1) AS "isKnown"
`;

/** What makes a visit of the rows of `asset_sessions`. */
const OF_VISIT = `ip_asset_id, day, session_id, visitor, utm_source, utm_source_at, is_bot,
             conversions, invalid_revenues`;

/** `IS TRUE`, so that assets are hashed: joined, each row would be compared with each of them. */
const OF_LONG_SESSION = `
      SELECT ${OF_VISIT} FROM asset_sessions AS visit
      WHERE visit.session_id = long_sessions.session_id AND visit.session_id <> ''
        AND (ip_asset_id IN (SELECT asset_id FROM assets)) IS TRUE`;

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
  -- Days that wait to be counted: their visits are read.
  waiting AS MATERIALIZED (
    SELECT day FROM touched_days
    WHERE rollup = 'creator-visits-daily' AND day BETWEEN $2::date AND $3::date
  ),
  -- Mostly today: what sessions did before and after is found without their visits of this day.
  first_waiting AS MATERIALIZED (
    SELECT coalesce(min(day), $3::date + 1) AS day FROM waiting
  ),
  of_waiting AS MATERIALIZED (
    SELECT found.* FROM assets CROSS JOIN waiting ${eachOnItsOwn(`
      SELECT ${OF_VISIT} FROM asset_sessions AS visit
      WHERE visit.ip_asset_id = asset_id AND visit.day = waiting.day
    `)}
  ),
  -- Sessions that may have been counted on several days.
  long_sessions AS (
    SELECT session_id FROM long_visits
    WHERE creator_id = $1 AND day BETWEEN $2::date AND $3::date
    UNION
    SELECT session_id FROM of_waiting WHERE session_id <> ''
  ),
  of_counted AS MATERIALIZED (
    SELECT found.* FROM long_sessions ${eachOnItsOwn(`
      ${OF_LONG_SESSION} AND day >= $2::date AND day < (SELECT day FROM first_waiting)
      UNION ALL
      ${OF_LONG_SESSION} AND day > (SELECT day FROM first_waiting) AND day <= $3::date
        AND day NOT IN (SELECT day FROM waiting)
    `)}
  ),
  -- Each day as it was counted, without what these sessions were there, and with what they are in all.
  parts AS (
    SELECT source, 1 AS sign, visits, bot_visits, conversions, invalid_revenues
    FROM creator_visits_daily
    WHERE creator_id = $1 AND day BETWEEN $2::date AND $3::date
      AND day NOT IN (SELECT day FROM waiting)
    UNION ALL
    SELECT source, -1, visits, bot_visits, conversions, invalid_revenues
    FROM (${visitsOf('SELECT * FROM of_counted', 'day')}) AS counted
    UNION ALL
    SELECT source, 1, visits, bot_visits, conversions, invalid_revenues
    FROM (${visitsOf('SELECT * FROM of_waiting UNION ALL SELECT * FROM of_counted')}) AS whole
  ),
  sources AS MATERIALIZED (
    SELECT source, sum(sign * visits)::float8 AS visits,
           sum(sign * bot_visits)::float8 AS bot_visits,
           sum(sign * conversions)::float8 AS conversions,
           sum(sign * invalid_revenues)::float8 AS invalid_revenues
    FROM parts
    GROUP BY source
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
