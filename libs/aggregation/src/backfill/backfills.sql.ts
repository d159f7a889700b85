/** The lease of the job that runs backfills. */
const RUNS_BACKFILLS = "'run-backfills'";

/** $1 first day, $2 last day, $3 whether it is a dry run, $4 rollups. Answers its id. */
export const REQUEST_BACKFILL = `
  INSERT INTO backfills (from_day, to_day, dry_run, rollups)
  VALUES ($1::date, $2::date, $3, $4)
  RETURNING id::float8 AS id
`;

/** Days are done from the newest backwards, so that the number of them tells which comes next. */
const BACKFILLS = `
  SELECT backfill.id::float8 AS id, from_day::text AS "from", to_day::text AS "to",
         dry_run AS "dryRun", rollups, state, is_stopping AS "isStopping", error,
         requested_at AS "requestedAt", started_at AS "startedAt", ended_at AS "endedAt",
         to_day - from_day + 1 AS days, done.days AS "daysDone", done.rows,
         done.busy_ms AS "busyMs", done.difference
  FROM backfills AS backfill
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE is_done)::int AS days,
           coalesce(sum(rows), 0)::float8 AS rows,
           coalesce(sum(busy_ms) FILTER (WHERE is_done), 0)::float8 AS busy_ms,
           coalesce(sum((SELECT sum(value::bigint) FROM jsonb_each_text(differences))), 0)::float8
             AS difference
    FROM backfill_days WHERE backfill = backfill.id
  ) AS done
`;

/** $1 which one. */
export const GET_BACKFILL = `${BACKFILLS} WHERE backfill.id = $1::bigint`;

/** Newest first. $1 those before this one, $2 how many. */
export const LIST_BACKFILLS = `
  ${BACKFILLS}
  WHERE $1::bigint IS NULL OR backfill.id < $1::bigint
  ORDER BY backfill.id DESC
  LIMIT $2
`;

/** The days that are done, newest first. $1 which backfill. */
export const LIST_BACKFILL_DAYS = `
  SELECT day::text, rows::float8 AS rows, busy_ms::float8 AS "durationMs", differences
  FROM backfill_days
  WHERE backfill = $1::bigint AND is_done
  ORDER BY day DESC
`;

/**
 * Asks whoever runs it to stop before the next day; where nobody does, it is stopped at once. $1
 * which one.
 */
export const STOP_BACKFILL = `
  UPDATE backfills SET
    state       = CASE WHEN state = 'running' AND held THEN state ELSE 'stopped' END,
    is_stopping = state = 'running' AND held,
    ended_at    = CASE WHEN state = 'running' AND held THEN NULL ELSE now() END
  FROM (
    SELECT EXISTS (
      SELECT FROM job_leases WHERE job = ${RUNS_BACKFILLS} AND until > now()
    ) AS held
  ) AS lease
  WHERE id = $1::bigint AND state IN ('queued', 'running')
`;

/** Lets it go on with the days that are left. $1 which one. */
export const RESUME_BACKFILL = `
  UPDATE backfills SET
    state = CASE WHEN state = 'running' THEN state ELSE 'queued' END,
    is_stopping = false, ended_at = NULL, failures = 0, error = NULL
  WHERE id = $1::bigint AND (state IN ('stopped', 'failed') OR is_stopping)
`;

/** Whether there is one to be run. */
export const IS_BACKFILL_OPEN = `
  SELECT 1 FROM backfills WHERE state IN ('queued', 'running') LIMIT 1
`;

/** Takes the one that is under way, else the one that waits longest, and tells its next day. */
export const TAKE_BACKFILL = `
  UPDATE backfills AS backfill SET
    state = 'running', started_at = coalesce(started_at, now())
  WHERE id = (
    SELECT id FROM backfills WHERE state IN ('queued', 'running')
    ORDER BY state = 'running' DESC, id
    LIMIT 1
  ) AND state IN ('queued', 'running')
  RETURNING id::float8 AS id, dry_run AS "dryRun", rollups, is_stopping AS "isStopping",
    (
      SELECT max(each.day)::date::text
      FROM generate_series(from_day, to_day, interval '1 day') AS each (day)
      WHERE NOT EXISTS (
        SELECT FROM backfill_days AS done
        WHERE done.backfill = backfill.id AND done.day = each.day::date AND is_done
      )
    ) AS day
`;

/**
 * Adds what was mended, in the transaction that mended it: a day that is begun anew after a crash
 * finds the rest. $1 backfill, $2 day, $3 the projection or rollup, $4 how many rows.
 */
export const NOTE_DIFFERENCE = `
  INSERT INTO backfill_days AS stored (backfill, day, differences)
  VALUES ($1::bigint, $2::date, jsonb_build_object($3::text, $4::bigint))
  ON CONFLICT (backfill, day) DO UPDATE SET
    differences = stored.differences || jsonb_build_object(
      $3::text, coalesce((stored.differences ->> $3::text)::bigint, 0) + $4::bigint
    )
`;

/** $1 backfill, $2 day, $3 rows, $4 milliseconds, $5 differences that are not noted yet. */
export const DAY_IS_DONE = `
  WITH works AS (
    UPDATE backfills SET failures = 0, error = NULL WHERE id = $1::bigint
  )
  INSERT INTO backfill_days AS stored (backfill, day, rows, busy_ms, differences, is_done)
  VALUES ($1::bigint, $2::date, $3, $4, $5::jsonb, true)
  ON CONFLICT (backfill, day) DO UPDATE SET
    rows = excluded.rows, busy_ms = stored.busy_ms + excluded.busy_ms,
    differences = stored.differences || excluded.differences, is_done = true
`;

/** $1 which one, $2 how it ended. */
export const END_BACKFILL = `
  UPDATE backfills SET state = $2, is_stopping = false, ended_at = now()
  WHERE id = $1::bigint AND state = 'running'
`;

/** Gives it up where it was one failure too many. $1 which one, $2 the error, $3 how many. */
export const NOTE_FAILURE = `
  UPDATE backfills SET
    failures = failures + 1, error = $2,
    state    = CASE WHEN failures + 1 >= $3 THEN 'failed' ELSE state END,
    ended_at = CASE WHEN failures + 1 >= $3 THEN now() END
  WHERE id = $1::bigint AND state = 'running'
  RETURNING state = 'failed' AS "isGivenUp"
`;
