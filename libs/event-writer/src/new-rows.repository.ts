import type { Transaction } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import { copyChunks } from './copy-chunks.js';
import type { RawTable } from './raw-table.js';

/** Of the rows that were inserted, as PostgreSQL's text; null where none was. */
interface Bounds {
  readonly least: string | null;
  readonly greatest: string | null;
}

export interface Inserted extends Bounds {
  readonly stored: number;
  /** Ordinals, from 1, of rows whose key is stored already. */
  readonly skipped: readonly number[];
}

/** Of whatever row: what a statement needs to know of a table. */
type Table = Pick<RawTable, 'name' | 'columns' | 'insertNew' | 'copyIn'> & {
  readonly eventTime: string;
};

/** A COPY has costs of its own, which fewer rows do not earn back. */
const WORTH_COPYING = 64;
/** Repeats come in swarms: after one so many batches go without a try that may be in vain. */
const RESTLESS_BATCHES = 16;

const UNIQUE_VIOLATION = '23505';

/**
 * Inserts rows, of which those whose keys are stored already are skipped.
 *
 * By COPY while nobody sends anything again, which takes a third less of PostgreSQL; since COPY
 * knows no `ON CONFLICT`, a repeat undoes it, and the rows are inserted by a statement that does.
 */
@Injectable()
export class NewRowsRepository {
  /** By table: batches until COPY is tried again. */
  private readonly restless = new Map<string, number>();

  async insert(transaction: Transaction, table: Table, rows: readonly object[]): Promise<Inserted> {
    const restless = this.restless.get(table.name) ?? 0;
    if (restless === 0 && rows.length >= WORTH_COPYING) {
      if (await copied(transaction, table, rows)) {
        return { stored: rows.length, skipped: [], ...boundsOf(rows, table.eventTime) };
      }
    }
    const inserted = await insertNew(transaction, table, rows);
    const isRepeated = inserted.skipped.length > 0;
    this.restless.set(table.name, isRepeated ? RESTLESS_BATCHES : Math.max(0, restless - 1));
    return inserted;
  }
}

/** False where a key is stored already: then it is as if nothing had been tried. */
async function copied(
  transaction: Transaction,
  { copyIn, columns }: Table,
  rows: readonly object[],
): Promise<boolean> {
  await transaction.query('SAVEPOINT before_copy');
  try {
    await transaction.copyIn(copyIn, copyChunks(rows, columns));
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await transaction.query('ROLLBACK TO SAVEPOINT before_copy');
    return false;
  }
}

/** Of times that are all dates, or all texts of `timeText`, whose order is that of the moments. */
function boundsOf(rows: readonly object[], eventTime: string): Bounds {
  const times = rows.map((row) => (row as Record<string, unknown>)[eventTime] as Date | string);
  let [least, greatest] = [times[0]!, times[0]!];
  for (const time of times) {
    if (time < least) least = time;
    if (time > greatest) greatest = time;
  }
  return { least: textOf(least), greatest: textOf(greatest) };
}

const textOf = (time: Date | string): string => (time instanceof Date ? time.toISOString() : time);

async function insertNew(
  transaction: Transaction,
  { name, columns, insertNew: statement }: Table,
  rows: readonly object[],
): Promise<Inserted> {
  const arrays = columns.map((column) => arrayLiteral(rows, column));
  const [inserted] = await transaction.query<Inserted>(statement, arrays);
  if (!inserted) throw new Error(`the insert into ${name} answered nothing`);
  return inserted;
}
