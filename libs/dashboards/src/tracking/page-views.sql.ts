import { ANY_PAGE, countedUntil } from '#libs/database';

const FIGURES = `
  coalesce(sum(views), 0)::float8 AS views, coalesce(sum(visitors), 0)::float8 AS visitors,
  coalesce(sum(sessions), 0)::float8 AS sessions
`;

/** Over the days from $1 on everybody is counted on the first of his days among them. */
const IS_FIRST_DAY = 'previous IS NULL OR previous < $1::date';

const DAYS = 'day BETWEEN $1::date AND $2::date';

/** By an index that tells first days, and the others are not read: with OR they would be. */
const OF_PAGE = `SELECT * FROM page_views_daily WHERE page = listed.page AND ${DAYS}`;

/**
 * Who viewed what. $1 and $2 the first and the last day; $3 how many paths at most; $4 what they
 * begin with, where `isOfPrefix`.
 *
 * Paths are found by their name among those that were told apart, and counted by their page: also
 * on days on which they were not.
 */
const pageViews = (isOfPrefix: boolean): string => `
  WITH whole AS MATERIALIZED (
    SELECT * FROM page_views_daily WHERE ${DAYS} AND page = '${ANY_PAGE}'
  ),
  matching AS MATERIALIZED (
    SELECT page, path, sum(views) AS views FROM page_views_daily
    WHERE ${DAYS} AND path IS NOT NULL${isOfPrefix ? ' AND starts_with(path, $4)' : ''}
    GROUP BY page, path
  ),
  listed AS MATERIALIZED (
    SELECT page, path FROM matching ORDER BY views DESC, path COLLATE "C" LIMIT $3
  )
  SELECT ${countedUntil({
    projections: ['page-visits'],
    rollups: ['page-views-daily', 'tracking-daily'],
  })} AS "asOf",
         (
           SELECT max(newest_received_at) FROM tracking_daily
           WHERE ${DAYS} AND event_type = 'PAGEVIEW'
         ) AS "newestReceivedAt",
         (SELECT row_to_json(total) FROM (SELECT ${FIGURES} FROM whole WHERE ${IS_FIRST_DAY}) AS total) AS total,
         (
           SELECT coalesce(json_agg(days), '[]')
           FROM (
             SELECT day::text, sum(views) AS views, sum(visitors) AS visitors, sum(sessions) AS sessions
             FROM whole GROUP BY day
           ) AS days
         ) AS days,
         (
           SELECT json_build_object('paths', count(*), 'views', coalesce(sum(views), 0))
           FROM matching
         ) AS matching,
         (
           SELECT coalesce(json_agg(paths ORDER BY views DESC, path COLLATE "C"), '[]')
           FROM (
             SELECT path, figures.*
             FROM listed
             CROSS JOIN LATERAL (
               SELECT ${FIGURES}
               FROM (
                 ${OF_PAGE} AND previous IS NULL UNION ALL ${OF_PAGE} AND previous < $1::date
               ) AS first_days
             ) AS figures
           ) AS paths
         ) AS paths
`;

export const PAGE_VIEWS = pageViews(false);
export const PAGE_VIEWS_OF_PREFIX = pageViews(true);
