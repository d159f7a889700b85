import { countedAt, countedBetween, PARTITIONED_TABLES } from '#libs/database';

/**
 * The rows of some batches of the writer: $1 their `created_at`, as text, since a Date would cut
 * microseconds; $2 and $3 bounds of their event times, so that few partitions are opened.
 */
export function eventsOfBatches(contract: string): string {
  const { table, timeColumn } = PARTITIONED_TABLES.find((each) => each.contract === contract)!;
  return `
    SELECT *, ${countedAt(contract)} AS counted_at FROM ${table}
    WHERE created_at = ANY($1::timestamptz[])
      AND ${timeColumn} BETWEEN $2::timestamptz AND $3::timestamptz
  `;
}

/** When the oldest of those batches was stored: until it is counted, no figure is complete since. */
export const OLDEST_BATCH = '(SELECT min(at) FROM unnest($1::timestamptz[]) AS at)';

/**
 * One slice of a table by its key, so that a statement over a long day stays short: $3 how many
 * slices, $4 which of them. `key` is SQL.
 */
export const inSlice = (key: string): string =>
  `($3::integer = 1 OR (hashtext(${key}) & 2147483647) % $3::integer = $4::integer)`;

/**
 * The rows that count from $1 until $2, or between other parameters, and that `projection` has folded: those of
 * batches behind its cursor, which are few, are left out.
 */
export const eventsBetween = (
  contract: string,
  projection: string,
  [from, end]: readonly [string, string] = ['$1', '$2'],
): string => `
    SELECT *, ${countedAt(contract)} AS counted_at
    FROM ${countedBetween(contract, `${from}::timestamptz`, `${end}::timestamptz`)} AS counted
    WHERE ${isFoldedBy(projection)}
`;

/** The same rows, whoever has folded them. */
export const rawBetween = (contract: string): string =>
  `${countedBetween(contract, '$1::timestamptz', '$2::timestamptz')} AS counted`;

/** Whether a raw row is folded: of a batch that the projection's cursor has passed. */
export const isFoldedBy = (projection: string): string => `created_at <> ALL (ARRAY(
      SELECT batch.created_at
      FROM writer_batches AS batch
      JOIN projector_cursors AS at ON (batch.xid, batch.id) > (at.xid, at.id)
      WHERE at.projection = '${projection}'
    ))`;
