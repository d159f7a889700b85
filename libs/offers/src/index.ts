export { CannotTellError, type Offer } from './offer.js';
export { OfferDirectory } from './offer-directory.js';
export { OffersModule } from './offers.module.js';
