import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { AssetDayEntity } from './entities/asset-day.entity.js';
import { AssetFiguresDailyEntity } from './entities/asset-figures-daily.entity.js';
import { AssetSessionEntity } from './entities/asset-session.entity.js';
import { AssetVisitsDailyEntity } from './entities/asset-visits-daily.entity.js';
import { AttributionEntity } from './entities/attribution.entity.js';
import { BackfillDayEntity } from './entities/backfill-day.entity.js';
import { BackfillEntity } from './entities/backfill.entity.js';
import { CatalogAssetEntity } from './entities/catalog-asset.entity.js';
import { CatalogBrandEntity } from './entities/catalog-brand.entity.js';
import { CatalogCreatorEntity } from './entities/catalog-creator.entity.js';
import { CatalogLicenseEntity } from './entities/catalog-license.entity.js';
import { CatalogUserEntity } from './entities/catalog-user.entity.js';
import { CheckoutEventEntity } from './entities/checkout-event.entity.js';
import { CheckoutErrorsDailyEntity } from './entities/checkout-errors-daily.entity.js';
import { CheckoutEventsDailyEntity } from './entities/checkout-events-daily.entity.js';
import { CheckoutFunnelDailyEntity } from './entities/checkout-funnel-daily.entity.js';
import { CheckoutFunnelHourlyEntity } from './entities/checkout-funnel-hourly.entity.js';
import { CheckoutSessionEntity } from './entities/checkout-session.entity.js';
import { CheckoutPaymentsDailyEntity } from './entities/checkout-payments-daily.entity.js';
import { CheckoutTotalsDailyEntity } from './entities/checkout-totals-daily.entity.js';
import { CockpitDailyEntity } from './entities/cockpit-daily.entity.js';
import { CockpitSessionEntity } from './entities/cockpit-session.entity.js';
import { CommerceDailyEntity } from './entities/commerce-daily.entity.js';
import { CommerceEventEntity } from './entities/commerce-event.entity.js';
import { CreatorVisitsDailyEntity } from './entities/creator-visits-daily.entity.js';
import { DailyMetricEntity } from './entities/daily-metric.entity.js';
import { EventKeyEntity } from './entities/event-key.entity.js';
import { EventEntity } from './entities/event.entity.js';
import { JobLeaseEntity } from './entities/job-lease.entity.js';
import { JobRunEntity } from './entities/job-run.entity.js';
import { KnownThingEntity } from './entities/known-thing.entity.js';
import { KnownTotalEntity } from './entities/known-total.entity.js';
import { LastActivityEntity } from './entities/last-activity.entity.js';
import { LongVisitEntity } from './entities/long-visit.entity.js';
import { OfferEntity } from './entities/offer.entity.js';
import { OrderEntity } from './entities/order.entity.js';
import { OrderFactEntity } from './entities/order-fact.entity.js';
import { PayoutEntity } from './entities/payout.entity.js';
import { PersonalDataAccessEntity } from './entities/personal-data-access.entity.js';
import { PageViewsDailyEntity } from './entities/page-views-daily.entity.js';
import { PageVisitEntity } from './entities/page-visit.entity.js';
import { PlatformDailyEntity } from './entities/platform-daily.entity.js';
import { ProjectorCursorEntity } from './entities/projector-cursor.entity.js';
import { PropsKeyUseEntity } from './entities/props-key-use.entity.js';
import { ReferralEntity } from './entities/referral.entity.js';
import { RejectedEventEntity } from './entities/rejected-event.entity.js';
import { TouchedAssetEntity } from './entities/touched-asset.entity.js';
import { ReturningVisitEntity } from './entities/returning-visit.entity.js';
import { RetiredEventEntity } from './entities/retired-event.entity.js';
import { TouchedDayEntity } from './entities/touched-day.entity.js';
import { TrackingDailyEntity } from './entities/tracking-daily.entity.js';
import { TrackingEventEntity } from './entities/tracking-event.entity.js';
import { WriterBatchEntity } from './entities/writer-batch.entity.js';
import { PostgresClient } from './postgres-client.js';
import { SnakeNaming } from './snake-naming.js';

export type Migrations = readonly (new () => MigrationInterface)[];

export interface DatabaseOptions {
  /** Absent while it is not known yet: the embedded server chooses its port when it starts. */
  readonly url?: string;
  /** From `migrations/`, which this room does not know. */
  readonly migrations: Migrations;
  readonly poolSize: number;
  /** Other than `LIMITS`; 0 is no limit. */
  readonly limits?: Partial<Limits>;
}

/** How long anything may take, so that a server that hangs holds nobody for ever. */
export interface Limits {
  /** To connect, and to wait for a free connection. */
  readonly connectMs: number;
  /** The server gives up a statement after this, */
  readonly statementMs: number;
  /** and where it cannot even say so, the client lets go of the connection. */
  readonly answerMs: number;
  /** A lock that is not had by then, fails the statement (55P03). */
  readonly lockMs: number;
  /**
   * A transaction that says nothing for so long is ended: its process hangs, or is gone. Less than
   * `answerMs`, so that whoever comes again meets no locks of its own former self.
   */
  readonly idleMs: number;
}

const LIMITS: Limits = {
  connectMs: 5000,
  statementMs: 20_000,
  answerMs: 25_000,
  lockMs: 0,
  idleMs: 20_000,
};

/** For migrations: an index may take long to build, but never queues others behind its lock. */
export const MIGRATION_LIMITS: Limits = {
  connectMs: 5000,
  statementMs: 0,
  answerMs: 0,
  lockMs: 5000,
  idleMs: 0,
};

const ENTITIES = [
  ApiKeyEntity,
  AssetDayEntity,
  AssetFiguresDailyEntity,
  AssetSessionEntity,
  AssetVisitsDailyEntity,
  AttributionEntity,
  BackfillDayEntity,
  BackfillEntity,
  CatalogAssetEntity,
  CatalogBrandEntity,
  CatalogCreatorEntity,
  CatalogLicenseEntity,
  CatalogUserEntity,
  CheckoutEventEntity,
  CheckoutErrorsDailyEntity,
  CheckoutEventsDailyEntity,
  CheckoutFunnelDailyEntity,
  CheckoutFunnelHourlyEntity,
  CheckoutSessionEntity,
  CheckoutPaymentsDailyEntity,
  CheckoutTotalsDailyEntity,
  CockpitDailyEntity,
  CockpitSessionEntity,
  CommerceDailyEntity,
  CommerceEventEntity,
  CreatorVisitsDailyEntity,
  DailyMetricEntity,
  EventEntity,
  EventKeyEntity,
  JobLeaseEntity,
  JobRunEntity,
  KnownThingEntity,
  KnownTotalEntity,
  LastActivityEntity,
  LongVisitEntity,
  OfferEntity,
  OrderEntity,
  OrderFactEntity,
  PayoutEntity,
  PersonalDataAccessEntity,
  PageViewsDailyEntity,
  PageVisitEntity,
  PlatformDailyEntity,
  ProjectorCursorEntity,
  PropsKeyUseEntity,
  ReferralEntity,
  RejectedEventEntity,
  TouchedAssetEntity,
  RetiredEventEntity,
  ReturningVisitEntity,
  TouchedDayEntity,
  TrackingDailyEntity,
  TrackingEventEntity,
  WriterBatchEntity,
];

/** The client's part of a connection's options, for those outside of the pool too. */
export const connectionOptions = ({
  connectMs,
  answerMs,
}: Pick<Limits, 'connectMs' | 'answerMs'>) => ({
  application_name: 'footfall',
  connectionTimeoutMillis: connectMs,
  query_timeout: answerMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
});

/**
 * The server's part, said once a connection: as parameters of the connection itself, poolers in
 * front of PostgreSQL would refuse it. Days are UTC days, whatever the server's zone is; to compile
 * a plan over many partitions takes longer than it saves; and a commit is on disk before the journal
 * forgets its events, although a server may be set otherwise.
 */
const sessionSettings = ({ statementMs, lockMs, idleMs }: Limits): string => `
  SET TimeZone = 'UTC';
  SET jit = off;
  SET statement_timeout = ${statementMs};
  SET lock_timeout = ${lockMs};
  SET idle_in_transaction_session_timeout = ${idleMs};
  SELECT set_config('synchronous_commit', 'on', false)
  WHERE current_setting('synchronous_commit') = 'off'
`;

/** The one place of TypeORM's options. */
export function dataSourceOptions(options: DatabaseOptions): PostgresDataSourceOptions {
  const { url, migrations, poolSize } = options;
  const limits = { ...LIMITS, ...options.limits };
  return {
    type: 'postgres',
    ...(url !== undefined && { url }),
    entities: ENTITIES,
    migrations: [...migrations],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    namingStrategy: new SnakeNaming(),
    // TypeORM's logger prints parameters, which are personal data.
    logging: false,
    poolSize,
    // An idle connection that breaks is replaced when one is needed; whoever needs it, logs.
    poolErrorHandler: () => undefined,
    extra: {
      ...connectionOptions(limits),
      Client: PostgresClient,
      onConnect: (client: PostgresClient) => client.query(sessionSettings(limits)),
      idleTimeoutMillis: 60_000,
    },
  };
}

/** A data source that connects only when told to. */
export function createDataSource(options: DatabaseOptions | DataSourceOptions): DataSource {
  const dataSource = new DataSource('type' in options ? options : dataSourceOptions(options));
  // PostgreSQL has it since version 13, TypeORM does not know it: `writer_batches.xid`.
  dataSource.driver.supportedDataTypes.push('xid8' as never);
  return dataSource;
}
