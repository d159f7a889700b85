import { countedBetween, IS_PRODUCTION } from '#libs/database';

/**
 * A session converted if it has either: a payment counts only where no conversion was sent, and a
 * session once.
 */
const CONVERSIONS = "'checkout_conversion_success', 'checkout_payment_success'";

/**
 * Sessions, events by name and conversions. $1 and $2 two moments, the second not included;
 * $3 offer, $4 producer, $5 product, or null; $6 whether everything counts, or production only;
 * $7 all event names.
 *
 * The rows are read once and grouped twice: by session (the pair of session and offer) and by
 * name. Of a session is kept which names it has, a bit a name (`has`; null where nothing of it
 * counts); the sessions alike in that are few, so that counting them name by name costs nothing.
 */
export const CHECKOUT_SUMMARY = `
  WITH asked AS (
    SELECT session_id, offer_id, event_name::text AS name, received_at,
           $6::boolean OR ${IS_PRODUCTION} AS counts
    FROM ${countedBetween('checkout', '$1::timestamptz', '$2::timestamptz')} AS events
    WHERE ($3::text IS NULL OR offer_id = $3)
      AND ($4::text IS NULL OR producer_id = $4)
      AND ($5::text IS NULL OR product_id = $5)
  ),
  grouped AS (
    SELECT grouping(name) = 1 AS is_session, name,
           count(*) FILTER (WHERE counts) AS events,
           count(*) FILTER (WHERE NOT counts) AS left_out,
           bit_or(1::bigint << array_position($7::text[], name)) FILTER (WHERE counts) AS has,
           bool_or(counts AND name IN (${CONVERSIONS})) AS converted,
           max(received_at) AS newest
    FROM asked
    GROUP BY GROUPING SETS ((session_id, offer_id), (name))
  ),
  names AS (SELECT name, events, left_out, newest FROM grouped WHERE NOT is_session),
  alike AS (
    SELECT has, converted, count(*) AS sessions FROM grouped WHERE is_session GROUP BY has, converted
  ),
  sessions_by_name AS (
    SELECT name, sum(sessions) AS sessions
    FROM unnest($7::text[]) WITH ORDINALITY AS catalogue (name, bit)
    JOIN alike ON has & (1::bigint << bit::int) <> 0
    GROUP BY name
  )
  SELECT now() AS "asOf",
         (SELECT max(newest) FROM names) AS "newestReceivedAt",
         coalesce(sum(sessions) FILTER (WHERE has IS NOT NULL), 0)::float8 AS sessions,
         coalesce(sum(sessions) FILTER (WHERE converted), 0)::float8 AS conversions,
         coalesce(sum(sessions) FILTER (WHERE has IS NULL), 0)::float8 AS "leftOutSessions",
         (SELECT coalesce(sum(left_out), 0)::float8 FROM names) AS "leftOutEvents",
         (SELECT coalesce(json_object_agg(name, ARRAY[events, sessions]), '{}')
          FROM names JOIN sessions_by_name USING (name)) AS "byName"
  FROM alike
`;
