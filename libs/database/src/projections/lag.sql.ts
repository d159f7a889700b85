/**
 * For how many seconds the oldest of the writer's batches has waited that a projection did not fold
 * yet; null where none waits. `projection` is SQL: its name.
 */
export const PROJECTION_LAG = (projection: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - created_at))::float8
  FROM writer_batches
  WHERE (xid, id) > (
    SELECT xid, id FROM (
      SELECT xid, id FROM projector_cursors WHERE projection = ${projection}
      -- One that never ran has no cursor, and everything to do.
      UNION ALL SELECT '0'::xid8, 0
    ) AS known
    ORDER BY xid DESC, id DESC
    LIMIT 1
  )
  ORDER BY xid, id
  LIMIT 1
)`;

/**
 * The same of the days that a rollup has to recount before its figures are complete. `rollup` is SQL:
 * its name.
 */
export const ROLLUP_LAG = (rollup: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - min(touched_at)))::float8
  FROM touched_days
  WHERE rollup = ${rollup} AND NOT is_counted
)`;

/**
 * Up to when a figure holds all that was stored: until then every batch is folded by the projections
 * and every touched day recounted by the rollups that it is counted from; now, where none waits.
 */
export function countedUntil(from: {
  readonly projections: readonly string[];
  readonly rollups: readonly string[];
}): string {
  const lags = [
    PROJECTIONS_LAG(listOf(from.projections)),
    ...(from.rollups.length > 0 ? [ROLLUPS_LAG(listOf(from.rollups))] : []),
  ];
  return `(now() - coalesce(greatest(${lags.join(', ')}), 0) * interval '1 second')`;
}

const listOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Of the one that is furthest behind. */
const PROJECTIONS_LAG = (projections: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - created_at))::float8
  FROM writer_batches
  WHERE (xid, id) > (
    SELECT coalesce(xid, '0'::xid8), coalesce(id, 0)
    FROM unnest(ARRAY[${projections}]) AS asked (name)
    LEFT JOIN projector_cursors ON projection = name
    ORDER BY 1, 2
    LIMIT 1
  )
  ORDER BY xid, id
  LIMIT 1
)`;

const ROLLUPS_LAG = (rollups: string): string => `(
  SELECT greatest(0, extract(epoch FROM now() - min(touched_at)))::float8
  FROM touched_days
  WHERE rollup IN (${rollups}) AND NOT is_counted
)`;
