import { CheckoutLog } from '#libs/contracts';
import { OffersModule } from '#libs/offers';
import { Module } from '@nestjs/common';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutIngestion } from './checkout-ingestion.js';
import { Refusals } from './refusals.js';

/** The contracts' endpoints: check → resolve → append. The event log comes from the application. */
@Module({
  imports: [OffersModule],
  controllers: [CheckoutController],
  providers: [CheckoutIngestion, CheckoutLog, Refusals],
})
export class IngestionModule {}
