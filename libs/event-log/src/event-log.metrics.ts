import type { Metrics } from '#libs/platform';

/** How full the log is, as the figures and the readiness check see it. */
export interface EventLogState {
  readonly accepting: boolean;
  /** Why it does not accept. */
  readonly reason?: string;
  /** Records that were not consumed yet. */
  readonly records: number;
  readonly bytes: number;
  /** When the oldest of them was received, epoch milliseconds; null when there is none. */
  readonly oldestAt: number | null;
  readonly freeBytes: number | null;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] as const;

/** The figures of the event log. One a process: names cannot be registered twice. */
export class EventLogMetrics {
  readonly append;
  readonly damaged;
  readonly torn;

  constructor(private readonly metrics: Metrics) {
    const { metrics: make } = this;
    this.append = make.histogram(
      'event_log_append_seconds',
      'From the call of an append until it is durable.',
      SECONDS,
    );
    this.damaged = make.counter('event_log_damaged_total', 'Records found damaged and set aside.');
    this.torn = make.counter('event_log_torn_total', 'Writes that a crash cut short.');
  }

  /** Figures that are asked for at each scrape. */
  watch(state: () => EventLogState): void {
    const gauge = (name: string, help: string, value: (state: EventLogState) => number): void => {
      this.metrics.gauge(name, help, [], (figure) => figure.set(value(state())));
    };
    gauge('event_log_records', 'Records that wait for the event writer.', (s) => s.records);
    gauge('event_log_bytes', 'Bytes of the records that wait.', (s) => s.bytes);
    gauge('event_log_oldest_age_seconds', 'Age of the oldest record that waits.', ({ oldestAt }) =>
      oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt) / 1000),
    );
    gauge('event_log_free_bytes', 'Free bytes on the volume of the log.', (s) => s.freeBytes ?? 0);
  }
}
