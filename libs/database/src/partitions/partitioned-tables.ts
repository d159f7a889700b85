/** A table that is range-partitioned by a time, with a DEFAULT partition `<table>_default`. */
export interface PartitionedTable {
  /** Whose events it holds; of a table beside those, its own name. */
  readonly contract: string;
  readonly table: string;
  readonly timeColumn: string;
}

/**
 * One a contract, and what goes with it. These names become part of SQL: they are written here and
 * nowhere else.
 */
export const PARTITIONED_TABLES: readonly PartitionedTable[] = [
  { contract: 'analytics', table: 'events', timeColumn: 'occurred_at' },
  { contract: 'attribution', table: 'attribution', timeColumn: 'occurred_at' },
  { contract: 'checkout', table: 'checkout_events', timeColumn: 'event_timestamp' },
  { contract: 'commerce', table: 'commerce_events', timeColumn: 'event_time' },
  { contract: 'tracking', table: 'tracking_events', timeColumn: 'event_timestamp' },
];
