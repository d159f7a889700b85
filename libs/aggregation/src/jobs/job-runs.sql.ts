/**
 * Notes a run. $1 job, $2 began, $3 ended, $4 milliseconds, $5 rows, $6 days, $7 difference,
 * $8 error, $9 whether it may go into the entry before it: that of the same minute which ended alike.
 */
export const ADD_JOB_RUN = `
  WITH latest AS (
    SELECT id FROM job_runs WHERE job = $1 ORDER BY id DESC LIMIT 1
  ), extended AS (
    UPDATE job_runs AS run SET
      ended_at = $3,
      runs     = run.runs + 1,
      busy_ms  = run.busy_ms + $4,
      rows     = run.rows + $5,
      days     = ARRAY(
        SELECT day FROM (SELECT DISTINCT unnest(run.days || $6::date[]) AS day) AS days
        ORDER BY day DESC LIMIT 31
      )
    FROM latest
    WHERE run.id = latest.id AND $9::boolean
      AND run.started_at > $2::timestamptz - interval '1 minute' AND run.started_at <= $2
      AND run.error IS NOT DISTINCT FROM $8::varchar
    RETURNING run.id
  )
  INSERT INTO job_runs (job, started_at, ended_at, runs, busy_ms, rows, days, difference, error)
  SELECT $1, $2, $3, 1, $4, $5,
         ARRAY(SELECT DISTINCT unnest($6::date[]) AS day ORDER BY day DESC LIMIT 31), $7, $8
  WHERE NOT EXISTS (SELECT FROM extended)
`;

/** The last run that ended well. $1 job. */
export const LAST_SUCCESS = `
  SELECT started_at AS "startedAt", difference::float8 AS difference
  FROM job_runs
  WHERE job = $1 AND error IS NULL
  ORDER BY id DESC
  LIMIT 1
`;
