/** $1 the event ids of the marks. */
export const MARKERS = `
  SELECT event_id AS "eventId", event_description AS "eventDescription",
         event_timestamp AS "timestamp"
  FROM checkout_events
  WHERE event_id = ANY($1::text[])
  ORDER BY event_timestamp
`;

/**
 * Whether anything is there that the demo did not bring. Each part ends at the first row found.
 *
 * $1 event ids and $2 event times of the demo; $3 the times at which it was received; $4 offer
 * ids, $5 product ids and $6 producer ids of its catalogue.
 */
export const ANYTHING_ELSE = `
  SELECT
    EXISTS (
      SELECT FROM checkout_events AS stored
      WHERE NOT EXISTS (
        SELECT FROM unnest($1::text[], $2::timestamptz[]) AS demo (event_id, event_timestamp)
        WHERE demo.event_id = stored.event_id AND demo.event_timestamp = stored.event_timestamp
      )
    ) AS events,
    EXISTS (
      SELECT FROM rejected_events AS stored
      WHERE NOT EXISTS (
        SELECT FROM unnest($3::timestamptz[]) AS demo (received_at)
        WHERE demo.received_at = stored.received_at
      )
    ) AS "rejectedEvents",
    EXISTS (
      SELECT FROM offers AS stored
      WHERE deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM unnest($4::text[], $5::text[], $6::text[])
          AS demo (offer_id, product_id, producer_id)
        WHERE demo.offer_id = stored.offer_id
          AND demo.product_id = stored.product_id
          AND demo.producer_id = stored.producer_id
      )
    ) AS offers
`;
