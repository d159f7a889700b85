export { bootstrap } from './bootstrap.js';
export type { Connection } from './connection.js';
export { PublishError } from './publish-error.js';
export {
  type PublishableEvent,
  Publisher,
  type PublisherOptions,
  type PublishOptions,
} from './publisher.js';
export { sha256Hex } from './sha256-hex.js';
export { type CommerceSubject, STREAM_NAME, STREAM_SUBJECTS, SUBJECTS } from './subjects.js';
export type { PublishedCheckout } from './events/checkout.js';
export type {
  PublishedContributor,
  PublishedPayout,
  PublishedPayoutCalculation,
} from './events/contributors.js';
export type { PublishedItem } from './events/ecommerce-parts.js';
export type { PublishedOrder, PublishedRefund } from './events/orders.js';
export type {
  PublishedReferralClaim,
  PublishedReferralCommission,
  PublishedReferralCredit,
  PublishedReferralLink,
  PublishedReferralTier,
} from './events/referrals.js';
export type {
  CommerceEvent,
  FacebookCAPIEvent,
  FacebookUserData,
  GA4EcommerceEvent,
  GA4Item,
} from '../contract/types.js';
export { majorUnits } from '../major-units.js';
