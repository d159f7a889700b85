export { CHECKOUT_EVENT_DESCRIPTIONS } from '../contract/event-descriptions.js';
export { EVENT_TYPES } from '../contract/event-types.js';
export type {
  AnalyticsEvent,
  Attribution,
  CheckoutEvent,
  CheckoutEventName,
  CheckoutMode,
  CheckoutStep,
  CheckoutType,
  CockpitBuyEvent,
  CockpitCreatedEvent,
  CockpitCreateEvent,
  EntityType,
  ExecutionEnvironment,
  FlowType,
  KnownEventType,
  PageViewEvent,
  PaymentMethod,
  TrackingEvent,
} from '../contract/types.js';
export {
  type CheckoutChanges,
  type CheckoutDetails,
  type CheckoutTracker,
  type CheckoutTrackerOptions,
  createCheckoutTracker,
} from './checkout-tracker.js';
export { durableQueue } from './durable-queue.js';
export type { PlatformDomains } from './hosts.js';
export type { DropReason, Queue } from './sender.js';
export {
  type CockpitDetails,
  type CockpitEventType,
  createTracker,
  type EventDetails,
  type Tracker,
  type TrackerChanges,
  type TrackerOptions,
} from './tracker.js';
