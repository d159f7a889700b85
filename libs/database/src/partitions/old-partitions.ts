import type { Database } from '../database.js';
import {
  countOldDefaultRows,
  countRows,
  deleteOldDefaultRows,
  PARTITIONS_BEFORE,
} from './old-partitions.sql.js';
import type { PartitionedTable } from './partitioned-tables.js';
import { TAKE_TURN, WAIT_BRIEFLY } from './partitions.sql.js';

const TRIES = 5;

/** A partition as it stands in the catalogue of the database. */
export interface OldPartition {
  /** As SQL spells it. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  /** About so many: what the server takes for their number. */
  readonly rows: number;
  /** With indexes. */
  readonly bytes: number;
}

type Listed = Omit<OldPartition, 'rows'> & { readonly rows: number | null };

/** The old end of a raw table: what there is, and how it goes. */
export class OldPartitions {
  constructor(
    private readonly database: Database,
    private readonly table: PartitionedTable,
  ) {}

  /** Those that begin before the moment, the oldest first; the last may reach beyond it. */
  async beginningBefore(moment: Date): Promise<OldPartition[]> {
    const values = [this.table.table, moment];
    const found = await this.database.query<Listed>(PARTITIONS_BEFORE, values);
    return Promise.all(
      found.map(async (partition) => ({
        ...partition,
        rows: partition.rows ?? (await this.rowsOf(partition)),
      })),
    );
  }

  /**
   * Drops a partition. Waits briefly for whoever reads or writes the table, again and again, so that
   * nobody waits long behind it.
   *
   * @throws where somebody holds the table for too long: 55P03.
   */
  async drop({ name }: OldPartition): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction(async (transaction) => {
          await transaction.query(WAIT_BRIEFLY);
          await transaction.query(TAKE_TURN);
          await transaction.query(`DROP TABLE IF EXISTS ${name}`);
        });
      } catch (error) {
        if (attempt === TRIES || (error as { code?: unknown }).code !== '55P03') throw error;
      }
    }
  }

  /** How many rows of the DEFAULT partition are older than the moment; no more than `most`. */
  async defaultRowsBefore(moment: Date, most: number): Promise<number> {
    const statement = countOldDefaultRows(this.table);
    const [counted] = await this.database.query<{ rows: number }>(statement, [moment, most]);
    return counted?.rows ?? 0;
  }

  /** Deletes some of them. Answers how many. */
  async deleteDefaultRowsBefore(moment: Date, most: number): Promise<number> {
    return (await this.database.query(deleteOldDefaultRows(this.table), [moment, most])).length;
  }

  /** The server looks at whatever has more than a few rows: this is quick. */
  private async rowsOf({ name }: Listed): Promise<number> {
    const [counted] = await this.database.query<{ rows: number }>(countRows(name));
    return counted?.rows ?? 0;
  }
}
