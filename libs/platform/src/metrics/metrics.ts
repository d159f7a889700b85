import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Tally } from './tally.js';

const PREFIX = 'footfall_';

/** Every figure of this process. Rooms make theirs here, in a `*.metrics.ts` each. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly tallies = new Map<object, Tally[]>();

  constructor() {
    // Memory, CPU and the delay of the event loop, under Prometheus' own names.
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    const tallies: Tally[] = [];
    const counter = new Counter({
      name: PREFIX + name,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => tallies.forEach((tally) => tally.settle()),
    });
    this.tallies.set(counter, tallies);
    return counter;
  }

  /** A child of one of these counters, for what happens with every event. There from now on, as 0. */
  tally<Label extends string>(
    counter: Counter<Label>,
    ...labels: readonly string[]
  ): Pick<Tally, 'inc'> {
    const tally = new Tally(counter.labels(...labels));
    this.tallies.get(counter)!.push(tally);
    return tally;
  }

  /** `collect` is asked at each scrape, where the value is not pushed. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    const gauge: Gauge<Label> = new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers: [this.registry],
      ...(collect && { collect: () => collect(gauge) }),
    });
    return gauge;
  }

  histogram<Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ): Histogram<Label> {
    return new Histogram({
      name: PREFIX + name,
      help,
      labelNames,
      buckets: [...buckets],
      registers: [this.registry],
    });
  }
}
