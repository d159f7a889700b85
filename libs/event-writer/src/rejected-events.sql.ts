import { snakeCase } from '#libs/database';
import type { NewRejectedEvent } from './rejected-row.js';

const types = {
  id: 'uuid',
  contract: 'text',
  state: 'text',
  reason: 'text',
  eventId: 'text',
  offerId: 'text',
  sqlstate: 'text',
  detail: 'text',
  breaches: 'jsonb',
  raw: 'bytea',
  receivedAt: 'timestamptz',
  receipt: 'jsonb',
  attempts: 'integer',
} satisfies Record<keyof NewRejectedEvent, string>;

export const REJECTED_EVENT_COLUMNS = Object.keys(types) as (keyof NewRejectedEvent)[];

/** One array a column. */
const INSERT = `
  INSERT INTO rejected_events (${REJECTED_EVENT_COLUMNS.map(snakeCase).join(', ')})
  SELECT * FROM unnest(${REJECTED_EVENT_COLUMNS.map((field, i) => `$${i + 1}::${types[field]}[]`).join(', ')})
`;

/** One array a column. What is there stays as it is: it may have been resolved since. */
export const KEEP_REJECTED_EVENTS = {
  name: 'keep_rejected_events',
  text: `${INSERT} ON CONFLICT (id) DO NOTHING`,
};

/**
 * One array a column, no id twice: what was tried again and is in no raw table still.
 *
 * Changes the row that it came from; a row that is gone comes back, for the event was taken. What
 * is resolved stays so, and an older try that is delivered again changes nothing.
 */
export const KEEP_RETRIED_EVENTS = {
  name: 'keep_retried_events',
  text: `${INSERT}
  ON CONFLICT (id) DO UPDATE SET
    state    = excluded.state,
    reason   = excluded.reason,
    event_id = excluded.event_id,
    offer_id = excluded.offer_id,
    sqlstate = excluded.sqlstate,
    detail   = excluded.detail,
    breaches = excluded.breaches,
    raw      = excluded.raw,
    receipt  = excluded.receipt,
    attempts = excluded.attempts
  WHERE rejected_events.state <> 'resolved' AND rejected_events.attempts <= excluded.attempts
`,
};

/**
 * $1 ids, which are locked in one order: before anything else of a transaction, as the healing of
 * waiting events does it, or the two would wait for each other.
 */
export const HOLD_RETRIED_EVENTS = {
  name: 'hold_retried_events',
  text: 'SELECT FROM rejected_events WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
};

/** $1 ids, each once, of events that are in their raw table now; $2 which try that was. */
export const RESOLVE_RETRIED_EVENTS = {
  name: 'resolve_retried_events',
  text: `
  UPDATE rejected_events AS kept
  SET state = 'resolved', resolved_at = now(), attempts = greatest(kept.attempts, retried.attempt)
  FROM unnest($1::uuid[], $2::integer[]) AS retried (id, attempt)
  WHERE kept.id = retried.id AND kept.state <> 'resolved'
`,
};

export const COUNT_WAITING = `SELECT count(*)::int AS waiting FROM rejected_events WHERE state = 'waiting'`;

/**
 * Waiting events whose offer exists now, the oldest first, locked; those that another process
 * heals at this moment are left to it.
 *
 * $1 how many at most; $2 only offers changed within this interval: the oldest wait is looked at by
 * a sweep now and then, since to join all of them each second would cost a second.
 */
export const TAKE_RESOLVABLE = `
  SELECT waiting.id, waiting.raw, offer.product_id AS "productId", offer.producer_id AS "producerId"
  FROM rejected_events AS waiting
  JOIN offers AS offer ON offer.offer_id = waiting.offer_id AND offer.deleted_at IS NULL
  WHERE waiting.state = 'waiting' AND offer.updated_at > now() - $2::interval
  ORDER BY waiting.created_at, waiting.id
  LIMIT $1
  FOR UPDATE OF waiting SKIP LOCKED
`;

/** $1 ids of waiting events that are in their raw table now. */
export const MARK_RESOLVED = `
  UPDATE rejected_events SET state = 'resolved', resolved_at = now()
  WHERE id = ANY($1::uuid[]) AND state = 'waiting'
`;

/** $1 ids of waiting events; $2 state, $3 reason, $4 SQLSTATE, $5 detail: why they never will be. */
export const MARK_GIVEN_UP = `
  UPDATE rejected_events SET state = $2, reason = $3, sqlstate = $4, detail = $5
  WHERE id = ANY($1::uuid[]) AND state = 'waiting'
`;

/** Only one process at a time makes the oldest give way, or two would each take as many. */
export const TRY_TO_EVICT_ALONE = `
  SELECT pg_try_advisory_xact_lock(hashtext('footfall waiting events')) AS alone
`;

/** $1 how many may wait, $2 how many give way at once, $3 the detail. Answers what gave way. */
export const EVICT_OLDEST = `
  UPDATE rejected_events SET state = 'rejected', detail = $3
  WHERE id IN (
    SELECT id FROM rejected_events WHERE state = 'waiting'
    ORDER BY created_at, id
    LIMIT least($2, greatest(0, (
      SELECT count(*) FROM rejected_events WHERE state = 'waiting'
    ) - $1))
    FOR UPDATE SKIP LOCKED
  )
  RETURNING raw
`;
