import { PROJECTION_LAG } from '#libs/database';

/**
 * Whoever removed a cursor wants all to be folded again: what is there counts as folded before. $1
 * projection.
 */
export const MAKE_CURSOR = `
  INSERT INTO projector_cursors (projection, folded_xid, folded_id)
  SELECT $1::varchar, xid, id FROM (
    SELECT xid, id FROM writer_batches
    UNION ALL SELECT '0'::xid8, 0
    ORDER BY xid DESC, id DESC
    LIMIT 1
  ) AS last
  WHERE NOT EXISTS (SELECT FROM projector_cursors WHERE projection = $1::varchar)
  ON CONFLICT (projection) DO NOTHING
`;

/**
 * Takes the projection's turn until the end of the transaction. $1 projection.
 *
 * `isOfAnotherLife`: transactions have numbers here that this server has not given out yet. The
 * database was restored from a dump, into a server that counts from a lower number.
 */
export const LOCK_CURSOR = `
  SELECT greatest(
    xid, (SELECT xid FROM writer_batches ORDER BY xid DESC LIMIT 1)
  ) >= pg_snapshot_xmax(pg_current_snapshot()) AS "isOfAnotherLife"
  FROM projector_cursors
  WHERE projection = $1
  FOR UPDATE
`;

/** Nobody folds until the end of the transaction, but several may hold it. $1 projection. */
export const HOLD_CURSOR = `
  SELECT FROM projector_cursors WHERE projection = $1 FOR SHARE
`;

/** What another server numbered was committed long ago: it counts as committed by us, now. */
export const RENUMBER_BATCHES = `
  UPDATE writer_batches SET xid = pg_current_xact_id()
  WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())
`;

/** All that is there is folded once more, which is harmless. $1 projection. */
export const BEGIN_ANEW = `
  UPDATE projector_cursors SET
    xid = '0', id = 0, folded_xid = pg_current_xact_id(), folded_id = 9223372036854775807
  WHERE projection = $1
`;

/**
 * The batches after the cursor, of whatever contract, oldest transaction first, and whether each was
 * folded before. $1 projection, $2 how many at most.
 *
 * Only those below every transaction that is still running: what commits late has a number of its
 * own time, and would be passed by.
 */
export const NEXT_BATCHES = `
  SELECT xid::text, id::text, contract, stored, created_at::text AS "createdAt",
         least_event_time AS least, greatest_event_time AS greatest,
         (xid, id) <= (
           SELECT folded_xid, folded_id FROM projector_cursors WHERE projection = $1
         ) AS "isRepeat"
  FROM writer_batches
  WHERE (xid, id) > (SELECT xid, id FROM projector_cursors WHERE projection = $1)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY xid, id
  LIMIT $2
`;

/** $1 projection, $2 and $3 the last batch that is folded. */
export const MOVE_CURSOR = `
  UPDATE projector_cursors SET
    xid = $2::xid8, id = $3,
    (folded_xid, folded_id) = (
      SELECT xid, id FROM (VALUES (folded_xid, folded_id), ($2::xid8, $3::bigint)) AS each (xid, id)
      ORDER BY xid DESC, id DESC LIMIT 1
    )
  WHERE projection = $1
`;

/** Whether there is a batch to be folded, and for how long the oldest one waits. $1 projection. */
export const PROJECTION_STATE = `
  SELECT coalesce(${PROJECTION_LAG('$1')}, 0) AS "lagSeconds",
         NOT EXISTS (SELECT FROM projector_cursors WHERE projection = $1)
         OR EXISTS (
           SELECT FROM writer_batches
           WHERE (xid, id) > (SELECT xid, id FROM projector_cursors WHERE projection = $1)
             AND (xid < pg_snapshot_xmin(pg_current_snapshot())
                  OR xid >= pg_snapshot_xmax(pg_current_snapshot()))
         )
         OR (SELECT xid FROM projector_cursors WHERE projection = $1)
            >= pg_snapshot_xmax(pg_current_snapshot()) AS "isBehind"
`;
