/**
 * Claims keys; the first event time of a key stands. Answers the keys that were taken before:
 * none, for all but retries. $1 contract, $2 keys, sorted, each once, $3 their event times.
 */
export const CLAIM_EVENT_KEYS = {
  name: 'claim_event_keys',
  text: `
  WITH claimed AS MATERIALIZED (
    SELECT * FROM unnest($2::text[], $3::timestamptz[]) AS claimed (key, event_time)
  ), stored AS (
    INSERT INTO event_keys (contract, key, event_time)
    SELECT $1, claimed.key, claimed.event_time FROM claimed
    ON CONFLICT (contract, key) DO NOTHING
    RETURNING key
  )
  SELECT key FROM claimed
  WHERE (SELECT count(*) FROM stored) < (SELECT count(*) FROM claimed)
    AND key NOT IN (SELECT key FROM stored)
`,
};

/**
 * $1 contract, $2 keys. Times are spelt as `timeText` does: a Date would cut their microseconds.
 *
 * One look into the index for each key. As a join it would be planned once, for the table as it was
 * by then: on a young database that is a small one, to be read as a whole for each batch, however
 * large it has grown.
 */
export const TIMES_OF_EVENT_KEYS = {
  name: 'times_of_event_keys',
  text: `
  SELECT asked.key, found.time
  FROM unnest($2::text[]) AS asked (key)
  CROSS JOIN LATERAL (
    SELECT to_char(event_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS time
    FROM event_keys WHERE contract = $1 AND key = asked.key LIMIT 1
  ) AS found
`,
};
