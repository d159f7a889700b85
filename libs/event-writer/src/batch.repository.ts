import { Database, type Queries, type Transaction } from '#libs/database';
import type { AcceptedEvent, EventRecord } from '#libs/event-log';
import { Inject, Injectable } from '@nestjs/common';
import {
  CONTRACT_WRITERS,
  type ContractWriter,
  type Entry,
  type NotStorableError,
  type Offer,
} from './contract-writer.js';
import { KNOWN_OFFERS } from './offers.sql.js';
import { RawBatchRepository, type Tally } from './raw-batch.repository.js';
import { RejectedEventsRepository } from './rejected-events.repository.js';
import {
  conflictRow,
  failedRow,
  type Failure,
  type SortedBatch,
  sortOut,
  unresolvedOffers,
  type Writers,
} from './sort-out.js';

/** What one transaction did. */
export interface Written {
  readonly tallies: readonly Tally[];
  readonly waiting: number;
  readonly failures: readonly Failure[];
}

interface OfferRow extends Offer {
  readonly offerId: string;
}

/** Writes a batch of the log in one transaction; written twice, it leaves what it left once. */
@Injectable()
export class BatchRepository {
  private readonly writers: Writers;

  constructor(
    private readonly database: Database,
    private readonly rawBatches: RawBatchRepository,
    private readonly rejectedEvents: RejectedEventsRepository,
    @Inject(CONTRACT_WRITERS) writers: readonly ContractWriter[],
  ) {
    this.writers = new Map(writers.map((writer) => [writer.contract, writer]));
  }

  /** @throws whatever PostgreSQL says; nothing of the batch is written then. */
  async store(records: readonly EventRecord[]): Promise<Written> {
    return this.database.transaction(async (transaction) => {
      await this.rejectedEvents.hold(transaction, records);
      const offers = await this.knownOffers(transaction, records);
      return this.write(transaction, sortOut(records, this.writers, offers));
    });
  }

  /** Keeps aside a record that PostgreSQL refuses. */
  async giveUp(record: EventRecord, error: NotStorableError): Promise<Written> {
    const rejected = [failedRow({ record, error }, this.writers)];
    const failures = record.kind === 'event' ? [{ record, error }] : [];
    const batch = { entries: new Map(), rejected, waiting: 0, failures };
    return this.database.transaction((transaction) => this.write(transaction, batch));
  }

  private async write(transaction: Transaction, batch: SortedBatch): Promise<Written> {
    const { tallies, conflicts } = await this.rawBatches.store(transaction, batch);
    await this.rejectedEvents.keep(transaction, [
      ...batch.rejected,
      ...conflicts.map(({ record }) => conflictRow(record, this.writers)),
    ]);
    await this.rejectedEvents.resolve(transaction, inTheirTable(batch, conflicts));
    return { tallies, waiting: batch.waiting, failures: batch.failures };
  }

  private async knownOffers(
    transaction: Queries,
    records: readonly EventRecord[],
  ): Promise<Map<string, Offer>> {
    const offerIds = unresolvedOffers(records, this.writers);
    if (offerIds.length === 0) return new Map();
    const rows = await transaction.query<OfferRow>(KNOWN_OFFERS, [offerIds]);
    return new Map(rows.map(({ offerId, ...offer }) => [offerId, offer]));
  }
}

/** Retries whose events are in their raw table now: this time, or when they came before. */
const inTheirTable = (
  { entries }: SortedBatch,
  conflicts: readonly Entry[],
): readonly AcceptedEvent[] =>
  [...entries.values()].flatMap((own) =>
    own
      .filter((entry) => entry.record.receipt.retryOf && !conflicts.includes(entry))
      .map(({ record }) => record),
  );
