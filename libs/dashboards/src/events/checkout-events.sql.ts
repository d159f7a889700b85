/** One raw checkout event in the words of the API. */
const VIEW = `
  event_id AS "eventId", event_name AS "eventName", event_description AS "eventDescription",
  session_id AS "sessionId", offer_id AS "offerId", product_id AS "productId",
  producer_id AS "producerId", checkout_type AS "checkoutType", checkout_mode AS "checkoutMode",
  step, email, phone, payment_method AS "paymentMethod", event_timestamp AS "timestamp",
  execution_environment AS "executionEnvironment", full_hostname AS "fullHostname",
  root_domain AS "rootDomain", received_at AS "receivedAt", host(ip_address) AS "ipAddress",
  user_agent AS "userAgent"
`;

/**
 * Newest first. $1 session and $2 offer, or null; $3 from and $4 to (exclusive), or null; $5 and
 * $6 the time and id of the last row seen, or null; $7 how many.
 */
export const LIST_CHECKOUT_EVENTS = `
  SELECT ${VIEW}
  FROM checkout_events
  WHERE ($1::text IS NULL OR session_id = $1)
    AND ($2::text IS NULL OR offer_id = $2)
    AND ($3::timestamptz IS NULL OR event_timestamp >= $3)
    AND ($4::timestamptz IS NULL OR event_timestamp < $4)
    AND ($5::timestamptz IS NULL OR (event_timestamp, event_id) < ($5, $6))
  ORDER BY event_timestamp DESC, event_id DESC
  LIMIT $7
`;

/** All that is known of one id, the stored ones first. $1 the event id. */
export const RECEIPTS_OF_CHECKOUT_EVENT = `
  SELECT 'stored' AS state, received_at AS "receivedAt", created_at AS "storedAt",
         event_timestamp AS "eventTime", NULL AS reason
  FROM checkout_events
  WHERE event_id = $1
  UNION ALL
  SELECT state, received_at, NULL, NULL, reason
  FROM rejected_events
  WHERE event_id = $1 AND contract = 'checkout' AND state <> 'resolved'
  ORDER BY "storedAt" NULLS LAST, "receivedAt"
  LIMIT 100
`;
