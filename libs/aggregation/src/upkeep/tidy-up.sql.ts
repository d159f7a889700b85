/**
 * Removes batches of the event writer that every projection of their contract has folded, the
 * oldest first. $1 projections, $2 the contract of each, $3 how many days batches are kept, $4 how
 * many at once. Those of contracts without a projection stay, for the one that may come.
 */
export const FORGET_BATCHES = `
  DELETE FROM writer_batches WHERE id IN (
    SELECT id FROM writer_batches AS batch
    WHERE created_at < now() - $3 * interval '1 day' AND contract = ANY($2::text[])
      AND NOT EXISTS (
        SELECT FROM unnest($1::text[], $2::text[]) AS known (projection, contract)
        LEFT JOIN projector_cursors AS at USING (projection)
        WHERE known.contract = batch.contract
          AND ((batch.xid, batch.id) <= (at.xid, at.id)) IS NOT TRUE
      )
    ORDER BY xid, id
    LIMIT $4
  )
  RETURNING 1
`;

/** $1 how many days entries are kept, $2 how many at once. */
export const FORGET_JOB_RUNS = `
  DELETE FROM job_runs WHERE id IN (
    SELECT id FROM job_runs WHERE ended_at < now() - $1 * interval '1 day' ORDER BY id LIMIT $2
  )
  RETURNING 1
`;
