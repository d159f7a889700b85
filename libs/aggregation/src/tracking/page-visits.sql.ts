import { MOST_DAYS } from '#libs/contracts';
import { ANY_PAGE } from '#libs/database';
import {
  eventsBetween,
  eventsOfBatches,
  inSlice,
  rawBetween,
} from '../projections/event-source.sql.js';
import type { Fold } from '../projections/fold.js';

const dayOf = (moment: string): string => `(${moment} AT TIME ZONE 'UTC')::date`;

const events = (source: string): string => `
    SELECT ${dayOf('counted_at')} AS day, event_type = 'PAGEVIEW' AS is_view,
           track_id, session_id, path
    FROM (${source}) AS tracking
`;

/** On which days visits are counted still: those before are final, whatever comes for them. */
const FIRST_COUNTED = `coalesce(
        (SELECT ${dayOf('before')} FROM retired_events WHERE contract = 'tracking'), '-infinity'
      )`;

/** Who viewed what on which day: the visitor and the session, this page and whatever page. */
const visits = (source: string, slice = 'true'): string => `
    SELECT DISTINCT who, page, is_session, day
    FROM (
      SELECT md5(name)::uuid AS who, page, is_session, day
      FROM (${source}) AS views
      CROSS JOIN LATERAL (VALUES (track_id, false), (session_id, true)) AS seen (name, is_session)
      CROSS JOIN LATERAL (VALUES (md5(path)::uuid), ('${ANY_PAGE}'::uuid)) AS viewed (page)
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
    ON CONFLICT (rollup, day) DO UPDATE SET touched_at = stored.touched_at
`;

/**
 * Adds the visits that are not there, linked with those before and after them, and notes every day
 * that has events: views are counted from those. Added again, they change nothing.
 */
const addVisits = (source: string, slice?: string): string => `
  WITH events AS MATERIALIZED (${events(source)}),
  fresh AS MATERIALIZED (
    SELECT visit.*, lag(day) OVER (PARTITION BY who, page, is_session ORDER BY day) AS before
    FROM (${visits('SELECT * FROM events', slice)}) AS visit
    WHERE NOT EXISTS (
      SELECT FROM page_visits AS stored WHERE ${sameAs('stored', 'visit')} AND stored.day = visit.day
    )
  ),
  linked AS MATERIALIZED (
    SELECT who, page, is_session, day,
           greatest(
             CASE WHEN ${isNear('before', 'day')} THEN before END, ${previousOf('fresh')}
           ) AS previous,
           (
             SELECT min(later.day) FROM page_visits AS later
             WHERE ${sameAs('later', 'fresh')} AND ${isNear('fresh.day', 'later.day')}
           ) AS next
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
      SELECT who, page, is_session, next, max(day) AS day FROM linked
      WHERE next IS NOT NULL GROUP BY who, page, is_session, next
    ) AS linked
    WHERE ${sameAs('later', 'linked')} AND later.day = linked.next
    RETURNING later.day
  ),
  days AS (
    SELECT 'tracking-daily' AS rollup, day FROM events
    UNION SELECT 'page-views-daily', day FROM events WHERE is_view
    UNION SELECT 'page-views-daily', day FROM relinked
  ),
  touched AS (
    INSERT INTO touched_days AS stored (rollup, day)
    SELECT rollup, day FROM days ORDER BY rollup, day
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
  recount: {
    events: rawBetween('tracking'),
    prune: pruneVisits(ofTheDay, slice),
    fold: addVisits(ofTheDay, slice),
    foldsEventsAlone: true,
  },
};
