export {
  CHECKOUT_EVENT_NAMES,
  CHECKOUT_MODES,
  CHECKOUT_STEPS,
  CHECKOUT_TYPES,
  type CheckoutEventName,
  type CheckoutMode,
  type CheckoutStep,
  type CheckoutType,
  EXECUTION_ENVIRONMENTS,
  type ExecutionEnvironment,
  PAYMENT_METHODS,
  type PaymentMethod,
} from './checkout/checkout-event.catalogue.js';
export { CheckoutEventDto } from './checkout/checkout-event.dto.js';
export { CHECKOUT_EVENT_EXAMPLES } from './checkout/checkout-event.examples.js';
export { checkoutEventTraits } from './checkout/checkout-event.traits.js';
export { CheckoutLog } from './checkout/checkout.log.js';
export { compileChecks } from './contract-check.js';
export { ContractLog } from './contract.log.js';
export { CheckoutEventPage, CheckoutEventView } from './events/checkout-event-view.dto.js';
export type { EventFate } from './events/event-receipt.catalogue.js';
export { EventReceiptItem, EventReceiptView } from './events/event-receipt.dto.js';
export { ListCheckoutEventsQuery } from './events/list-checkout-events.dto.js';
export { ListTrackingEventsQuery } from './events/list-tracking-events.dto.js';
export { TrackingEventPage, TrackingEventView } from './events/tracking-event-view.dto.js';
export { TextField } from './fields.js';
export type { PageQuery } from './page.dto.js';
export { isScope, type Scope, SCOPES } from './keys/scopes.catalogue.js';
export { ListOffersQuery, OfferPage, OfferView, PutOfferDto } from './offers/offer.dto.js';
export {
  FLOW_TYPES,
  type FlowType,
  TRACKING_EVENT_TYPES,
  type TrackingEventType,
} from './tracking/tracking-event.catalogue.js';
export {
  type CockpitBuyEventDto,
  type CockpitCreateEventDto,
  type PageViewEventDto,
  type TrackingEvent,
  TrackingEventDto,
} from './tracking/tracking-event.dto.js';
export { TRACKING_EVENT_EXAMPLES } from './tracking/tracking-event.examples.js';
export { trackingEventTraits } from './tracking/tracking-event.traits.js';
export { TrackingLog } from './tracking/tracking.log.js';
export type { CommerceAdded } from './commerce/commerce-added.js';
export { CollectorEventDto } from './commerce/collector-event.dto.js';
export { COMMERCE_EVENT_TYPES, commerceTypeOf } from './commerce/commerce-event.catalogue.js';
export { CommerceEventDto } from './commerce/commerce-event.dto.js';
export {
  COLLECTOR_EVENT_EXAMPLES,
  COMMERCE_EVENT_EXAMPLES,
} from './commerce/commerce-event.examples.js';
export { collectorEventTraits, commerceEventTraits } from './commerce/commerce-event.traits.js';
export { type CommerceEvent, CommerceLog } from './commerce/commerce.log.js';
export {
  FacebookCAPIEvent,
  FacebookUserData,
  GA4EcommerceEvent,
  GA4Item,
} from './commerce/ecommerce-parts.dto.js';
export { currencyExponent, currencyOf, minorUnits } from './commerce/money.js';
export { sha256Hex } from './commerce/sha256-hex.js';
export { isWellFormed } from './commerce/well-formed-part.js';
export { isStorable } from './storable.keyword.js';
