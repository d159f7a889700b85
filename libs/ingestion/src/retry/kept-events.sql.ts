const KEPT = `
  SELECT id, contract, state, reason, event_id AS "eventId", raw, received_at AS "receivedAt",
         receipt, attempts
  FROM rejected_events
`;

/** $1 ids. */
export const KEPT_EVENTS_BY_ID = `${KEPT} WHERE id = ANY($1::uuid[])`;

/**
 * Oldest receipt first, so that of one key the first is sent first. $1 states; $2 reason,
 * $3 contract, $4 offer, $5 event id, $6 from, $7 to (exclusive), each or null; $8 and $9 the time
 * and id of the last row seen, or null; $10 how many.
 *
 * Time and id of a row never change, so that a row is met once, although it changes its state.
 */
export const KEPT_EVENTS = `${KEPT}
  WHERE state = ANY($1::text[])
    AND ($2::text IS NULL OR reason = $2)
    AND ($3::text IS NULL OR contract = $3)
    AND ($4::text IS NULL OR offer_id = $4)
    AND ($5::text IS NULL OR event_id = $5)
    AND ($6::timestamptz IS NULL OR received_at >= $6)
    AND ($7::timestamptz IS NULL OR received_at < $7)
    AND ($8::timestamptz IS NULL OR (received_at, id) > ($8, $9::uuid))
  ORDER BY received_at, id
  LIMIT $10
`;
