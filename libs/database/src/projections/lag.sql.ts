/**
 * For how many seconds the oldest of the writer's batches has waited that a projection did not fold
 * yet; null where none waits. `projection` is SQL: its name.
 */
export const PROJECTION_LAG = (projection: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - created_at))::float8
  FROM writer_batches
  WHERE (xid, id) > (SELECT xid, id FROM projector_cursors WHERE projection = ${projection})
  ORDER BY xid, id
  LIMIT 1
)`;

/** The same of the days that a rollup has to recount. `rollup` is SQL: its name. */
export const ROLLUP_LAG = (rollup: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - min(touched_at)))::float8
  FROM touched_days
  WHERE rollup = ${rollup}
)`;
