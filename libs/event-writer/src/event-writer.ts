import { Database } from '#libs/database';
import { EventLog, type EventRecord } from '#libs/event-log';
import { pause } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { BatchWriter } from './batch-writer.js';
import { EventWriterLog } from './event-writer.log.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import { WaitingEvents } from './waiting-events.js';

const CONSUME_AGAIN_MS = 1000;

/** Empties the event log into the raw tables. The application starts and stops it. */
@Injectable()
export class EventWriter {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();
  private inHand: Promise<void> = Promise.resolve();

  constructor(
    private readonly eventLog: EventLog,
    private readonly database: Database,
    private readonly batches: BatchWriter,
    private readonly waitingEvents: WaitingEvents,
    private readonly metrics: EventWriterMetrics,
    private readonly log: EventWriterLog,
  ) {}

  /** Returns at once; begins to consume when the database is ready, however long that takes. */
  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  /**
   * Resolves when the batch in hand is written, or given back to the log because the database is
   * away. What the log still holds stays there.
   */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.inHand;
  }

  private async run(stop: AbortSignal): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      stop.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.database.ready(), stopped]);
    if (stop.aborted) return;
    await Promise.all([this.consume(stop), this.waitingEvents.run(stop)]);
  }

  /** A log that fails to hand over is asked again: its events are not lost. */
  private async consume(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        await this.eventLog.consume((batch) => this.take(batch, stop), stop);
      } catch (error) {
        if (stop.aborted) return;
        this.log.consumeFailed(error);
      }
      await pause(CONSUME_AGAIN_MS, stop);
    }
  }

  private take(batch: readonly EventRecord[], stop: AbortSignal): Promise<void> {
    const [oldest] = batch;
    if (!oldest) return Promise.resolve();
    const ended = this.metrics.began(batch.length, oldest.receipt.receivedAt);
    const written = this.batches.write(batch, stop).finally(ended);
    this.inHand = written.catch(() => undefined);
    return written;
  }
}
