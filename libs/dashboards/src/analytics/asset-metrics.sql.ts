import { countedUntil } from '#libs/database';
import {
  FIGURES_OF_ASSETS,
  IS_BELIEVED_OWNER,
  NEWEST_RECEIVED_AT,
  VISITS_AT_ASSETS,
} from './figures-of-assets.sql.js';

/**
 * Whether there is such an asset: in the catalogue, or with an event. $1 asset; $2 the creator whose
 * it must be, or null.
 */
export const IS_ASSET_KNOWN = `
  SELECT EXISTS (
    SELECT FROM catalog_assets
    WHERE asset_id = $1 AND ($2::text IS NULL OR creator_id = $2 AND ${IS_BELIEVED_OWNER})
  ) OR ($2::text IS NULL AND EXISTS (SELECT FROM asset_days WHERE ip_asset_id = $1)) AS "isKnown"
`;

/** A session, however many days and visitors it has; without one, a visitor on a day. */
const VISIT = `ARRAY[session_id, CASE WHEN session_id = '' THEN day || ' ' || visitor END]`;

/** What was done with an asset. $1 asset; $2, $3 first and last day; $4 how many referrers. */
export const ASSET_METRICS = `
  WITH assets AS (SELECT $1::text AS asset_id),
  days AS MATERIALIZED (
    SELECT date, sum(views)::float8 AS views, sum(clicks)::float8 AS clicks,
           sum(conversions)::float8 AS conversions, sum(revenue_cents)::float8 AS revenue_cents,
           sum(engagement_time) AS engagement_time
    FROM (${FIGURES_OF_ASSETS}) AS figures
    GROUP BY date
  ),
  visits AS MATERIALIZED (${VISITS_AT_ASSETS}),
  referrers AS (
    SELECT referrer, count(*)::float8 AS count
    FROM (
      SELECT DISTINCT ON (visit) referrer
      FROM (SELECT ${VISIT} AS visit, referrer, referrer_at FROM visits) AS named
      WHERE referrer IS NOT NULL
      ORDER BY visit, referrer_at, referrer
    ) AS firsts
    GROUP BY referrer
    ORDER BY count(*) DESC, referrer
    LIMIT $4
  )
  SELECT ${countedUntil({
    projections: ['asset-days', 'asset-sessions'],
    rollups: ['daily-metrics'],
  })} AS "asOf",
         ${NEWEST_RECEIVED_AT} AS "newestReceivedAt",
         (SELECT coalesce(sum(engagement_time), 0)::float8 FROM days) AS "engagementTime",
         (SELECT count(DISTINCT visitor)::float8 FROM visits WHERE visitor <> '') AS "uniqueVisitors",
         (SELECT count(DISTINCT visitor)::float8 FROM visits WHERE visitor <> '' AND is_bot)
           AS "uniqueBots",
         (SELECT coalesce(sum(cardinality(invalid_revenues)), 0)::float8 FROM visits)
           AS "invalidRevenues",
         (SELECT coalesce(json_agg(json_build_object('referrer', referrer, 'count', count)
                                   ORDER BY count DESC, referrer), '[]') FROM referrers) AS referrers,
         (SELECT coalesce(json_agg(json_build_object(
            'date', date, 'views', views, 'clicks', clicks, 'conversions', conversions,
            'revenueCents', revenue_cents)), '[]') FROM days) AS days
`;
