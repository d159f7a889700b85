import type { PartitionedTable } from './partitioned-tables.js';
import { type Range, suffixOf } from './ranges.js';

/** The bounds of every partition but DEFAULT. $1 table. */
export const BOUNDS = `
  SELECT bounds[1]::timestamptz AS "from", bounds[2]::timestamptz AS "to"
  FROM pg_inherits
  JOIN pg_class AS partition ON partition.oid = inhrelid
  CROSS JOIN LATERAL regexp_match(
    pg_get_expr(partition.relpartbound, partition.oid), '\\(''(.+)''\\) TO \\(''(.+)''\\)'
  ) AS bounds
  WHERE inhparent = to_regclass($1) AND bounds IS NOT NULL
`;

/** Serves every table: partitions are made by one process at a time. Any number. */
export const TAKE_TURN = 'SELECT pg_advisory_xact_lock(706682838)';

/** Nobody waits long behind us: we wait for a lock no longer than this, and come again. */
export const WAIT_BRIEFLY = "SET LOCAL lock_timeout = '2s'";

/** $1 name. */
export const EXISTS = 'SELECT to_regclass($1) IS NOT NULL AS exists';

/** How many rows no partition covers, up to a bound that keeps the question cheap. */
export const defaultRows = ({ table }: PartitionedTable): string => `
  SELECT count(*)::int AS rows FROM (SELECT FROM ${table}_default LIMIT 1000000) AS bounded
`;

/**
 * A new partition, as a table of its own until the DEFAULT partition has given up the rows of its
 * range: PostgreSQL refuses to attach it before (23514). The DEFAULT is locked first, so that none
 * comes in between; the parent is not, so inserts into other partitions go on.
 */
export function makePartition({ table, timeColumn }: PartitionedTable, range: Range): string[] {
  const name = table + suffixOf(range);
  const from = `'${range.from.toISOString()}'`;
  const to = `'${range.to.toISOString()}'`;
  return [
    `LOCK TABLE ${table}_default IN ACCESS EXCLUSIVE MODE`,
    `CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
    `WITH moved AS (
       DELETE FROM ${table}_default
       WHERE ${timeColumn} >= ${from} AND ${timeColumn} < ${to}
       RETURNING *
     )
     INSERT INTO ${name} SELECT * FROM moved`,
    `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`,
  ];
}
