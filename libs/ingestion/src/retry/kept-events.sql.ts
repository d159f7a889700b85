import { FITS_FILTER } from '#libs/database';

const KEPT = `
  SELECT id, contract, state, reason, event_id AS "eventId", raw, received_at AS "receivedAt",
         receipt, attempts
  FROM rejected_events
`;

/** $1 ids. */
export const KEPT_EVENTS_BY_ID = `${KEPT} WHERE id = ANY($1::uuid[])`;

/**
 * Oldest receipt first, so that of one key the first is sent first. $1 to $6 a filter, $7 states;
 * $8 and $9 the time and id of the last row seen, or null; $10 how many.
 *
 * Time and id of a row never change, so that a row is met once, although it changes its state.
 */
export const KEPT_EVENTS = `${KEPT}
  WHERE ${FITS_FILTER}
    AND state = ANY($7::text[])
    AND ($8::timestamptz IS NULL OR (received_at, id) > ($8, $9::uuid))
  ORDER BY received_at, id
  LIMIT $10
`;
