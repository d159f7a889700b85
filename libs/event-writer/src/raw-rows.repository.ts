import type { Queries, Transaction } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { arrayLiteral } from './array-literal.js';
import type { ContractWriter, Entry } from './contract-writer.js';
import { EventKeysRepository } from './event-keys.repository.js';
import { NewRowsRepository } from './new-rows.repository.js';

/** What became of the entries of one contract. */
export interface RawOutcome {
  readonly stored: number;
  readonly duplicates: number;
  /** Duplicates with other content than the row stored first. */
  readonly conflicts: readonly Entry[];
  /** Of the rows stored, as PostgreSQL's text; null where none was. */
  readonly least: string | null;
  readonly greatest: string | null;
}

interface Compared {
  readonly ordinal: number;
  readonly differs: boolean;
}

/** Inserts rows into raw tables: the first of a key wins, within a batch and across batches. */
@Injectable()
export class RawRowsRepository {
  constructor(
    private readonly eventKeys: EventKeysRepository,
    private readonly newRows: NewRowsRepository,
  ) {}

  async store(
    transaction: Transaction,
    writer: ContractWriter,
    entries: readonly Entry[],
  ): Promise<RawOutcome> {
    const { table } = writer;
    const completed = (await writer.complete?.(transaction, entries)) ?? entries;
    const decided = await this.eventKeys.decide(transaction, writer, completed);
    const { firsts, repeats } = firstOfEachKey(table, decided);
    const rows = firsts.map(({ row }) => row);
    const { stored, skipped, least, greatest } = await this.newRows.insert(
      transaction,
      table,
      rows,
    );
    const again = [...skipped.flatMap((ordinal) => firsts[ordinal - 1] ?? []), ...repeats];
    const conflicts = await this.conflictsAmong(transaction, writer, again);
    await writer.followUp?.(transaction, without(firsts, skipped));
    return { stored, least, greatest, conflicts, duplicates: again.length - conflicts.length };
  }

  private async conflictsAmong(
    queries: Queries,
    writer: ContractWriter,
    again: readonly Entry[],
  ): Promise<Entry[]> {
    if (again.length === 0) return [];
    const { table } = writer;
    const comparable = (await writer.comparable?.(queries, again)) ?? again;
    const compared = await queries.query<Compared>(
      table.conflictsWith,
      arraysOf(table.compared, comparable),
    );
    // Dropped with its partition in between: the whole batch comes again and inserts the row.
    if (compared.length < again.length) throw new Error(`a row left ${table.name} meanwhile`);
    return compared
      .filter(({ differs }) => differs)
      .flatMap(({ ordinal }) => again[ordinal - 1] ?? []);
  }
}

/** Ordinals count from 1. */
function without(entries: readonly Entry[], ordinals: readonly number[]): readonly Entry[] {
  if (ordinals.length === 0) return entries;
  const left = new Set(ordinals);
  return entries.filter((_, i) => !left.has(i + 1));
}

const arraysOf = (columns: readonly string[], entries: readonly Entry[]): string[] => {
  const rows = entries.map(({ row }) => row);
  return columns.map((column) => arrayLiteral(rows, column));
};

/**
 * Sorted by key, because two writers that insert in opposite order deadlock; of a key that comes
 * several times the first stands, and the others are left to be compared with it.
 */
export function firstOfEachKey(
  table: { readonly key: readonly string[] },
  entries: readonly Entry[],
): { firsts: Entry[]; repeats: Entry[] } {
  const keyed = entries.map((entry) => ({ key: keyOf(entry.row, table.key), entry }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)); // stable: first stays first
  const firsts: Entry[] = [];
  const repeats: Entry[] = [];
  let last: string | null = null;
  for (const { key, entry } of keyed) {
    (key === last ? repeats : firsts).push(entry);
    last = key;
  }
  return { firsts, repeats };
}

/** Joined by NUL, which no stored key holds. */
const keyOf = (row: object, key: readonly string[]): string =>
  key.map((column) => sortable((row as Record<string, unknown>)[column])).join('\0');

const sortable = (value: unknown): string =>
  value instanceof Date ? String(value.getTime()) : String(value);
