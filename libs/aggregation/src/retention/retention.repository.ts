import { MOST_DAYS } from '#libs/contracts';
import { Database, type OldPartition, OldPartitions, PARTITIONED_TABLES } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { Retained } from './retention-policy.js';
import {
  countNotes,
  deleteNotes,
  eventKeysOf,
  KEY_USES,
  type Notes,
  PAGE_VISITS,
  REJECTED_EVENTS,
  RETIRE,
} from './retention.sql.js';

/** Short transactions: nobody waits behind them. */
const AT_ONCE = 5000;
/** Counted up to so many. */
export const MOST_COUNTED = 1_000_000;

const DAY_MS = 86_400_000;

/** Deletes some rows and answers how many, until none is left. */
export type DeleteSome = () => Promise<number>;

/** A raw table of a contract, or one that goes with it. */
export interface OldTable {
  readonly table: string;
  readonly partitions: OldPartitions;
}

/** What is kept for a time only. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which they go: what stands beside events, before them. */
  tablesOf(contract: Retained): OldTable[] {
    return PARTITIONED_TABLES.filter((table) => ownerOf(table) === contract)
      .toSorted((a, b) => Number(a.contract === contract) - Number(b.contract === contract))
      .map((table) => ({
        table: table.table,
        partitions: new OldPartitions(this.database, table),
      }));
  }

  /** From now on nothing that was counted of earlier events is counted again. */
  async retire(contract: Retained, before: Date): Promise<void> {
    await this.database.query(RETIRE, [contract, before]);
  }

  /** Before when no event is stored: up to `before`, but for the partitions that stay. */
  async goneBefore(
    tables: readonly OldTable[],
    before: Date,
    stays: (partition: OldPartition) => boolean,
  ): Promise<Date> {
    const found = await Promise.all(
      tables.map(({ partitions }) => partitions.beginningBefore(before)),
    );
    return found
      .flat()
      .filter(stays)
      .reduce((least, { from }) => (from < least ? from : least), before);
  }

  async countKeys(contract: Retained, before: Date): Promise<number> {
    return this.count(eventKeysOf(contract), before);
  }

  deleteKeys(contract: Retained, before: Date): DeleteSome {
    return this.deleting(eventKeysOf(contract), before);
  }

  /** Rows that say something of the events of a contract, and go with them. */
  async countNotes(contract: Retained, before: Date): Promise<number> {
    const notes = notesOf(contract, before);
    const counts = await Promise.all(notes.map(([note, moment]) => this.count(note, moment)));
    return counts.reduce((sum, rows) => sum + rows, 0);
  }

  deleteNotes(contract: Retained, before: Date): DeleteSome[] {
    return notesOf(contract, before).map(([note, moment]) => this.deleting(note, moment));
  }

  countRejected(before: Date): Promise<number> {
    return this.count(REJECTED_EVENTS, before);
  }

  deleteRejected(before: Date): DeleteSome {
    return this.deleting(REJECTED_EVENTS, before);
  }

  countDefaultRows({ partitions }: OldTable, before: Date): Promise<number> {
    return partitions.defaultRowsBefore(before, MOST_COUNTED);
  }

  deleteDefaultRows({ partitions }: OldTable, before: Date): DeleteSome {
    return () => partitions.deleteDefaultRowsBefore(before, AT_ONCE);
  }

  private async count(notes: Notes, before: Date): Promise<number> {
    const values = [before, MOST_COUNTED];
    const [counted] = await this.database.query<{ rows: number }>(countNotes(notes), values);
    return counted?.rows ?? 0;
  }

  private deleting(notes: Notes, before: Date): DeleteSome {
    const statement = deleteNotes(notes);
    return async () => (await this.database.query(statement, [before, AT_ONCE])).length;
  }
}

export const isWhollyBefore = ({ to }: OldPartition, before: Date): boolean => to <= before;

const ownerOf = ({ contract }: { readonly contract: string }): string =>
  contract === 'attribution' ? 'analytics' : contract;

/** With the moment before which they go: a visit is asked for by those of the days after it. */
function notesOf(contract: Retained, before: Date): (readonly [Notes, Date])[] {
  if (contract === 'analytics') return [[KEY_USES, before]];
  if (contract !== 'tracking') return [];
  return [[PAGE_VISITS, new Date(+before - MOST_DAYS * DAY_MS)]];
}
