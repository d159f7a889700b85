import { FITS_FILTER } from '#libs/database';

/** One row in the words of the API. */
export const ITEM = `
  id, contract, state, reason, event_id AS "eventId", offer_id AS "offerId", sqlstate, breaches,
  received_at AS "receivedAt", created_at AS "createdAt", resolved_at AS "resolvedAt", attempts
`;

/**
 * Newest receipt first. $1 to $6 a filter, $7 state or null; $8 and $9 the time and id of the last
 * row seen, or null; $10 how many.
 *
 * Time and id of a row never change, so whatever is added or changes its state meanwhile, no page
 * shows a row twice or skips one. Without a filter, and by state or reason, the index bears this
 * order and a page reads what it shows; by offer and event id there are few rows to sort.
 */
export const LIST_REJECTED_EVENTS = `
  SELECT ${ITEM}
  FROM rejected_events
  WHERE ${FITS_FILTER}
    AND ($7::text IS NULL OR state = $7)
    AND ($8::timestamptz IS NULL OR (received_at, id) < ($8, $9::uuid))
  ORDER BY received_at DESC, id DESC
  LIMIT $10
`;
