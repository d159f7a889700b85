export type { AnalyticsAdded, SenderTrust } from './analytics/analytics-added.js';
export {
  DEFAULT_SOURCE,
  MONEY_PROPS,
  ENTITY_TYPES,
  type EntityType,
  EVENT_SOURCES,
  type EventSource,
  VISITOR_SOURCES,
} from './analytics/analytics-event.catalogue.js';
export { AnalyticsEventDto, type AttributionDto } from './analytics/analytics-event.dto.js';
export {
  ANALYTICS_ANSWER_EXAMPLE,
  ANALYTICS_BATCH_EXAMPLE,
  ANALYTICS_EVENT_EXAMPLES,
} from './analytics/analytics-event.examples.js';
export { analyticsEventTraits } from './analytics/analytics-event.traits.js';
export { AnalyticsLog } from './analytics/analytics.log.js';
export { EventTypePage, EventTypeView } from './analytics/event-type-view.dto.js';
export { EVENT_TYPE_REGISTRY, EVENT_TYPES, senderOf } from './analytics/event-types.catalogue.js';
export { AnalyticsEventPage, AnalyticsEventView } from './events/analytics-event-view.dto.js';
export { ListAnalyticsEventsQuery } from './events/list-analytics-events.dto.js';
export { AssetPage, AssetPath, AssetView, PutAssetDto } from './catalog/asset.dto.js';
export { BrandPage, BrandPath, BrandView, PutBrandDto } from './catalog/brand.dto.js';
export {
  CATALOG_KINDS,
  type CatalogKindName,
  MOST_OF_A_NAME,
  MOST_OF_A_TITLE,
  MOST_OF_AN_ID,
} from './catalog/catalog.catalogue.js';
export { ListCatalogQuery } from './catalog/catalog-entry.dto.js';
export { CreatorPage, CreatorPath, CreatorView, PutCreatorDto } from './catalog/creator.dto.js';
export { LicensePage, LicensePath, LicenseView, PutLicenseDto } from './catalog/license.dto.js';
export { PutUserDto, UserPage, UserPath, UserView } from './catalog/user.dto.js';
export {
  CHECKOUT_ERRORS,
  type CheckoutError,
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
export { ContractLog } from './contract.log.js';
export {
  ASSET_METRICS_EXAMPLE,
  CREATOR_DASHBOARD_EXAMPLE,
  PLATFORM_METRICS_EXAMPLE,
} from './dashboards/analytics/analytics-dashboards.examples.js';
export {
  type AssetDayMetrics,
  AssetMetrics,
  AssetMetricsQuestion,
  type ReferrerCount,
} from './dashboards/analytics/asset-metrics.dto.js';
export {
  CreatorDashboard,
  CreatorDashboardQuestion,
  type RevenueOfDay,
  type TopAsset,
  type TrafficSource,
} from './dashboards/analytics/creator-dashboard.dto.js';
export {
  type CreatorPeriod,
  DAYS_OF_PERIOD,
  type Period,
  type PlatformPeriod,
} from './dashboards/analytics/periods.catalogue.js';
export {
  PlatformMetrics,
  PlatformMetricsQuestion,
} from './dashboards/analytics/platform-metrics.dto.js';
export {
  type Cockpit,
  COCKPIT_GOALS,
  COCKPIT_STAGES,
  COCKPIT_STEP_EVENTS,
  COCKPITS,
  type CockpitStage,
} from './dashboards/tracking/cockpit-flows.catalogue.js';
export {
  type CockpitFigures,
  type CockpitFilters,
  CockpitFlow,
  CockpitQuestion,
} from './dashboards/tracking/cockpit-flow.dto.js';
export { CockpitSteps, CockpitStepsQuestion } from './dashboards/tracking/cockpit-steps.dto.js';
export {
  type PageViewFigures,
  PageViews,
  PageViewsQuestion,
} from './dashboards/tracking/page-views.dto.js';
export {
  COCKPIT_STEPS_EXAMPLE,
  CREATION_FLOW_EXAMPLE,
  PAGE_VIEWS_EXAMPLE,
  PURCHASE_FLOW_EXAMPLE,
} from './dashboards/tracking/tracking.examples.js';
export {
  AbandonedCheckout,
  AbandonedCheckouts,
  AbandonedCheckoutsFilters,
  AbandonedCheckoutsQuestion,
} from './dashboards/checkout/abandoned-checkouts.dto.js';
export {
  ABANDONED_CHECKOUTS_EXAMPLE,
  CHECKOUT_ERRORS_EXAMPLE,
  CHECKOUT_FUNNEL_EXAMPLE,
  CHECKOUT_PAYMENT_METHODS_EXAMPLE,
  CHECKOUT_STEPS_EXAMPLE,
  CHECKOUT_TIMELINE_EXAMPLE,
  PERSONAL_DATA_ACCESSES_EXAMPLE,
} from './dashboards/checkout/checkout-dashboards.examples.js';
export {
  type CheckoutErrorFigures,
  type CheckoutErrorKind,
  CheckoutErrors,
} from './dashboards/checkout/checkout-errors.dto.js';
export {
  CHECKOUT_FUNNEL_STEPS,
  type CheckoutDimension,
  type CheckoutFunnelStep,
  type FunnelOrder,
  type TimelineUnit,
} from './dashboards/checkout/checkout-funnel.catalogue.js';
export {
  CheckoutFunnel,
  type CheckoutFunnelFigures,
  type CheckoutFunnelStepFigures,
  CheckoutFunnelQuestion,
  MOST_GROUPS,
} from './dashboards/checkout/checkout-funnel.dto.js';
export {
  type CheckoutPaymentMethodFigures,
  CheckoutPaymentMethods,
  type CheckoutOrders,
} from './dashboards/checkout/checkout-payment-methods.dto.js';
export {
  CheckoutSessionsAnswer,
  CheckoutSessionsFilters,
  type CheckoutSessionsLeftOut,
  CheckoutSessionsQuestion,
} from './dashboards/checkout/checkout-sessions-question.dto.js';
export {
  type CheckoutStepFigures,
  CheckoutSteps,
} from './dashboards/checkout/checkout-steps.dto.js';
export {
  CheckoutTimeline,
  type CheckoutTimelineBucket,
  CheckoutTimelineQuestion,
  type CheckoutTimelineRange,
  MOST_DAYS_BY_HOUR,
  MOST_DAYS_OF_A_ZONE,
} from './dashboards/checkout/checkout-timeline.dto.js';
export { CheckoutFilters, CheckoutQuestion } from './dashboards/checkout/checkout-question.dto.js';
export { CheckoutEventCount, CheckoutSummary } from './dashboards/checkout/checkout-summary.dto.js';
export { CHECKOUT_SUMMARY_EXAMPLE } from './dashboards/checkout/checkout-summary.example.js';
export {
  COMMERCE_EVENT_TYPES_EXAMPLE,
  COMMERCE_ORDERS_EXAMPLE,
  COMMERCE_ORGANIZATIONS_EXAMPLE,
  COMMERCE_PAYOUTS_EXAMPLE,
  COMMERCE_REFERRALS_EXAMPLE,
  COMMERCE_REVENUE_EXAMPLE,
} from './dashboards/commerce/commerce-dashboards.examples.js';
export {
  type CommerceEventTypeCount,
  CommerceEventTypes,
} from './dashboards/commerce/commerce-event-types.dto.js';
export {
  CommerceOrders,
  type CommerceOrdersFilters,
  CommerceOrdersQuestion,
  type OrderView,
} from './dashboards/commerce/commerce-orders.dto.js';
export {
  CommerceOrganizations,
  CommerceOrganizationsQuestion,
  type OrganizationFigures,
} from './dashboards/commerce/commerce-organizations.dto.js';
export {
  CommercePayouts,
  type CommercePayoutsFilters,
  CommercePayoutsQuestion,
  type PayoutTotals,
  type PayoutView,
} from './dashboards/commerce/commerce-payouts.dto.js';
export {
  type CommerceLeftOut,
  CommerceQuestion,
} from './dashboards/commerce/commerce-question.dto.js';
export {
  CommerceReferrals,
  type CommerceReferralsFilters,
  CommerceReferralsQuestion,
  type ReferralAmounts,
  type ReferralEntry,
  type ReferralFunnel,
} from './dashboards/commerce/commerce-referrals.dto.js';
export {
  CommerceRevenue,
  CommerceRevenueQuestion,
  type CurrencyRevenue,
  type RevenueTotals,
} from './dashboards/commerce/commerce-revenue.dto.js';
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
export { CommerceEventPage, CommerceEventView } from './events/commerce-event-view.dto.js';
export { ListCommerceEventsQuery } from './events/list-commerce-events.dto.js';
export { ListTrackingEventsQuery } from './events/list-tracking-events.dto.js';
export { TrackingEventPage, TrackingEventView } from './events/tracking-event-view.dto.js';
export {
  ExportAnalyticsEventsQuery,
  ExportCheckoutEventsQuery,
  ExportCommerceEventsQuery,
  type ExportEventsQuery,
  type ExportFormat,
  ExportTrackingEventsQuery,
} from './exports/export-events.dto.js';
export {
  ANALYTICS_EXPORT_EXAMPLE,
  CHECKOUT_EXPORT_EXAMPLE,
  COMMERCE_EXPORT_EXAMPLE,
  TRACKING_EXPORT_EXAMPLE,
} from './exports/export.examples.js';
export {
  type AuditedSource,
  ListPersonalDataAccessesQuery,
  PersonalDataAccessPage,
  PersonalDataAccessView,
} from './personal-data/personal-data-access.dto.js';
export { publishedAs, TextField } from './fields.js';
export { withoutMappings } from './union.js';
export { PageQuery } from './page.dto.js';
export {
  BACKFILL_STATES,
  type BackfillState,
  EARLIEST_BACKFILL_DAY,
  MOST_BACKFILL_DAYS,
} from './jobs/backfill.catalogue.js';
export {
  AggregateDailyMetricsDto,
  BackfillDto,
  BackfillPath,
  ROLLUP_IDS,
} from './jobs/backfill.dto.js';
export { BACKFILL_EXAMPLE } from './jobs/backfill.example.js';
export {
  type BackfillDayView,
  BackfillDetailView,
  type BackfillDifference,
  BackfillPage,
  BackfillView,
} from './jobs/backfill-view.dto.js';
export { JobPage, JobPath, type JobRunView, JobView } from './jobs/job.dto.js';
export {
  isJobId,
  JOB_IDS,
  type JobId,
  type JobIdOf,
  type JobKind,
  JOBS,
} from './jobs/jobs.catalogue.js';
export {
  RETENTION_PREVIEW_EXAMPLE,
  type RetainedContractView,
  RetentionPreview,
} from './jobs/retention.dto.js';
export { lastDueOf, nextRunOf, type Schedule, scheduleInWords } from './jobs/schedule.js';
export {
  CreatedKeyView,
  CreateKeyDto,
  DEFAULT_GRACE_HOURS,
  KeyPage,
  KeyPath,
  type KeyView,
  ListKeysQuery,
  RotatedKeyView,
  RotateKeyDto,
} from './keys/key.dto.js';
export {
  isOwnerKind,
  OWNER_KINDS,
  type OwnerKind,
  SCOPES_OF_OWNERS,
} from './keys/owners.catalogue.js';
export { isScope, type Scope, SCOPES } from './keys/scopes.catalogue.js';
export {
  COCKPIT_BUY_EVENT_TYPES,
  COCKPIT_CREATE_EVENT_TYPES,
  COCKPIT_CREATED_EVENT_TYPES,
  FLOW_TYPES,
  type FlowType,
  PAGE_VIEW_EVENT_TYPES,
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
export {
  TRACKING_BATCH_EXAMPLE,
  TRACKING_EVENT_EXAMPLES,
} from './tracking/tracking-event.examples.js';
export { trackingEventTraits } from './tracking/tracking-event.traits.js';
export { TrackingLog } from './tracking/tracking.log.js';
export type { CommerceAdded } from './commerce/commerce-added.js';
export { CollectorEventDto } from './commerce/collector-event.dto.js';
export {
  COMMERCE_EVENT_TYPES,
  type CommerceEventType,
  commerceTypeOf,
} from './commerce/commerce-event.catalogue.js';
export { CommerceEventDto } from './commerce/commerce-event.dto.js';
export {
  COLLECTOR_EVENT_EXAMPLES,
  COLLECTOR_BATCH_EXAMPLE,
  COMMERCE_BATCH_EXAMPLE,
  COMMERCE_EVENT_EXAMPLES,
} from './commerce/commerce-event.examples.js';
export { collectorEventTraits, commerceEventTraits } from './commerce/commerce-event.traits.js';
export { type CommerceEvent, CommerceLog, isEnvelope } from './commerce/commerce.log.js';
export { FacebookCAPIEvent, GA4EcommerceEvent } from './commerce/ecommerce-parts.dto.js';
export { currencyExponent, currencyOf, minorUnits } from './commerce/money.js';
export { sha256Hex } from './commerce/sha256-hex.js';
export { isWellFormed } from './commerce/well-formed-part.js';
export { isStorable, isStorableAs } from './storable.keyword.js';
export { isAtMost } from './validators.js';
export { isUuid } from './query-fields.js';
export {
  type BadLine,
  ExportOffersQuery,
  ImportReport,
  OFFER_FILE_FORMATS,
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
