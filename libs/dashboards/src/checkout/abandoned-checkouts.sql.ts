import { countedAt, countedBetween, sentBetween, SESSION_PAYMENT_METHOD } from '#libs/database';
import { spelt } from '../events/event-table.js';
import { type AskedSessions, IN_MOMENTS, type SessionSource } from './asked-sessions.sql.js';

/** Sessions that left a way to be reached and did not convert: what the partial index holds. */
export const ABANDONED_SESSIONS: SessionSource = {
  from: `(
    SELECT *, ${SESSION_PAYMENT_METHOD} AS payment_method
    FROM checkout_sessions
    WHERE has_contact AND conversion_succeeded_at IS NULL AND payment_succeeded_at IS NULL
  ) AS session`,
  within: IN_MOMENTS,
  rollups: [],
};

/** Furthest first, in the funnel's words. */
const REACHED = [
  'submitted',
  'payment_started',
  'address_completed',
  'address_started',
  'identification_completed',
  'identification_started',
].map((step) => `WHEN ${step}_at IS NOT NULL THEN '${step}'`);

/**
 * The newest first. After the parameters of `asked`: from when on nothing was heard of them; the
 * beginning, session and offer of the last one seen, or null; how many.
 */
export function listAbandoned({ from, where, values, counts }: AskedSessions): string {
  const [quietSince, time, session, offer, limit] = [1, 2, 3, 4, 5].map(
    (index) => `$${values.length + index}`,
  );
  return `
    SELECT session_id AS "sessionId", offer_id AS "offerId", product_id AS "productId",
           producer_id AS "producerId", payment_method AS "paymentMethod",
           checkout_type AS "checkoutType", checkout_mode AS "checkoutMode",
           full_hostname AS "fullHostname", first_seen_at AS "firstSeenAt",
           last_seen_at AS "lastSeenAt", ${spelt('first_seen_at')} AS "positionTime",
           has_contact_ahead AS "hasContactAhead",
           CASE ${REACHED.join(' ')} ELSE 'session' END AS "stepReached"
    FROM ${from}
    WHERE ${where} AND ${counts} AND last_seen_at <= ${quietSince}::timestamptz
      AND (${time}::timestamptz IS NULL
           OR (first_seen_at, session_id, offer_id) < (${time}, ${session}::text, ${offer}::text))
    ORDER BY first_seen_at DESC, session_id DESC, offer_id DESC
    LIMIT ${limit}
  `;
}

/**
 * The last e-mail address and telephone number of some sessions, as they were sent. $1 and $2 two
 * moments that hold all events of these sessions, the second not included; $3 the sessions, $4 the
 * offer of each.
 */
const contacts = (eventsBetween: typeof countedBetween): string => `
  WITH said AS (
    SELECT session_id, offer_id, email, phone, ${countedAt('checkout')} AS counted_at
    FROM ${eventsBetween('checkout', '$1::timestamptz', '$2::timestamptz')} AS counted
    -- A list that the planner does not see through: it would weigh each of its sessions by the
    -- statistics of each partition, which takes longer than to find them all.
    WHERE session_id = ANY(ARRAY(SELECT unnest($3::text[])))
      AND (session_id, offer_id) IN (SELECT * FROM unnest($3::text[], $4::text[]))
      AND coalesce(email, phone) IS NOT NULL
  )
  SELECT session_id AS "sessionId", offer_id AS "offerId",
         (array_agg(email ORDER BY counted_at DESC, email DESC) FILTER (WHERE email <> ''))[1]
           AS email,
         (array_agg(phone ORDER BY counted_at DESC, phone DESC) FILTER (WHERE phone <> ''))[1]
           AS phone
  FROM said
  GROUP BY session_id, offer_id
`;

export const CONTACTS = contacts(sentBetween);
/** Where some of them may have been left by events that claim to be ahead. */
export const CONTACTS_AHEAD_TOO = contacts(countedBetween);
