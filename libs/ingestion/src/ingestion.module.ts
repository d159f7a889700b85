import { CheckoutLog, CommerceLog, TrackingLog } from '#libs/contracts';
import { OffersModule } from '#libs/offers';
import { Module } from '@nestjs/common';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { CollectorController } from './commerce/collector.controller.js';
import { CommerceController } from './commerce/commerce.controller.js';
import { CommerceIngestion } from './commerce/commerce-ingestion.js';
import { EventKeeper } from './event-keeper.js';
import { Refusals } from './refusals.js';
import { TrackingController } from './tracking/tracking.controller.js';

/** The contracts' endpoints: check → resolve → append. The event log comes from the application. */
@Module({
  imports: [OffersModule],
  controllers: [CheckoutController, CollectorController, CommerceController, TrackingController],
  providers: [
    CheckoutIngestion,
    CheckoutLog,
    CommerceIngestion,
    CommerceLog,
    EventKeeper,
    Refusals,
    TrackingLog,
  ],
})
export class IngestionModule {}
