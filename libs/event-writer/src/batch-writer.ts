import type { EventRecord } from '#libs/event-log';
import { Injectable } from '@nestjs/common';
import { AfterCommit } from './after-commit.js';
import { BatchRepository, type Written } from './batch.repository.js';
import { NotStorableError } from './contract-writer.js';
import { EventWriterLog } from './event-writer.log.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import { type Fault, faultOf, sqlstateOf } from './fault-of.js';
import { Patience } from './patience.js';
import { WaitingEvents } from './waiting-events.js';

/** After so many tries an error of unknown meaning may be a row's own. */
const UNKNOWN_TRIES = 10;

/**
 * Writes a batch whatever it takes: a bad row is kept aside, and a database that is away is waited
 * for, without end.
 */
@Injectable()
export class BatchWriter {
  constructor(
    private readonly batches: BatchRepository,
    private readonly patience: Patience,
    private readonly waitingEvents: WaitingEvents,
    private readonly afterCommit: AfterCommit,
    private readonly metrics: EventWriterMetrics,
    private readonly log: EventWriterLog,
  ) {}

  /** Resolves once every record is in a table. @throws StoppedError; the batch may be half written. */
  async write(records: readonly EventRecord[], stop: AbortSignal): Promise<void> {
    await this.writeWithin(UNKNOWN_TRIES, records, stop);
  }

  /** A part of a batch that failed for an unknown reason need not fail so often again. */
  private async writeWithin(
    unknownTries: number,
    records: readonly EventRecord[],
    stop: AbortSignal,
  ): Promise<void> {
    let unknowns = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        this.committed(await this.batches.store(records));
        if (tries > 1) this.log.recovered(tries, records.length);
        return;
      } catch (error) {
        const fault = faultOf(error);
        this.metrics.failed(fault);
        unknowns += isUnknown(fault) ? 1 : 0;
        if (fault === 'this-row' || unknowns >= unknownTries) {
          return await this.narrowDown(records, error, stop);
        }
        this.log.retrying(fault, tries, records.length, error);
        await this.patience.wait(fault, tries, stop);
      }
    }
  }

  /** Halves, in order: the bad row is found in O(log n) transactions, and the first of a key wins. */
  private async narrowDown(
    records: readonly EventRecord[],
    error: unknown,
    stop: AbortSignal,
  ): Promise<void> {
    const [only] = records;
    if (only && records.length === 1) return this.giveUp(only, error, stop);
    const middle = records.length >> 1;
    for (const half of [records.slice(0, middle), records.slice(middle)]) {
      await this.writeWithin(half.length === 1 ? UNKNOWN_TRIES : 1, half, stop);
    }
  }

  /** What cannot even be kept aside is never the event's fault: it is tried without end. */
  private async giveUp(record: EventRecord, error: unknown, stop: AbortSignal): Promise<void> {
    const refusal = new NotStorableError('PostgreSQL refuses the row', sqlstateOf(error), {
      cause: error,
    });
    for (let tries = 1; ; tries += 1) {
      try {
        return this.committed(await this.batches.giveUp(record, refusal));
      } catch (again) {
        const fault = faultOf(again) === 'not-now' ? 'not-now' : 'ours';
        this.metrics.failed(fault);
        this.log.retrying(fault, tries, 1, again);
        await this.patience.wait(fault, tries, stop);
      }
    }
  }

  private committed(written: Written): void {
    this.afterCommit.report(written);
    if (written.waiting > 0) this.waitingEvents.hasten();
  }
}

/** A key stored already is skipped, so that 23505 comes from a constraint that we do not know. */
const isUnknown = (fault: Fault): boolean => fault === 'unknown' || fault === 'duplicate';
