import { Redis } from '#libs/platform';
import { CacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { AnswerStore, keyvOn } from './answer-store.js';
import { CacheController } from './cache.controller.js';
import { CacheMetrics } from './cache.metrics.js';
import { DashboardCache } from './dashboard-cache.js';
import { MemoryAnswers } from './memory-answers.js';
import { RedisAnswers } from './redis-answers.js';

/** In Redis where all processes share one, else in memory. */
@Module({
  providers: [
    {
      provide: AnswerStore,
      inject: [Redis],
      useFactory: (redis: Redis): AnswerStore =>
        redis.isConfigured ? new RedisAnswers(redis) : new MemoryAnswers(),
    },
  ],
  exports: [AnswerStore],
})
class AnswerStoreModule {}

/** What dashboards keep their answers in. */
@Module({
  imports: [
    AnswerStoreModule,
    CacheModule.registerAsync({
      imports: [AnswerStoreModule],
      inject: [AnswerStore],
      useFactory: (store: AnswerStore) => ({ stores: [keyvOn(store)] }),
    }),
  ],
  controllers: [CacheController],
  providers: [CacheMetrics, DashboardCache],
  exports: [DashboardCache],
})
export class DashboardCacheModule {}
