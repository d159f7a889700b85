/** One row in the words of the API. */
export const ITEM = `
  id, contract, state, reason, event_id AS "eventId", offer_id AS "offerId", sqlstate, breaches,
  received_at AS "receivedAt", created_at AS "createdAt", resolved_at AS "resolvedAt", attempts
`;

/**
 * Newest receipt first. $1 state, $2 reason, $3 contract, $4 offer, $5 event id, $6 from, $7 to
 * (exclusive), each or null; $8 and $9 the time and id of the last row seen, or null; $10 how many.
 *
 * Time and id of a row never change, so whatever is added or changes its state meanwhile, no page
 * shows a row twice or skips one. Without a filter, and by state or reason, the index bears this
 * order and a page reads what it shows; by offer and event id there are few rows to sort.
 */
export const LIST_REJECTED_EVENTS = `
  SELECT ${ITEM}
  FROM rejected_events
  WHERE ($1::text IS NULL OR state = $1)
    AND ($2::text IS NULL OR reason = $2)
    AND ($3::text IS NULL OR contract = $3)
    AND ($4::text IS NULL OR offer_id = $4)
    AND ($5::text IS NULL OR event_id = $5)
    AND ($6::timestamptz IS NULL OR received_at >= $6)
    AND ($7::timestamptz IS NULL OR received_at < $7)
    AND ($8::timestamptz IS NULL OR (received_at, id) < ($8, $9::uuid))
  ORDER BY received_at DESC, id DESC
  LIMIT $10
`;
