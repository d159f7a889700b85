import { AnalyticsLog, CheckoutLog, CommerceLog, TrackingLog } from '#libs/contracts';
import { OffersModule } from '#libs/offers';
import { Module } from '@nestjs/common';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { AnalyticsIngestion } from './analytics/analytics-ingestion.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { CollectorController } from './commerce/collector.controller.js';
import { CommerceController } from './commerce/commerce.controller.js';
import { CommerceIngestion } from './commerce/commerce-ingestion.js';
import { EventKeeper } from './event-keeper.js';
import { CommerceMessages } from './nats/commerce-messages.js';
import { CommerceStream } from './nats/commerce-stream.js';
import { NatsMetrics } from './nats/nats.metrics.js';
import { Refusals } from './refusals.js';
import { TrackingController } from './tracking/tracking.controller.js';
import { AnotherTry } from './retry/another-try.js';
import { KeptEventsRepository } from './retry/kept-events.repository.js';
import { RetryController } from './retry/retry.controller.js';
import { RetryLog } from './retry/retry.log.js';
import { RetryMetrics } from './retry/retry.metrics.js';
import { Retry } from './retry/retry.js';

/**
 * The contracts' endpoints: check → resolve → append. The event log, the door and the database come
 * from the application.
 */
@Module({
  imports: [OffersModule],
  controllers: [
    AnalyticsController,
    CheckoutController,
    CollectorController,
    CommerceController,
    RetryController,
    TrackingController,
  ],
  providers: [
    AnalyticsIngestion,
    AnalyticsLog,
    CheckoutIngestion,
    CheckoutLog,
    CommerceIngestion,
    CommerceLog,
    CommerceMessages,
    CommerceStream,
    EventKeeper,
    NatsMetrics,
    Refusals,
    TrackingLog,
    Retry,
    AnotherTry,
    KeptEventsRepository,
    RetryMetrics,
    RetryLog,
  ],
})
export class IngestionModule {}
