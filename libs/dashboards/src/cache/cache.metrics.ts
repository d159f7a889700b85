import { Metrics } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';

/** The figures of the dashboards' cache. */
@Injectable()
export class CacheMetrics {
  readonly hits: Counter.Internal;
  readonly misses: Counter.Internal;
  readonly shared: Counter.Internal;
  readonly passedBy: Counter.Internal;
  readonly errors: Counter;

  constructor(metrics: Metrics) {
    const answers = metrics.counter(
      'dashboard_cache_answers_total',
      'Questions to dashboards that are cached, by where the answer came from.',
      ['from'],
    );
    this.hits = answers.labels('cache');
    this.misses = answers.labels('database');
    this.shared = answers.labels('another_question');
    this.passedBy = answers.labels('database_as_asked');
    this.errors = metrics.counter(
      'dashboard_cache_errors_total',
      'Answers that could not be read from the cache or kept in it.',
    );
  }
}
