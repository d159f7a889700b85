import { Inject, Injectable } from '@nestjs/common';
import { CONTRACT_WRITERS, type ContractWriter } from './contract-writer.js';
import { EventWriterLog } from './event-writer.log.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import type { Tally } from './raw-batch.repository.js';
import type { Failure } from './sort-out.js';

/** Counts and says what a transaction did, once it is committed: before, it never happened. */
@Injectable()
export class AfterCommit {
  constructor(
    private readonly metrics: EventWriterMetrics,
    private readonly log: EventWriterLog,
    @Inject(CONTRACT_WRITERS) private readonly writers: readonly ContractWriter[],
  ) {}

  /** Never throws: what is committed must not be taken for a failed try. */
  report(done: { tallies?: readonly Tally[]; failures?: readonly Failure[] }): void {
    for (const tally of done.tallies ?? []) this.metrics.counted(tally);
    for (const failure of done.failures ?? []) this.lost(failure);
  }

  private lost({ record, error }: Failure): void {
    this.metrics.gaveUp({ error });
    const { contract, event, receipt, added = {} } = record;
    const writer = this.writers.find((each) => each.contract === contract);
    try {
      if (writer) writer.persistFailed(event, error, receipt, added);
      else this.log.persistFailed(contract, error);
    } catch {
      this.log.persistFailed(contract, error); // an event too broken for its own log line
    }
  }
}
