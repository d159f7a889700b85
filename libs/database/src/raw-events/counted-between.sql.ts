import { PARTITIONED_TABLES, type PartitionedTable } from '../partitions/partitioned-tables.js';

/**
 * An event that claims to be over 24 h ahead of its receipt: it counts at its receipt, all others
 * at their own time. `time` is the column of the event's own time.
 *
 * The partial index `<table>_ahead` has this very condition. Unlike `time > received_at + …`, it
 * depends on no session's time zone, so that it may stand in an index.
 */
export const isAhead = (time: string): string => `${time} - received_at > interval '24 hours'`;

/** SQL of the moment at which a row of a contract's raw table counts. */
export function countedAt(contract: string): string {
  const { timeColumn: time } = tableOf(contract);
  return `CASE WHEN ${isAhead(time)} THEN received_at ELSE ${time} END`;
}

/**
 * FROM the raw rows of a contract that count between two instants, the second not included. `from`
 * and `to` are SQL: parameters of type timestamptz.
 *
 * Two branches, so that the first opens the partitions of these days only. The second looks for
 * those that claim to be later still, in a partial index that is all but empty.
 */
export function countedBetween(contract: string, from: string, to: string): string {
  const { table, timeColumn: time } = tableOf(contract);
  return `(
    SELECT * FROM ${table}
    WHERE ${time} >= ${from} AND ${time} < ${to}
      AND NOT (${isAhead(time)} AND received_at < ${from})
    UNION ALL
    SELECT * FROM ${table}
    WHERE ${time} >= ${to} AND ${isAhead(time)} AND received_at >= ${from} AND received_at < ${to}
  )`;
}

/**
 * FROM the raw rows of a contract whose own time lies between two instants: those that count between
 * them, where none is ahead. PostgreSQL then plans for the partitions of these days alone.
 */
export function sentBetween(contract: string, from: string, to: string): string {
  const { table, timeColumn: time } = tableOf(contract);
  return `(SELECT * FROM ${table} WHERE ${time} >= ${from} AND ${time} < ${to})`;
}

function tableOf(contract: string): PartitionedTable {
  const table = PARTITIONED_TABLES.find((each) => each.contract === contract);
  if (table === undefined) throw new Error(`${contract} has no raw table`);
  return table;
}
