import { ANY_PAGE, type PageViewsDailyEntity } from '#libs/database';
import type { Rollup } from '../rollups/rollup.js';
import { rollupStatement } from '../rollups/rollup.sql.js';
import { EVENTS_OF_DAY } from './events-of-day.sql.js';

/** Anybody can make up paths: of a day so many are told by their name. */
export const MOST_PATHS = 1000;

const VIEWS = `
  WITH viewed AS MATERIALIZED (
    SELECT path, views, row_number() OVER (ORDER BY views DESC, path) AS rank
    FROM (
      SELECT path, count(*) AS views FROM (${EVENTS_OF_DAY}) AS events
      WHERE event_type = 'PAGEVIEW'
      GROUP BY path
    ) AS counted
  )
  SELECT md5(path)::uuid AS page, CASE WHEN rank <= ${MOST_PATHS} THEN path END AS path,
         NULL::date AS previous, views, 0 AS visitors, 0 AS sessions
  FROM viewed
  UNION ALL
  SELECT '${ANY_PAGE}', NULL, NULL, sum(views), 0, 0 FROM viewed HAVING count(*) > 0
  UNION ALL
  SELECT page, NULL, previous, 0,
         count(*) FILTER (WHERE NOT is_session), count(*) FILTER (WHERE is_session)
  FROM page_visits
  WHERE day = $1::date
  GROUP BY page, previous
`;

type Dimension = 'page' | 'path' | 'previous';
type Figure = Exclude<keyof PageViewsDailyEntity, Dimension | 'day' | 'dimensions'>;

const dimensions: Record<Dimension, string> = {
  page: 'page',
  path: 'path',
  previous: 'previous',
};

const figures: Record<Figure, string> = {
  views: 'sum(views)::int',
  visitors: 'sum(visitors)::int',
  sessions: 'sum(sessions)::int',
};

/** Page views and `page_visits` to `page_views_daily`. */
export const PAGE_VIEWS_DAILY: Rollup = {
  id: 'page-views-daily',
  projections: ['page-visits'],
  looksUpDays: ['page-visits'],
  recountDay: rollupStatement({
    table: 'page_views_daily',
    distributedBy: 'page',
    dimensions,
    figures,
    source: VIEWS,
  }),
};
