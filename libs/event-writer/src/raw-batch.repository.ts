import type { Transaction } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { CONTRACT_WRITERS, type ContractWriter, type Entry } from './contract-writer.js';
import { type RawOutcome, RawRowsRepository } from './raw-rows.repository.js';
import type { SortedBatch } from './sort-out.js';
import { ADD_WRITER_BATCH } from './writer-batches.sql.js';

/** What one transaction did with the events of one contract. */
export interface Tally {
  readonly contract: string;
  readonly stored: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
}

export interface RawBatchOutcome {
  readonly tallies: readonly Tally[];
  readonly conflicts: readonly Entry[];
}

type Bounds = Pick<RawOutcome, 'least' | 'greatest'>;

const NOTHING_STORED: RawOutcome = {
  stored: 0,
  duplicates: 0,
  conflicts: [],
  least: null,
  greatest: null,
};

/** Stores the rows of a batch, contract by contract, and notes each in `writer_batches`. */
@Injectable()
export class RawBatchRepository {
  constructor(
    private readonly rawRows: RawRowsRepository,
    @Inject(CONTRACT_WRITERS) private readonly writers: readonly ContractWriter[],
  ) {}

  async store(transaction: Transaction, batch: SortedBatch): Promise<RawBatchOutcome> {
    const tallies: Tally[] = [];
    const conflicts: Entry[] = [];
    for (const contract of contractsOf(batch)) {
      const outcome = await this.storeOf(transaction, contract, batch.entries.get(contract) ?? []);
      const tally = {
        contract,
        stored: outcome.stored,
        duplicates: outcome.duplicates,
        conflicts: outcome.conflicts.length,
        rejected: batch.failures.filter(({ record }) => record.contract === contract).length,
      };
      await transaction.query(ADD_WRITER_BATCH, batchRow(tally, outcome));
      tallies.push(tally);
      conflicts.push(...outcome.conflicts);
    }
    return { tallies, conflicts };
  }

  private async storeOf(
    transaction: Transaction,
    contract: string,
    entries: readonly Entry[],
  ): Promise<RawOutcome> {
    const writer = this.writers.find((known) => known.contract === contract);
    if (!writer || entries.length === 0) return NOTHING_STORED;
    return this.rawRows.store(transaction, writer, entries);
  }
}

/** In one order everywhere: two transactions that take tables in opposite order deadlock. */
const contractsOf = ({ entries, failures }: SortedBatch): string[] =>
  [...new Set([...entries.keys(), ...failures.map(({ record }) => record.contract)])].toSorted();

const batchRow = (tally: Tally, { least, greatest }: Bounds): unknown[] => [
  tally.contract,
  least,
  greatest,
  tally.stored,
  tally.duplicates,
  tally.conflicts,
  tally.rejected,
];
