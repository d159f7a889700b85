import { AccessModule } from '#libs/access';
import {
  AggregationModule,
  BackfillRequestsModule,
  RetentionPreviewModule,
} from '#libs/aggregation';
import { DashboardsModule } from '#libs/dashboards';
import { DatabaseModule } from '#libs/database';
import { EventLogModule } from '#libs/event-log';
import { EventWriterModule } from '#libs/event-writer';
import { IngestionModule } from '#libs/ingestion';
import { OffersModule } from '#libs/offers';
import {
  Config,
  DoorModule,
  GuardModule,
  MemoryRateLimiter,
  Metrics,
  PlatformModule,
  type RateLimiter,
  Redis,
  type Role,
  SharedRateLimiter,
  TrustedNetworks,
} from '#libs/platform';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { migrations } from '../../../migrations/index.js';

/** The rooms that only a process of this role has. */
const ROOMS: Record<Role, readonly Type[]> = {
  ingest: [EventLogModule, IngestionModule],
  dashboards: [BackfillRequestsModule, RetentionPreviewModule, DashboardsModule],
  worker: [EventLogModule, EventWriterModule, AggregationModule],
};

const trustedNetworks = (config: Config): TrustedNetworks =>
  new TrustedNetworks({
    networks: config.COMMERCE_TRUSTED_NETWORKS,
    host: config.HOST,
    trustProxy: config.TRUST_PROXY,
  });

const rateLimiter = (redis: Redis, metrics: Metrics): RateLimiter =>
  redis.isConfigured ? new SharedRateLimiter(redis, metrics) : new MemoryRateLimiter();

/** The house: which rooms a process has. What runs in them is started by `Footfall`. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config),
        ScheduleModule.forRoot(),
        DatabaseModule.forRoot({
          migrations,
          poolSize: config.DATABASE_POOL_SIZE,
          partitionInterval: config.PARTITION_INTERVAL,
          encryptedProps: config.ENCRYPTED_PROPS,
          encryptionKeys: config.ENCRYPTION_KEYS,
        }),
        AccessModule,
        GuardModule,
        OffersModule,
        DoorModule.register({
          trustProxy: { inject: [Config], useFactory: ({ TRUST_PROXY }: Config) => TRUST_PROXY },
          trustedNetworks: { inject: [Config], useFactory: trustedNetworks },
          rateLimiter: { inject: [Redis, Metrics], useFactory: rateLimiter },
        }),
        ...new Set(config.ROLES.flatMap((role) => ROOMS[role])),
      ],
    };
  }
}
