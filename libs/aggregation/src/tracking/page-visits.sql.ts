import { MOST_DAYS } from '#libs/contracts';
import { ANY_PAGE } from '#libs/database';
import { added, dayOf, firstCounted } from '../projections/difference.sql.js';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';
import { MOST_PATHS } from './page-views-daily.sql.js';
import { MOST_STEPS } from './tracking-daily.sql.js';

const hashOf = (name: string): string =>
  `CASE WHEN event_type = 'PAGEVIEW' THEN md5(${name})::uuid END`;

/** What each viewed is hashed here, once: it makes four visits. */
const events = (source: string): string => `
    SELECT ${dayOf('counted_at')} AS day, event_type = 'PAGEVIEW' AS is_view,
           ${hashOf('track_id')} AS visitor, ${hashOf('session_id')} AS visit,
           ${hashOf('path')} AS page, path, event_type, flow, step, received_at
    FROM (${source}) AS tracking
`;

const FIRST_COUNTED = firstCounted('tracking');

/** Who viewed what on which day: the visitor and the session, this page and whatever page. */
const visits = (source: string, slice = 'true'): string => `
    SELECT DISTINCT who, page, is_session, day
    FROM (
      SELECT who, viewed.page, is_session, day
      FROM (${source}) AS views
      CROSS JOIN LATERAL (VALUES (visitor, false), (visit, true)) AS seen (who, is_session)
      CROSS JOIN LATERAL (VALUES (views.page), ('${ANY_PAGE}'::uuid)) AS viewed (page)
      WHERE is_view AND day >= ${FIRST_COUNTED}
    ) AS visits
    WHERE ${slice}
`;

const sameAs = (a: string, b: string): string =>
  `(${a}.who, ${a}.page, ${a}.is_session) = (${b}.who, ${b}.page, ${b}.is_session)`;

/**
 * Whether a day is near enough before another to be its link. No question asks for more days: what
 * lies further back, can be forgotten.
 */
const isNear = (earlier: string, later: string): string =>
  `${earlier} < ${later} AND ${later} - ${earlier} < ${MOST_DAYS}`;

/** The day before this one on which the same visitor or session came to the same page. */
const previousOf = (visit: string): string => `(
      SELECT max(earlier.day) FROM page_visits AS earlier
      WHERE ${sameAs('earlier', visit)} AND ${isNear('earlier.day', `${visit}.day`)}
    )`;

const TOUCH = `
    -- Locks a row that is there already: a recount of that day must see what is folded here.
    ON CONFLICT (rollup, day) DO UPDATE SET
      touched_at = CASE WHEN stored.is_counted AND NOT excluded.is_counted THEN excluded.touched_at
                        ELSE stored.touched_at END,
      is_counted = stored.is_counted AND excluded.is_counted
`;

/** Paths and steps that the figures of a day do not tell apart, or that are more than they may. */
const IS_COUNTED = `day NOT IN (
      SELECT day FROM new_names WHERE new_names.rollup = days.rollup AND place > room
    )`;

/**
 * What new events make more in figures of views and of events. A path or step that is not told apart
 * yet, is while there is room; which are the most frequent where there is none, a recount finds.
 */
const DIFFERENCES = `viewed AS MATERIALIZED (
    SELECT day, path, count(*) AS views,
           (
             SELECT true FROM page_views_daily AS known
             WHERE known.page = md5(viewed.path)::uuid AND known.day = viewed.day
               AND known.path = viewed.path
             LIMIT 1
           ) IS TRUE AS is_known
    FROM events AS viewed
    WHERE is_view AND day >= ${FIRST_COUNTED}
    GROUP BY day, path
  ),
  counted AS MATERIALIZED (
    SELECT day, event_type, flow, step, count(*) AS events, max(received_at) AS newest,
           step IS NULL OR (
             SELECT true FROM tracking_daily AS known
             WHERE known.day = counted.day AND known.event_type = counted.event_type
               AND known.dimensions = md5(ROW(counted.event_type, counted.flow, counted.step)::text)::uuid
             LIMIT 1
           ) IS TRUE AS is_known
    FROM events AS counted
    WHERE day >= ${FIRST_COUNTED}
    GROUP BY day, event_type, flow, step
  ),
  new_names AS MATERIALIZED (
    SELECT 'page-views-daily' AS rollup, day, path AS name, NULL AS event_type, NULL AS flow,
           row_number() OVER (PARTITION BY day ORDER BY views DESC, path) AS place,
           ${MOST_PATHS} - (
             SELECT count(*) FROM page_views_daily AS known
             WHERE known.day = viewed.day AND known.path IS NOT NULL
           ) AS room
    FROM viewed
    WHERE NOT is_known
    UNION ALL
    SELECT 'tracking-daily', day, step, event_type, flow,
           row_number() OVER (PARTITION BY day, event_type, flow ORDER BY events DESC, step),
           ${MOST_STEPS} - 1 - (
             SELECT count(*) FROM tracking_daily AS known
             WHERE known.day = counted.day AND known.event_type = counted.event_type
               AND known.flow IS NOT DISTINCT FROM counted.flow AND known.step IS NOT NULL
           )
    FROM counted
    WHERE NOT is_known
  ),
  ${added({
    table: 'page_views_daily',
    distributedBy: 'page',
    dimensions: ['page', 'path', 'previous'],
    figures: {
      views: 'sum(views)::integer',
      visitors: 'sum(visitors)::integer',
      sessions: 'sum(sessions)::integer',
    },
    sizes: ['visitors', 'sessions', 'views'],
    source: `
      SELECT day, md5(path)::uuid AS page,
             CASE WHEN is_known OR (
               SELECT place <= room FROM new_names AS new
               WHERE new.rollup = 'page-views-daily' AND (new.day, new.name) = (viewed.day, viewed.path)
             ) THEN path END AS path,
             NULL::date AS previous, views, 0 AS visitors, 0 AS sessions
      FROM viewed
      UNION ALL
      SELECT day, '${ANY_PAGE}', NULL, NULL, views, 0, 0 FROM viewed
      UNION ALL
      SELECT day, page, NULL, previous, 0, (NOT is_session)::integer, is_session::integer FROM linked
      UNION ALL
      SELECT day, page, NULL, previous, 0, (NOT is_session)::integer, is_session::integer FROM relinked
      UNION ALL
      SELECT day, page, NULL, was, 0, -(NOT is_session)::integer, -is_session::integer FROM relinked`,
  })},
  ${added({
    table: 'tracking_daily',
    distributedBy: 'eventType',
    dimensions: ['eventType', 'flow', 'step'],
    figures: { events: 'sum(events)::integer', newestReceivedAt: 'max(newest)' },
    sizes: ['events'],
    source: `
      SELECT day, event_type, flow,
             CASE WHEN is_known OR (
               SELECT place <= room FROM new_names AS new
               WHERE new.rollup = 'tracking-daily' AND (new.day, new.event_type) = (counted.day, counted.event_type)
                 AND new.flow IS NOT DISTINCT FROM counted.flow AND new.name = counted.step
             ) THEN step END AS step,
             events, newest
      FROM counted`,
  })}`;

/**
 * Adds the visits that are not there, linked with those before and after them, and notes every day
 * that has events: views are counted from those. Added again, they change nothing.
 */
const addVisits = (source: string, slice?: string, differences?: string): string => `
  WITH events AS MATERIALIZED (${events(source)}),
  fresh AS MATERIALIZED (
    SELECT visit.*, latest,
           lag(visit.day) OVER (PARTITION BY who, page, is_session ORDER BY visit.day) AS before
    FROM (${visits('SELECT * FROM events', slice)}) AS visit
    -- One look into the index tells whether it is there, and what came before it.
    LEFT JOIN LATERAL (
      SELECT stored.day AS latest FROM page_visits AS stored
      WHERE ${sameAs('stored', 'visit')} AND stored.day <= visit.day
      ORDER BY stored.day DESC LIMIT 1
    ) AS stored ON true
    WHERE latest IS DISTINCT FROM visit.day
  ),
  linked AS MATERIALIZED (
    SELECT who, page, is_session, day,
           greatest(
             CASE WHEN ${isNear('before', 'day')} THEN before END,
             CASE WHEN ${isNear('latest', 'day')} THEN latest END
           ) AS previous,
           -- None comes after the last of all days, which is that of most events.
           CASE WHEN day < (SELECT max(day) FROM page_visits) THEN (
             SELECT min(later.day) FROM page_visits AS later
             WHERE ${sameAs('later', 'fresh')} AND ${isNear('fresh.day', 'later.day')}
           ) END AS next
    FROM fresh
  ),
  added AS (
    INSERT INTO page_visits (who, page, is_session, day, previous)
    SELECT who, page, is_session, day, previous FROM linked
    ORDER BY who, page, is_session, day
    RETURNING 1
  ),
  relinked AS (
    UPDATE page_visits AS later SET previous = linked.day
    FROM (
      SELECT linked.*, stored.previous AS was
      FROM (
        SELECT who, page, is_session, next, max(day) AS day FROM linked
        WHERE next IS NOT NULL GROUP BY who, page, is_session, next
      ) AS linked
      JOIN page_visits AS stored ON ${sameAs('stored', 'linked')} AND stored.day = linked.next
    ) AS linked
    WHERE ${sameAs('later', 'linked')} AND later.day = linked.next
    RETURNING later.day, later.page, later.is_session, later.previous, linked.was
  ),
  days AS (
    SELECT 'tracking-daily' AS rollup, day FROM events
    UNION SELECT 'page-views-daily', day FROM events WHERE is_view
    UNION SELECT 'page-views-daily', day FROM relinked
  ),
  ${differences === undefined ? '' : `${differences},`}
  touched AS (
    INSERT INTO touched_days AS stored (rollup, day, is_counted)
    SELECT rollup, day, ${differences === undefined ? 'false' : IS_COUNTED} FROM days
    ORDER BY rollup, day
    ${TOUCH}
  )
  SELECT ((SELECT count(*) FROM added) + (SELECT count(*) FROM relinked))::int AS rows,
         ARRAY(SELECT DISTINCT day::text FROM days ORDER BY day) AS days
`;

/**
 * Removes the visits of a day that have no event, or a wrong link; what is right is added again by
 * the fold that follows. $1 the day's beginning, $5 its end.
 */
const pruneVisits = (source: string, slice: string): string => `
  WITH recounted AS MATERIALIZED (${visits(events(source), slice)}),
  pruned AS (
    DELETE FROM page_visits AS stored
    WHERE day >= ${dayOf('$1::timestamptz')} AND day < ${dayOf('$5::timestamptz')} AND ${slice}
      AND (
        previous IS DISTINCT FROM ${previousOf('stored')}
        OR NOT EXISTS (
          SELECT FROM recounted
          WHERE ${sameAs('recounted', 'stored')} AND recounted.day = stored.day
        )
      )
    RETURNING who, page, is_session, day
  ),
  relinked AS (
    UPDATE page_visits AS later SET previous = ${previousOf('pruned')}
    FROM pruned
    WHERE ${sameAs('later', 'pruned')} AND later.day > pruned.day AND later.previous = pruned.day
    RETURNING later.day
  ),
  touched AS (
    INSERT INTO touched_days AS stored (rollup, day)
    SELECT DISTINCT 'page-views-daily', day FROM relinked ORDER BY day
    ${TOUCH}
  )
  SELECT count(*)::int AS rows FROM pruned
`;

/** A visit is of one day: the day after need not be read. */
const ofTheDay = `
  SELECT * FROM (${eventsBetween('tracking', 'page-visits')}) AS folded
  WHERE counted_at < $1::timestamptz + interval '1 day'
`;
const slice = inSlice('who::text');

/** Page views to `page_visits`; what is counted of tracking events themselves waits for it too. */
export const PAGE_VISITS: Fold = {
  id: 'page-visits',
  contract: 'tracking',
  foldBatches: addVisits(eventsOfBatches('tracking')),
  foldNewBatches: addVisits(eventsOfBatches('tracking'), undefined, DIFFERENCES),
  recount: {
    events: rawBetween('tracking'),
    prune: pruneVisits(ofTheDay, slice),
    fold: addVisits(ofTheDay, slice),
    foldsEventsAlone: true,
  },
};
