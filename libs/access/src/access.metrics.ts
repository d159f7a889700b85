import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';

/** The figures of callers that showed credentials. */
@Injectable()
export class AccessMetrics {
  readonly known: Counter.Internal;
  readonly unknown: Counter.Internal;
  readonly cannotTell: Counter.Internal;
  /** Unknown too, and too often: not counted as `unknown`. */
  readonly limited: Counter.Internal;

  constructor(metrics: Metrics) {
    const logins = metrics.counter(
      'logins_total',
      'Requests that showed a key or a token, by answer',
      ['answer'],
    );
    this.known = logins.labels('known');
    this.unknown = logins.labels('unknown');
    this.cannotTell = logins.labels('cannot_tell');
    this.limited = logins.labels('limited');
  }
}
