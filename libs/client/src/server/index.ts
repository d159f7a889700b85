export type {
  AnalyticsEvent,
  Attribution,
  Breach,
  CheckoutEvent,
  CheckoutEventName,
  CollectorEvent,
  EntityType,
  EventContext,
  EventSource,
  TrackingEvent,
} from '../contract/types.js';
export { EVENT_TYPES } from '../contract/event-types.js';
export type {
  CheckoutEventInput,
  CommerceOptions,
  RawEvent,
  TrackEventInput,
  TrackingEventInput,
  TrackResult,
} from './events.js';
export type {
  ContributorPayoutCalculated,
  ContributorPayoutSent,
  ContributorRegistered,
  ReferralClaimed,
  ReferralCommissionEarned,
  ReferralCreditGranted,
  ReferralLinkCreated,
  ReferralTierUpgraded,
} from './facts.js';
export { FootfallClient } from './footfall-client.js';
export { FootfallError, type FootfallErrorCode } from './footfall-error.js';
export type { CloseOptions, FlushOptions, FootfallClientOptions, SendOptions } from './options.js';
export { type LineItemInfo, type Order, type OrderItem, toOrderItems } from './order.js';
