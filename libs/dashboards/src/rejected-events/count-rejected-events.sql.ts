/**
 * By day of UTC, state and reason, newest day first. $1 and $2 the beginning and the end (exclusive)
 * of what is counted; $3 contract or null.
 */
export const COUNT_REJECTED_EVENTS = `
  SELECT to_char(date(received_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS day, state, reason,
         count(*)::int AS count
  FROM rejected_events
  WHERE received_at >= $1 AND received_at < $2
    AND ($3::text IS NULL OR contract = $3)
  GROUP BY date(received_at AT TIME ZONE 'UTC'), state, reason
  ORDER BY day DESC, state, reason
`;
