/** The first event time of a key stands. $1 contract, $2 keys, sorted, $3 their event times. */
export const CLAIM_EVENT_KEYS = {
  name: 'claim_event_keys',
  text: `
  INSERT INTO event_keys (contract, key, event_time)
  SELECT $1, claimed.key, claimed.event_time
  FROM unnest($2::text[], $3::timestamptz[]) AS claimed (key, event_time)
  ON CONFLICT (contract, key) DO NOTHING
`,
};

/** $1 contract, $2 keys. Times as text: a Date would cut their microseconds. */
export const TIMES_OF_EVENT_KEYS = {
  name: 'times_of_event_keys',
  text: `
  SELECT key, event_time::text AS time FROM event_keys WHERE contract = $1 AND key = ANY($2::text[])
`,
};
