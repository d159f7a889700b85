import { join } from 'node:path';
import { Config, Metrics } from '#libs/platform';
import { Global, Module } from '@nestjs/common';
import { EventLog } from './event-log.js';
import { EventLogMetrics } from './event-log.metrics.js';
import { Journal } from './journal/journal.js';

/** The event log of this process: a journal below `DATA_DIR`, open before anything listens. */
@Global()
@Module({
  providers: [
    {
      provide: EventLogMetrics,
      inject: [Metrics],
      useFactory: (metrics: Metrics) => new EventLogMetrics(metrics),
    },
    {
      provide: Journal,
      inject: [Config, EventLogMetrics],
      useFactory: (config: Config, metrics: EventLogMetrics) =>
        Journal.open({
          directory: join(config.DATA_DIR, 'journal'),
          minFreeBytes: config.EVENT_LOG_MIN_FREE_BYTES,
          metrics,
        }),
    },
    { provide: EventLog, useExisting: Journal },
  ],
  exports: [EventLog, Journal],
})
export class EventLogModule {}
