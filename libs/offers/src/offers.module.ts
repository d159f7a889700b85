import { Module } from '@nestjs/common';
import { OfferDirectory } from './offer-directory.js';
import { OfferFeed } from './offer-feed.repository.js';
import { OffersController } from './offers.controller.js';
import { OffersMetrics } from './offers.metrics.js';
import { OffersRepository } from './offers.repository.js';

/** The offer directory and the offers' endpoints. The directory is started by the application. */
@Module({
  controllers: [OffersController],
  providers: [OfferDirectory, OfferFeed, OffersMetrics, OffersRepository],
  exports: [OfferDirectory],
})
export class OffersModule {}
