import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter, Gauge, Histogram } from 'prom-client';
import type { Tally } from './raw-batch.repository.js';
import type { Failure } from './sort-out.js';
import type { Fault } from './fault-of.js';

const ROWS = [1, 5, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Figures of the writer, counted after a commit: what is rolled back never happened. */
@Injectable()
export class EventWriterMetrics {
  private readonly stored: Counter<'contract'>;
  private readonly duplicates: Counter<'contract'>;
  private readonly conflicts: Counter<'contract'>;
  private readonly rejected: Counter<'sqlstate'>;
  private readonly retries: Counter<'class'>;
  private readonly unresolved: Gauge;
  private readonly rows: Histogram;
  private readonly seconds: Histogram;
  /** When the oldest record in hand was received; null while none is. */
  private inHandSince: number | null = null;

  constructor(metrics: Metrics) {
    const contract = ['contract'] as const;
    this.stored = metrics.counter('events_stored_total', 'Rows in raw tables.', contract);
    this.duplicates = metrics.counter(
      'events_duplicate_total',
      'Events stored before with the same content, redelivered ones among them.',
      contract,
    );
    this.conflicts = metrics.counter(
      'events_conflict_total',
      'Events whose key is stored with other content.',
      contract,
    );
    this.rejected = metrics.counter(
      'events_rejected_total',
      'Events that can never be stored, by the SQLSTATE that says so.',
      ['sqlstate'],
    );
    this.retries = metrics.counter('event_writer_retries_total', 'Failed tries, by their fault.', [
      'class',
    ]);
    this.unresolved = metrics.gauge('events_unresolved', 'Events that wait for their offer.');
    metrics.gauge(
      'event_writer_lag_seconds',
      'Age of the oldest record in hand; 0 while the log is drained.',
      [],
      (gauge) => gauge.set(this.lagSeconds()),
    );
    this.rows = metrics.histogram('event_writer_batch_rows', 'Records a batch.', ROWS);
    this.seconds = metrics.histogram(
      'event_writer_write_seconds',
      'From the hand-over of a batch to its commit, retries among it.',
      SECONDS,
    );
  }

  /** A batch is in hand. Call what this returns once it is written, or given back. */
  began(records: number, oldestReceivedAt: number): () => void {
    const endTimer = this.seconds.startTimer();
    this.rows.observe(records);
    this.inHandSince = oldestReceivedAt;
    return () => {
      endTimer();
      this.inHandSince = null;
    };
  }

  counted({ contract, stored, duplicates, conflicts }: Tally): void {
    this.stored.inc({ contract }, stored);
    this.duplicates.inc({ contract }, duplicates);
    this.conflicts.inc({ contract }, conflicts);
  }

  gaveUp({ error }: Pick<Failure, 'error'>): void {
    this.rejected.inc({ sqlstate: error.code ?? 'none' });
  }

  failed(fault: Fault): void {
    this.retries.inc({ class: fault });
  }

  waiting(events: number): void {
    this.unresolved.set(events);
  }

  private lagSeconds(): number {
    return this.inHandSince === null ? 0 : Math.max(0, Date.now() - this.inHandSince) / 1000;
  }
}
