import { countedUntil } from '#libs/database';

/**
 * Which steps were come to. $1 and $2 the first and the last day; $3 the types of their events;
 * $4 flow, or null; $5 how many at most.
 */
export const COCKPIT_STEPS = `
  WITH asked AS MATERIALIZED (
    SELECT event_type AS "eventType", flow, step, sum(events)::float8 AS views,
           max(newest_received_at) AS newest
    FROM tracking_daily
    WHERE day BETWEEN $1::date AND $2::date AND event_type = ANY($3::text[])
      AND ($4::text IS NULL OR flow = $4)
    GROUP BY event_type, flow, step
  )
  SELECT ${countedUntil({ projections: ['page-visits'], rollups: ['tracking-daily'] })} AS "asOf",
         max(newest) AS "newestReceivedAt",
         coalesce(sum(views), 0) AS views,
         (
           SELECT coalesce(json_agg(listed), '[]')
           FROM (
             SELECT "eventType", flow, step, views FROM asked
             WHERE flow IS NOT NULL AND step IS NOT NULL
             ORDER BY views DESC, "eventType" DESC, flow, step COLLATE "C"
             LIMIT $5
           ) AS listed
         ) AS steps
  FROM asked
`;
