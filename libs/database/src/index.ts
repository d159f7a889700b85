export { CATALOG_TABLES, type CatalogTable } from './catalogue/catalog-tables.js';
export { ADMINISTRATORS_CLAIM, claimOf, isBelieved } from './catalogue/claim.js';
export { createDataSource, type Limits, MIGRATION_LIMITS } from './data-source-options.js';
export { DatabaseStart } from './database-start.js';
export {
  Database,
  DatabaseAwayError,
  type Queries,
  type Statement,
  type Transaction,
} from './database.js';
export { DatabaseModule } from './database.module.js';
export { DataDirLock } from './embedded/data-dir-lock.js';
export { EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { runningEmbeddedUrl } from './embedded/running-embedded-url.js';
export { hasCluster } from './embedded/server-home.js';
export { assertServerPackage } from './embedded/server-binaries.js';
export type { AssetDayEntity } from './entities/asset-day.entity.js';
export type { AssetSessionEntity } from './entities/asset-session.entity.js';
export type { NewAttribution } from './entities/attribution.entity.js';
export type { DailyMetricEntity } from './entities/daily-metric.entity.js';
export type { NewEvent } from './entities/event.entity.js';
export type { NewCheckoutEvent } from './entities/checkout-event.entity.js';
export type { ActiveKind, LastActivityEntity } from './entities/last-activity.entity.js';
export { OfferEntity } from './entities/offer.entity.js';
export type { OrderEntity } from './entities/order.entity.js';
export type { OrderFactEntity } from './entities/order-fact.entity.js';
export type { PayoutEntity } from './entities/payout.entity.js';
export type { ReferralEntity } from './entities/referral.entity.js';
export type { CommerceDailyEntity } from './entities/commerce-daily.entity.js';
export type { CommerceWire, NewCommerceEvent } from './entities/commerce-event.entity.js';
export type { NewTrackingEvent } from './entities/tracking-event.entity.js';
export type { RejectedEventEntity } from './entities/rejected-event.entity.js';
export { FreshCopy } from './fresh-copy.js';
export { migrate } from './migrate.js';
export { openDatabase } from './open-database.js';
export type { AssetFiguresDailyEntity } from './entities/asset-figures-daily.entity.js';
export type { AssetVisitsDailyEntity } from './entities/asset-visits-daily.entity.js';
export type { CreatorVisitsDailyEntity } from './entities/creator-visits-daily.entity.js';
export type { PlatformDailyEntity } from './entities/platform-daily.entity.js';
export { PARTITIONED_TABLES } from './partitions/partitioned-tables.js';
export { type OldPartition, OldPartitions } from './partitions/old-partitions.js';
export { Partitions } from './partitions/partitions.js';
export { PartitionMetrics } from './partitions/partitions.metrics.js';
export { BOUNDS as PARTITION_BOUNDS } from './partitions/partitions.sql.js';
export type { PartitionInterval, Range } from './partitions/ranges.js';
export { prepared, PreparedStatements } from './prepared.js';
export { PostgresDatabase } from './postgres-database.js';
export type { CheckoutErrorsDailyEntity } from './entities/checkout-errors-daily.entity.js';
export type { CheckoutEventsDailyEntity } from './entities/checkout-events-daily.entity.js';
export type { CheckoutFunnelDailyEntity } from './entities/checkout-funnel-daily.entity.js';
export type { CheckoutFunnelFigures } from './entities/checkout-funnel-figures.js';
export type { CheckoutFunnelHourlyEntity } from './entities/checkout-funnel-hourly.entity.js';
export type { CheckoutPaymentsDailyEntity } from './entities/checkout-payments-daily.entity.js';
export type { CheckoutTotalsDailyEntity } from './entities/checkout-totals-daily.entity.js';
export type { CheckoutSessionEntity } from './entities/checkout-session.entity.js';
export { CONVERTED_AT, SESSION_PAYMENT_METHOD } from './projections/checkout-session.sql.js';
export { countedUntil, PROJECTION_LAG, ROLLUP_LAG } from './projections/lag.sql.js';
export {
  COUNTS_OF_ROWS,
  countsOfParts,
  partsOf,
  rowsAtAsset,
  toldApart,
  type VisitKind,
  visitsOf,
} from './projections/visits.sql.js';
export {
  countedAt,
  countedBetween,
  isAhead,
  sentBetween,
} from './raw-events/counted-between.sql.js';
export { IS_PRODUCTION } from './raw-events/production-traffic.sql.js';
export { type Props, SensitiveProps } from './sensitive-props/sensitive-props.js';
export { filterValues, FITS_FILTER } from './rejected-events/fits-filter.sql.js';
export { snakeCase } from './snake-naming.js';
export type { CockpitDailyEntity } from './entities/cockpit-daily.entity.js';
export type { CockpitSessionEntity } from './entities/cockpit-session.entity.js';
export type { PageViewsDailyEntity } from './entities/page-views-daily.entity.js';
export { ANY_PAGE } from './entities/page-visit.entity.js';
export type { TrackingDailyEntity } from './entities/tracking-daily.entity.js';
