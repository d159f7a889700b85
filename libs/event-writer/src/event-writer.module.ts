import { AnalyticsLog, CheckoutLog, CommerceLog, TrackingLog } from '#libs/contracts';
import { Module } from '@nestjs/common';
import { AfterCommit } from './after-commit.js';
import { AnalyticsWriter } from './analytics.writer.js';
import { BatchRepository } from './batch.repository.js';
import { BatchWriter } from './batch-writer.js';
import { CatalogFill } from './catalog-fill.repository.js';
import { CheckoutWriter } from './checkout.writer.js';
import { CommerceWriter } from './commerce.writer.js';
import { CONTRACT_WRITERS, type ContractWriter } from './contract-writer.js';
import { EncryptedProps } from './encrypted-props.repository.js';
import { EventKeysRepository } from './event-keys.repository.js';
import { EventWriter } from './event-writer.js';
import { EventWriterLog } from './event-writer.log.js';
import { EventWriterMetrics } from './event-writer.metrics.js';
import { NewRowsRepository } from './new-rows.repository.js';
import { Patience } from './patience.js';
import { RawBatchRepository } from './raw-batch.repository.js';
import { RawRowsRepository } from './raw-rows.repository.js';
import { RejectedEventsRepository } from './rejected-events.repository.js';
import { TrackingWriter } from './tracking.writer.js';
import { WaitingEvents } from './waiting-events.js';
import { WaitingEventsRepository } from './waiting-events.repository.js';

/** The event writer. The event log, the database and the metrics come from the application. */
@Module({
  providers: [
    AnalyticsLog,
    AnalyticsWriter,
    CatalogFill,
    CheckoutLog,
    CheckoutWriter,
    CommerceLog,
    CommerceWriter,
    TrackingLog,
    TrackingWriter,
    {
      provide: CONTRACT_WRITERS,
      useFactory: (...writers: ContractWriter[]): readonly ContractWriter[] => writers,
      inject: [AnalyticsWriter, CheckoutWriter, CommerceWriter, TrackingWriter],
    },
    EncryptedProps,
    EventKeysRepository,
    NewRowsRepository,
    RawRowsRepository,
    RawBatchRepository,
    RejectedEventsRepository,
    BatchRepository,
    WaitingEventsRepository,
    WaitingEvents,
    Patience,
    AfterCommit,
    BatchWriter,
    EventWriterMetrics,
    EventWriterLog,
    EventWriter,
  ],
  exports: [EventWriter],
})
export class EventWriterModule {}
