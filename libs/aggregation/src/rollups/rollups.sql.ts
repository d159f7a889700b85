import { ROLLUP_LAG } from '#libs/database';

/**
 * The days that a rollup is to recount by itself. Those that a backfill mends wait a little: it counts
 * them when it has mended them, and what it mends touches others of them again and again. What is
 * late is on its day within a minute all the same, and today never waits. $1 rollup.
 */
const DAYS_TO_RECOUNT = `
  SELECT day FROM touched_days
  WHERE rollup = $1 AND NOT (
    touched_at > now() - interval '30 seconds' AND day < (now() AT TIME ZONE 'UTC')::date
    AND EXISTS (
      SELECT FROM backfills
      WHERE state = 'running' AND NOT dry_run AND day BETWEEN from_day AND to_day
    )
  )
`;

/** $1 rollup, $2 whether also of days whose figures hold already what touched them. */
export const ROLLUP_STATE = `
  SELECT coalesce(${ROLLUP_LAG('$1')}, 0) AS "lagSeconds",
         EXISTS (${DAYS_TO_RECOUNT} AND ($2::boolean OR NOT is_counted)) AS "isBehind"
`;

/** A thousand events a second: a tenth of what a small machine stores. Of the last batches only. */
export const IS_BUSY = `
  SELECT coalesce(sum(stored), 0) >= 5000 AS "isBusy"
  FROM (SELECT stored, created_at FROM writer_batches ORDER BY id DESC LIMIT 200) AS latest
  WHERE created_at > now() - interval '5 seconds'
`;

/**
 * The days to recount, the newest first: most people look at those. $1 rollup, $2 how many, $3 whether
 * also those whose figures hold already what touched them.
 */
export const TOUCHED_DAYS = `
  SELECT day::text FROM (${DAYS_TO_RECOUNT} AND ($3::boolean OR NOT is_counted)) AS waiting
  ORDER BY day DESC LIMIT $2
`;

/**
 * Waits for whoever touches the day at this moment, so that what he folds is recounted too. $1
 * rollup, $2 day.
 */
export const TAKE_DAY = `
  DELETE FROM touched_days WHERE rollup = $1 AND day = $2::date RETURNING 1
`;

/** Until the end of the transaction: a day is grouped in half the time. */
export const SORT_IN_MEMORY = "SET LOCAL work_mem = '64MB'";
