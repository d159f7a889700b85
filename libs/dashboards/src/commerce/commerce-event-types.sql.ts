import { ASKED, FRESHNESS } from './commerce-figures.sql.js';

/** Events by type and day. Parameters as `ASKED`. */
export const COMMERCE_EVENT_TYPES_BY_DAY = `
  WITH ${ASKED},
  days AS (
    SELECT event_type, day::text, sum(events)::float8 AS events
    FROM asked WHERE event_type IS NOT NULL
    GROUP BY event_type, day
  )
  SELECT ${FRESHNESS},
         (
           SELECT coalesce(json_agg(types), '[]')
           FROM (
             SELECT event_type AS "eventType", sum(events) AS events,
                    json_agg(json_build_object('day', day, 'events', events) ORDER BY day) AS days
             FROM days
             GROUP BY event_type
             ORDER BY sum(events) DESC, event_type COLLATE "C"
           ) AS types
         ) AS types
  FROM asked
`;
