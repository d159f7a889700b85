import type { PartitionedTable } from './partitioned-tables.js';
import { isAhead } from '../raw-events/counted-between.sql.js';

/**
 * The partitions of a table that begin before a moment, the oldest first; all but DEFAULT. Rows are
 * what the server takes for their number, null where it never looked. $1 table, $2 the moment.
 */
export const PARTITIONS_BEFORE = `
  SELECT * FROM (
    SELECT partition.oid::regclass::text AS name,
           bounds[1]::timestamptz AS "from", bounds[2]::timestamptz AS "to",
           CASE WHEN partition.reltuples >= 0 THEN partition.reltuples::float8 END AS rows,
           pg_total_relation_size(partition.oid)::float8 AS bytes
    FROM pg_inherits
    JOIN pg_class AS partition ON partition.oid = inhrelid
    CROSS JOIN LATERAL regexp_match(
      pg_get_expr(partition.relpartbound, partition.oid), '\\(''(.+)''\\) TO \\(''(.+)''\\)'
    ) AS bounds
    WHERE inhparent = to_regclass($1) AND bounds IS NOT NULL
  ) AS partitions
  WHERE "from" < $2::timestamptz
  ORDER BY "from"
`;

/** `partition` as `PARTITIONS_BEFORE` spells it. */
export const countRows = (partition: string): string =>
  `SELECT count(*)::float8 AS rows FROM ${partition}`;

/**
 * Rows of the DEFAULT partition that counted before $1: as their own time says, or where that was
 * claimed to lie ahead, as their receipt does.
 */
const oldRows = ({ timeColumn, contract }: PartitionedTable): string =>
  contract === 'attribution'
    ? `${timeColumn} < $1::timestamptz`
    : `(${timeColumn} < $1::timestamptz
        OR (${isAhead(timeColumn)} AND received_at < $1::timestamptz))`;

/** How many those are, up to a bound that keeps the question cheap. $1 the moment, $2 the bound. */
export const countOldDefaultRows = (table: PartitionedTable): string => `
  SELECT count(*)::float8 AS rows
  FROM (SELECT FROM ${table.table}_default WHERE ${oldRows(table)} LIMIT $2) AS bounded
`;

/** Deletes some of them. $1 the moment, $2 how many at most. */
export const deleteOldDefaultRows = (table: PartitionedTable): string => `
  DELETE FROM ${table.table}_default WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table.table}_default WHERE ${oldRows(table)} LIMIT $2
  ))
  RETURNING 1
`;
