import {
  COUNTS_OF_ROWS,
  countedUntil,
  countsOfParts,
  partsOf,
  rowsAtAsset,
  toldApart,
} from '#libs/database';
import {
  eachOnItsOwn,
  FIGURES_OF_ASSETS,
  IS_BELIEVED_OWNER,
  NEWEST_RECEIVED_AT,
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

/** When visits of this day are counted; waiting ones are read. */
const IS_COUNTED = `day BETWEEN $2::date AND $3::date AND day NOT IN (SELECT day FROM waiting)`;

/** What those who are coming were on counted days. */
const OF_COMING = partsOf(
  (kind) => `
      SELECT ids.id, found.*
      FROM (SELECT DISTINCT ip_asset_id, id FROM coming WHERE kind = '${kind}') AS ids
      ${eachOnItsOwn(`SELECT * FROM (${rowsAtAsset(kind, 'ids', IS_COUNTED)}) AS rows`)}
`,
);

/**
 * What was done with an asset. $1 asset; $2, $3 first and last day; $4 how many referrers.
 *
 * Each day as it was counted, without what those of several days were there, and with what they are in
 * all: a visitor one, a session one that came from the first page that it named.
 */
export const ASSET_METRICS = `
  WITH assets AS (SELECT $1::text AS asset_id),
  days AS MATERIALIZED (
    SELECT date, sum(views)::float8 AS views, sum(clicks)::float8 AS clicks,
           sum(conversions)::float8 AS conversions, sum(revenue_cents)::float8 AS revenue_cents,
           sum(engagement_time) AS engagement_time
    FROM (${FIGURES_OF_ASSETS}) AS figures
    GROUP BY date
  ),
  waiting AS MATERIALIZED (
    SELECT day FROM touched_days
    WHERE rollup = 'asset-visits-daily' AND day BETWEEN $2::date AND $3::date
  ),
  of_waiting AS MATERIALIZED (
    SELECT found.* FROM waiting ${eachOnItsOwn(`
      SELECT * FROM asset_sessions AS visit
      WHERE visit.ip_asset_id = $1 AND visit.day = waiting.day
    `)}
  ),
  coming AS MATERIALIZED (${partsOf(toldApart('SELECT * FROM of_waiting'))}),
  -- What came on several counted days, and what those who are coming were on them.
  of_counted AS MATERIALIZED (
    SELECT day, kind, id, referrer, is_bot FROM returning_visits
    WHERE ip_asset_id = $1 AND ${IS_COUNTED}
    UNION
    SELECT day, kind, id, referrer, is_bot
    FROM (${OF_COMING}) AS parts
  ),
  whole AS (
    SELECT kind, id, bool_or(is_bot) AS is_bot,
           (array_agg(referrer ORDER BY day) FILTER (WHERE referrer IS NOT NULL))[1] AS referrer
    FROM (
      SELECT day, kind, id, referrer, is_bot FROM of_counted
      UNION ALL SELECT day, kind, id, referrer, is_bot FROM coming
    ) AS parts
    GROUP BY kind, id
  ),
  counts AS MATERIALIZED (
    SELECT referrer, sum(visits)::float8 AS visits, sum(visitors)::float8 AS visitors,
           sum(bots)::float8 AS bots, sum(invalid_revenues)::float8 AS invalid_revenues
    FROM (
      SELECT referrer, visits, visitors, bots, invalid_revenues FROM asset_visits_daily
      WHERE ip_asset_id = $1 AND ${IS_COUNTED}
      UNION ALL SELECT ${countsOfParts(-1)} FROM of_counted
      UNION ALL SELECT ${countsOfParts(1)} FROM whole
      UNION ALL SELECT ${COUNTS_OF_ROWS} FROM of_waiting
    ) AS counts
    GROUP BY referrer
  ),
  referrers AS (
    SELECT referrer, visits AS count FROM counts
    WHERE referrer IS NOT NULL AND visits > 0
    ORDER BY visits DESC, referrer
    LIMIT $4
  )
  SELECT ${countedUntil({
    projections: ['asset-days', 'asset-sessions'],
    rollups: ['daily-metrics'],
  })} AS "asOf",
         ${NEWEST_RECEIVED_AT} AS "newestReceivedAt",
         (SELECT coalesce(sum(engagement_time), 0)::float8 FROM days) AS "engagementTime",
         (SELECT coalesce(sum(visitors), 0) FROM counts) AS "uniqueVisitors",
         (SELECT coalesce(sum(bots), 0) FROM counts) AS "uniqueBots",
         (SELECT coalesce(sum(invalid_revenues), 0) FROM counts) AS "invalidRevenues",
         (SELECT coalesce(json_agg(json_build_object('referrer', referrer, 'count', count)
                                   ORDER BY count DESC, referrer), '[]') FROM referrers) AS referrers,
         (SELECT coalesce(json_agg(json_build_object(
            'date', date, 'views', views, 'clicks', clicks, 'conversions', conversions,
            'revenueCents', revenue_cents)), '[]') FROM days) AS days
`;
