import { KEPT_OF_A_REFUSED_BODY } from '#libs/contracts';
import { EventLog } from '#libs/event-log';
import { boundedText, Metrics, type Refused } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';

/** Refusals kept a second and contract: enough to see what is wrong, too few to fill a disk. */
const MOST_A_SECOND = 5;

/**
 * Puts what the doors refused into the event log, on its way to `rejected_events`.
 *
 * A sample: a refusal that does not fit is counted and dropped. Nobody waits for it, since the
 * sender has its answer already.
 */
@Injectable()
export class Refusals {
  private second = 0;
  private readonly taken = new Map<string, number>();
  private readonly dropped: Counter<'contract'>;

  constructor(
    private readonly eventLog: EventLog,
    metrics: Metrics,
  ) {
    this.dropped = metrics.counter(
      'refusals_dropped_total',
      'Refused events that were not kept in rejected_events: the sample was full, or the log was.',
      ['contract'],
    );
  }

  keep(contract: string, { reason, breaches, payload, receipt }: Refused): void {
    if (!this.fits(contract, receipt.receivedAt)) {
      this.dropped.inc({ contract });
      return;
    }
    const raw = boundedText(payload, KEPT_OF_A_REFUSED_BODY);
    this.eventLog
      .append([{ kind: 'refusal', contract, reason, raw, breaches, receipt }])
      .catch(() => this.dropped.inc({ contract }));
  }

  private fits(contract: string, now: number): boolean {
    const second = Math.trunc(now / 1000);
    if (second !== this.second) {
      this.second = second;
      this.taken.clear();
    }
    const taken = this.taken.get(contract) ?? 0;
    this.taken.set(contract, taken + 1);
    return taken < MOST_A_SECOND;
  }
}
