import type { RetryVerdict } from '#libs/contracts';
import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';

/**
 * Figures of retries. What is `retried` is appended beside what the doors count: appended + retried
 * + redelivered = stored + duplicates + conflicts + rejected + waiting + still in the log.
 */
@Injectable()
export class RetryMetrics {
  private readonly events: Counter<'contract' | 'verdict'>;

  constructor(metrics: Metrics) {
    this.events = metrics.counter(
      'events_retried_total',
      'Rejected events that somebody wanted to send again, by what became of that.',
      ['contract', 'verdict'],
    );
  }

  retried(contract: string, verdict: RetryVerdict): void {
    this.events.inc({ contract, verdict });
  }
}
