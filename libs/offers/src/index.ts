export type { Streams } from './bulk/command-line.js';
export { OFFERS_USAGE, runOffersCommand } from './bulk/offers.command.js';
export { CATALOG_USAGE, runCatalogCommand } from './catalog/catalog.command.js';
export { CannotTellError, type Offer } from './offer.js';
export { OfferDirectory } from './offer-directory.js';
export { OfferFeed } from './offer-feed.repository.js';
export { OffersMetrics } from './offers.metrics.js';
export { OffersModule } from './offers.module.js';
export { OffersRepository } from './offers.repository.js';
