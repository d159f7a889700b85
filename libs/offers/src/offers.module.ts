import { Module } from '@nestjs/common';
import { OfferBatches } from './bulk/offer-batches.repository.js';
import { OfferExport } from './bulk/offer-export.js';
import { OfferFilesController } from './bulk/offer-files.controller.js';
import { OfferImport } from './bulk/offer-import.js';
import { OffersLog } from './bulk/offers.log.js';
import { catalogController } from './catalog/catalog.controller.js';
import { CATALOG } from './catalog/catalog-kind.js';
import { CatalogRepository } from './catalog/catalog.repository.js';
import { OfferDirectory } from './offer-directory.js';
import { OfferFeed } from './offer-feed.repository.js';
import { OffersController } from './offers.controller.js';
import { OffersMetrics } from './offers.metrics.js';
import { OffersRepository } from './offers.repository.js';

/**
 * The offer directory and the catalogue, with their endpoints.
 * The directory is started by the application.
 */
@Module({
  // In this order: 'offers/export' is not the offer "export".
  controllers: [OfferFilesController, OffersController, ...CATALOG.map(catalogController)],
  providers: [
    CatalogRepository,
    OfferBatches,
    OfferDirectory,
    OfferExport,
    OfferFeed,
    OfferImport,
    OffersLog,
    OffersMetrics,
    OffersRepository,
  ],
  exports: [OfferDirectory],
})
export class OffersModule {}
