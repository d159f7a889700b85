/** $1 key id, $2 times of events, $3 how many props of each. */
export const ADD_KEY_USES = {
  name: 'add_props_key_uses',
  text: `
  INSERT INTO props_key_uses (key_id, day, props)
  SELECT $1, occurred_at::date, sum(props)
  FROM unnest($2::timestamptz[], $3::integer[]) AS used (occurred_at, props)
  GROUP BY occurred_at::date
`,
};

/** One process of all at a time, a batch each; whoever comes meanwhile goes away. */
export const TRY_TO_ENCRYPT_ALONE =
  "SELECT pg_try_advisory_xact_lock(hashtext('footfall encrypted props')) AS alone";

/**
 * A row a transaction of the event writer becomes a row a day. $1 key ids. What is merged in the
 * middle of a day begins that day again.
 */
export const MERGE_KEY_USES = `
  WITH merged AS (
    DELETE FROM props_key_uses WHERE (key_id, day) IN (
      SELECT key_id, day FROM props_key_uses GROUP BY key_id, day HAVING count(*) > 1
    )
    RETURNING *
  )
  INSERT INTO props_key_uses (key_id, day, props, position)
  SELECT key_id, day, sum(props), (array_agg(position ORDER BY position))[1]
  FROM merged GROUP BY key_id, day
`;

/** Props that the current key has not encrypted. $1 its id. */
export const COUNT_TO_REENCRYPT = `
  SELECT coalesce(sum(props), 0)::float8 AS props FROM props_key_uses WHERE key_id <> $1
`;

/**
 * Takes what is noted of the oldest day, to be noted again where the day is not done. What other
 * transactions note of it later is not taken. $1 ids of keys that can be read.
 */
export const TAKE_OLDEST_DAY = `
  DELETE FROM props_key_uses
  WHERE key_id = ANY($1) AND day = (SELECT min(day) FROM props_key_uses WHERE key_id = ANY($1))
  RETURNING key_id AS "keyId", day::text, props, position
`;

/**
 * The next events of a day, by id, each with those of its props that are to be encrypted anew, as
 * JSON; null where there are none. Numbers stay as PostgreSQL has them: values come as text.
 *
 * $1 day, $2 position, $3 how many, $4 what the current key's values begin with, $5 names.
 */
export const NEXT_EVENTS = `
  SELECT events.id, events.occurred_at::text AS "occurredAt", stale.props AS stale
  FROM events
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(key, value::text)) AS props
    FROM jsonb_each(CASE jsonb_typeof(props_json) WHEN 'object' THEN props_json END)
    WHERE CASE
      WHEN starts_with(value::text, '"v1:') THEN NOT starts_with(value::text, $4)
      ELSE key = ANY($5)
    END
  ) AS stale
  WHERE occurred_at >= $1::timestamptz AND occurred_at < $1::timestamptz + interval '1 day'
    AND id > $2
  ORDER BY id
  LIMIT $3
`;

/**
 * $1 ids, $2 times, $3 the props as they were read, $4 as they are now. What was changed or erased
 * meanwhile is left alone.
 */
export const PUT_PROPS = `
  UPDATE events SET props_json = events.props_json || fresh.now
  FROM unnest($1::uuid[], $2::timestamptz[], $3::jsonb[], $4::jsonb[])
    AS fresh (id, occurred_at, was, now)
  WHERE events.id = fresh.id AND events.occurred_at = fresh.occurred_at
    AND events.props_json @> fresh.was
`;

/** $1 key ids, $2 days, $3 how many props of each, $4 how far it is done. */
export const NOTE_KEY_USES = `
  INSERT INTO props_key_uses (key_id, day, props, position)
  SELECT * FROM unnest($1::text[], $2::date[], $3::integer[], $4::uuid[])
`;
