import { PROJECTION_LAG, ROLLUP_LAG } from '#libs/database';

/** How jobs are getting on. $1 their ids, $2 how many of the last entries of each. */
export const LIST_JOBS = `
  SELECT job AS id,
         EXISTS (SELECT FROM job_leases WHERE job_leases.job = known.job AND until > now())
           AS "isRunning",
         ${PROJECTION_LAG('known.job')} AS "projectionLag",
         ${ROLLUP_LAG('known.job')} AS "rollupLag",
         (
           SELECT ended_at FROM job_runs
           WHERE job_runs.job = known.job AND error IS NULL
           ORDER BY id DESC LIMIT 1
         ) AS "lastSuccessAt",
         coalesce((
           SELECT json_agg(run ORDER BY run.id DESC)
           FROM (
             SELECT id, started_at AS "startedAt", ended_at AS "endedAt", runs,
                    busy_ms AS "durationMs", rows, days, difference, error
             FROM job_runs
             WHERE job_runs.job = known.job
             ORDER BY id DESC
             LIMIT $2
           ) AS run
         ), '[]') AS runs
  FROM unnest($1::text[]) WITH ORDINALITY AS known (job, ordinal)
  ORDER BY ordinal
`;
