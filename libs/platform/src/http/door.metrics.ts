import { Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import type { Traits } from './endpoint-options.js';
import type { Receipt } from './receipt.js';
import type { RefusalReason } from './refused.js';

/** Why a sound event was not taken. `unavailable`: nobody could say who was calling. */
export type Suppression = 'dnt' | 'gpc' | 'rate_limited' | 'unavailable' | 'other';

/** Where a contract's own name of an event cannot be told. */
export const OTHER_EVENT = '_OTHER';

/** Names come from closed catalogues; should one not be closed, the figures stay bounded. */
const MOST_NAMES = 500;

const SKEW_BUCKETS = [1, 5, 30, 60, 300, 3600, 86_400, 604_800, 31_536_000];
const DURATION_BUCKETS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15,
];

interface Counts {
  inc(): void;
}

/** The figures of all doors. Each contract holds its own children of them. */
@Injectable()
export class DoorMetrics {
  readonly received;
  readonly invalid;
  readonly suppressed;
  readonly appended;
  readonly lost;
  readonly unknownFields;
  readonly clockSkew;
  readonly duration;
  private readonly figures = new Map<string, DoorFigures>();

  constructor(private readonly metrics: Metrics) {
    this.received = metrics.counter('events_received_total', 'Events that came to a door.', [
      'contract',
      'event',
    ]);
    this.invalid = metrics.counter('events_invalid_total', 'Events that a door refused.', [
      'contract',
      'reason',
    ]);
    this.suppressed = metrics.counter('events_suppressed_total', 'Sound events not taken.', [
      'contract',
      'reason',
    ]);
    this.appended = metrics.counter('events_appended_total', 'Events kept durably.', ['contract']);
    this.lost = metrics.counter('events_lost_total', 'Events not kept, by our fault.', [
      'contract',
    ]);
    this.unknownFields = metrics.counter(
      'unknown_fields_total',
      'Top-level fields that no contract knows.',
      ['contract'],
    );
    this.clockSkew = metrics.histogram(
      'clock_skew_seconds',
      'How far the time of a kept event is from its receipt, either way.',
      SKEW_BUCKETS,
      ['contract'],
    );
    this.duration = metrics.histogram(
      'ingest_duration_seconds',
      'From the head of a request to its answer.',
      DURATION_BUCKETS,
      ['contract'],
    );
  }

  /** One event of a contract is counted, of a name. */
  receivedOf(contract: string, name: string): Counts {
    return this.metrics.tally(this.received, contract, name);
  }

  appendedOf(contract: string): Counts {
    return this.metrics.tally(this.appended, contract);
  }

  of(contract: string): DoorFigures {
    let figures = this.figures.get(contract);
    if (!figures) {
      figures = new DoorFigures(this, contract);
      this.figures.set(contract, figures);
    }
    return figures;
  }
}

/**
 * The figures of one contract. An event is received and judged in one call, so that
 * received = invalid + suppressed + appended + lost always holds.
 */
export class DoorFigures {
  private readonly names = new Map<string, Counts>();
  private readonly refusals = new Map<RefusalReason, Counts>();
  private readonly suppressions = new Map<Suppression, Counts>();
  private readonly appended;
  private readonly lostOnes;
  private readonly unknown;
  private readonly skew;
  private readonly duration;

  constructor(
    private readonly metrics: DoorMetrics,
    private readonly contract: string,
  ) {
    this.appended = metrics.appendedOf(contract); // an alert needs the figure before its first event
    this.lostOnes = metrics.lost.labels(contract);
    this.unknown = metrics.unknownFields.labels(contract);
    this.skew = metrics.clockSkew.labels(contract);
    this.duration = metrics.duration.labels(contract);
    this.lostOnes.inc(0);
  }

  kept({ name, time }: Traits, { receivedAt }: Receipt): void {
    this.received(name);
    this.appended.inc();
    if (time !== undefined) this.skew.observe(Math.abs(receivedAt - time) / 1000);
  }

  lost(name: string): void {
    this.received(name);
    this.lostOnes.inc();
  }

  suppressed(name: string, reason: Suppression): void {
    this.received(name);
    let child = this.suppressions.get(reason);
    if (!child) {
      child = this.metrics.suppressed.labels(this.contract, reason);
      this.suppressions.set(reason, child);
    }
    child.inc();
  }

  /** What breaks its contract has no name that could be trusted as a label. */
  invalid(reason: RefusalReason): void {
    this.received(OTHER_EVENT);
    let child = this.refusals.get(reason);
    if (!child) {
      child = this.metrics.invalid.labels(this.contract, reason);
      this.refusals.set(reason, child);
    }
    child.inc();
  }

  knewNot(fields: number): void {
    if (fields > 0) this.unknown.inc(fields);
  }

  answered(sinceMs: number): void {
    this.duration.observe((performance.now() - sinceMs) / 1000);
  }

  private received(name: string): void {
    const child = this.names.get(name);
    if (child) child.inc();
    else this.firstOf(name).inc();
  }

  private firstOf(name: string): Counts {
    if (this.names.size >= MOST_NAMES && name !== OTHER_EVENT) return this.firstOf(OTHER_EVENT);
    const child = this.metrics.receivedOf(this.contract, name);
    this.names.set(name, child);
    return child;
  }
}
