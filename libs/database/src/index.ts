export {
  connectionOptions,
  createDataSource,
  type DatabaseOptions,
  dataSourceOptions,
  type Limits,
  MIGRATION_LIMITS,
  type Migrations,
} from './data-source-options.js';
export { type Address, DatabaseStart } from './database-start.js';
export { Database, DatabaseAwayError, type Queries, type Statement } from './database.js';
export { DatabaseModule, type DatabaseModuleOptions } from './database.module.js';
export { DataDirInUseError, DataDirLock, type Holder } from './embedded/data-dir-lock.js';
export { type EmbeddedOptions, EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { runningEmbeddedUrl } from './embedded/running-embedded-url.js';
export { NoServerBinariesError } from './embedded/server-binaries.js';
export { ApiKeyEntity } from './entities/api-key.entity.js';
export { CheckoutEventEntity, type NewCheckoutEvent } from './entities/checkout-event.entity.js';
export { OfferEntity } from './entities/offer.entity.js';
export {
  REJECTED_EVENT_STATES,
  RejectedEventEntity,
  type RejectedEventState,
} from './entities/rejected-event.entity.js';
export { WriterBatchEntity } from './entities/writer-batch.entity.js';
export { FreshCopy, type FreshCopyOptions } from './fresh-copy.js';
export { migrate } from './migrate.js';
export type { Mirrors } from './mirrors.js';
export { openDatabase } from './open-database.js';
export { PARTITIONED_TABLES, type PartitionedTable } from './partitions/partitioned-tables.js';
export { Partitions } from './partitions/partitions.js';
export { PartitionMetrics } from './partitions/partitions.metrics.js';
export type { PartitionInterval } from './partitions/ranges.js';
export { PostgresDatabase } from './postgres-database.js';
export { snakeCase, SnakeNaming } from './snake-naming.js';
