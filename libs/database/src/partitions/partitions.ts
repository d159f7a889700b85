import type { Database, Queries } from '../database.js';
import type { DatabaseLog } from '../database.log.js';
import { PARTITIONED_TABLES, type PartitionedTable } from './partitioned-tables.js';
import type { PartitionMetrics } from './partitions.metrics.js';
import {
  BOUNDS,
  defaultRows,
  EXISTS,
  makePartition,
  TAKE_TURN,
  WAIT_BRIEFLY,
} from './partitions.sql.js';
import {
  daysAhead,
  missingRanges,
  type PartitionInterval,
  type Range,
  rangesAround,
  suffixOf,
} from './ranges.js';

/** Days of event time that always have a partition; older and newer ones go to DEFAULT. */
const SPAN = { aheadDays: 14, behindDays: 7 };
const TRIES = 3;

export interface PartitionParts {
  readonly database: Database;
  readonly interval: PartitionInterval;
  readonly metrics: PartitionMetrics;
  readonly log: DatabaseLog;
}

/** Makes the partitions of the raw tables ahead of their events. Any number may do so at once. */
export class Partitions {
  constructor(
    private readonly parts: PartitionParts,
    private readonly tables: readonly PartitionedTable[] = PARTITIONED_TABLES,
  ) {}

  /**
   * Makes what is missing. Never rejects for a table's sake: an event without a partition goes to
   * DEFAULT, and what could not be made is made on the next tick.
   */
  async makeAhead(now: Date = new Date()): Promise<void> {
    for (const table of this.tables) {
      try {
        await this.makeAheadOf(table, now);
      } catch (error) {
        this.parts.log.partitionsNotMade(table.table, error);
      }
    }
  }

  private async makeAheadOf(table: PartitionedTable, now: Date): Promise<void> {
    try {
      await this.makeMissing(table, now);
    } finally {
      await this.tell(table, now);
    }
  }

  private async makeMissing(table: PartitionedTable, now: Date): Promise<void> {
    const wanted = rangesAround(now, this.parts.interval, SPAN);
    const made: Range[] = [];
    for (const range of missingRanges(wanted, await this.existing(table))) {
      if (await this.makePatiently(table, range)) made.push(range);
    }
    if (made.length > 0) this.parts.log.partitionsMade(table.table, made.map(suffixOf));
  }

  private async tell(table: PartitionedTable, now: Date): Promise<void> {
    const [counted] = await this.parts.database.query<{ rows: number }>(defaultRows(table));
    this.parts.metrics.seen(table.contract, {
      defaultRows: counted?.rows ?? 0,
      daysAhead: daysAhead(now, await this.existing(table)),
    });
  }

  private existing({ table }: PartitionedTable): Promise<Range[]> {
    return this.parts.database.query<Range>(BOUNDS, [table]);
  }

  /** Tries again where a long transaction holds the DEFAULT partition. */
  private async makePatiently(table: PartitionedTable, range: Range): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.parts.database.transaction((transaction) =>
          make(transaction, table, range),
        );
      } catch (error) {
        if (attempt === TRIES || !isLockTimeout(error)) throw error;
      }
    }
  }
}

/** False where another process was faster. */
async function make(transaction: Queries, table: PartitionedTable, range: Range): Promise<boolean> {
  await transaction.query(WAIT_BRIEFLY);
  await transaction.query(TAKE_TURN);
  const [known] = await transaction.query<{ exists: boolean }>(EXISTS, [
    table.table + suffixOf(range),
  ]);
  if (known?.exists) return false;
  for (const statement of makePartition(table, range)) await transaction.query(statement);
  return true;
}

const isLockTimeout = (error: unknown): boolean => (error as { code?: unknown }).code === '55P03';
