import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';

/** The figures of the offer directory. */
@Injectable()
export class OffersMetrics {
  readonly found: Counter.Internal;
  readonly none: Counter.Internal;
  readonly cannotTell: Counter.Internal;
  readonly loaded: Gauge;

  constructor(metrics: Metrics) {
    const lookups = metrics.counter('offer_lookups_total', 'Offers asked for, by answer', [
      'answer',
    ]);
    this.found = lookups.labels('found');
    this.none = lookups.labels('none');
    this.cannotTell = lookups.labels('cannot_tell');
    this.loaded = metrics.gauge('offers_loaded', 'Offers held in memory');
  }
}
