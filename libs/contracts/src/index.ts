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
export {
  CHECKOUT_BATCH_EXAMPLE,
  CHECKOUT_EVENT_EXAMPLES,
} from './checkout/checkout-event.examples.js';
export { checkoutEventTraits } from './checkout/checkout-event.traits.js';
export { CheckoutLog } from './checkout/checkout.log.js';
export { compileChecks } from './contract-check.js';
export { CheckoutFilters, CheckoutQuestion } from './dashboards/checkout/checkout-question.dto.js';
export { CheckoutEventCount, CheckoutSummary } from './dashboards/checkout/checkout-summary.dto.js';
export { CHECKOUT_SUMMARY_EXAMPLE } from './dashboards/checkout/checkout-summary.example.js';
export {
  DAYS_BY_DEFAULT,
  DayRangeQuery,
  DayRangeView,
  MOST_DAYS,
} from './dashboards/day-range.dto.js';
export { CheckoutEventPage, CheckoutEventView } from './events/checkout-event-view.dto.js';
export type { EventFate } from './events/event-receipt.catalogue.js';
export { EventReceiptItem, EventReceiptView } from './events/event-receipt.dto.js';
export { ListCheckoutEventsQuery } from './events/list-checkout-events.dto.js';
export { TextField } from './fields.js';
export { isUuid } from './query-fields.js';
export {
  type BadLine,
  ExportOffersQuery,
  type OfferFileFormat,
  OfferImportReport,
} from './offers/offer-files.dto.js';
export { ListOffersQuery, OfferPage, OfferView, PutOfferDto } from './offers/offer.dto.js';
export {
  inWords,
  KEPT_OF_A_REFUSED_BODY,
  type RejectedEventReason,
  type RejectedEventState,
  WRITER_REASONS,
} from './rejected-events/rejected-event.catalogue.js';
export {
  ListRejectedEventsQuery,
  RejectedEventFilter,
} from './rejected-events/list-rejected-events.dto.js';
export {
  RejectedEventItem,
  RejectedEventPage,
  RejectedEventPath,
  RejectedEventView,
} from './rejected-events/rejected-event.dto.js';
export {
  CountRejectedEventsQuery,
  type RejectedEventCount,
  RejectedEventCounts,
} from './rejected-events/rejected-event-counts.dto.js';
export { RETRY_EXAMPLES, RETRY_REPORT_EXAMPLE } from './rejected-events/retry.examples.js';
export {
  MOST_RETRIED,
  RetryRejectedEventsDto,
} from './rejected-events/retry-rejected-events.dto.js';
export { RetriedEvent, RetryReport } from './rejected-events/retry-report.dto.js';
export type { RetryVerdict } from './rejected-events/retry-verdict.catalogue.js';
