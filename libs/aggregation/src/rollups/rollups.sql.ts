import { ROLLUP_LAG } from '#libs/database';

/** $1 rollup. */
export const ROLLUP_STATE = `
  SELECT coalesce(lag, 0) AS "lagSeconds", lag IS NOT NULL AS "isBehind"
  FROM (SELECT ${ROLLUP_LAG('$1')} AS lag) AS state
`;

/** The days to recount, the newest first: most people look at those. $1 rollup, $2 how many. */
export const TOUCHED_DAYS = `
  SELECT day::text FROM touched_days WHERE rollup = $1 ORDER BY day DESC LIMIT $2
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
